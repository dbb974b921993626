// SPDX-License-Identifier: Apache-2.0
// Goal: one answer files all that belongs together, with the keyboard alone, and is taken back as
// one step; the others can be seen; one row can be answered for alone; nothing stands there dimmed.
// Method: the real program on a ledger of one invented statement, whose shops nobody knows.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertAccessible, assertClean, assertNoSideways, openBrowser, shoot } from "./harness.mjs";
import { kLooks, signIn, signedIn, startProgram, whySkipped } from "./program.mjs";

const skip = whySkipped("review/index.html");
const kDays = [...Array(14).keys()].map((day) => `2026-03-${String(day + 1).padStart(2, "0")}`);
const kStatement = [
    "Date,Description,Amount",
    ...kDays.map(
        (day, at) => `${day},SQ *ZORBLAX EMPORIUM ${100 + at},-${(3.5 + at / 4).toFixed(2)}`,
    ),
    ...kDays.slice(0, 3).map((day) => `${day},,-125.00`),
    "2026-03-20,QUUXVIL 77,-9.00",
    "2026-03-21,VORBLE CAFE 3,-8.00",
    "",
].join("\n");

describe("questions of many rows", { skip }, () => {
    let browser;
    let atlas;
    let on;
    before(async () => {
        [browser, atlas] = await Promise.all([openBrowser(), startProgram()]);
        on = signedIn(browser, atlas, await signIn(browser, atlas));
        await on({}, async ({ page, go }) => {
            await go("/review/");
            await page.evaluate(async (text) => {
                const send = async (path, body, type) => {
                    const answer = await fetch(`/api/v1${path}`, {
                        method: "POST",
                        body,
                        headers: {
                            "content-type": type,
                            "x-file-name": "invented.csv",
                            "idempotency-key": path,
                        },
                    });
                    if (!answer.ok) {
                        throw new Error(await answer.text());
                    }
                    return answer.json();
                };
                const wish = "account=Main&account_type=checking&currency=USD";
                const { import_id: id } = await send(
                    `/imports?${wish}`,
                    text,
                    "application/octet-stream",
                );
                await send(`/imports/${id}/commit`, "{}", "application/json");
            }, kStatement);
        });
    });
    after(async () => {
        await browser?.close();
        await atlas?.stop();
    });

    const api = (page, path) =>
        page.evaluate(async (at) => (await fetch(`/api/v1${at}`)).json(), path);
    const question = (page) => page.getByRole("region", { name: "Question" });
    const press = (page, key) => page.keyboard.press(key);

    async function open(view, work) {
        await on(view, async ({ page, go, visitor }) => {
            await go("/review/");
            await question(page).waitFor();
            await work(page);
            assertClean(visitor);
        });
    }
    async function pick(page, words) {
        await press(page, "p");
        await page.getByRole("combobox", { name: "Category" }).fill(words);
        await page.getByRole("option").first().waitFor();
        await press(page, "Enter");
    }

    for (const [name, view] of kLooks) {
        test(`a question of many rows reads well (${name})`, async () => {
            await open(view, async (page) => {
                await question(page).getByText("14 ×").waitFor();
                await question(page).getByText("See the others").click();
                await question(page).getByText("ZORBLAX EMPORIUM 101").waitFor();
                await assertAccessible(page, `review ${name}`);
                await assertNoSideways(page);
                await shoot(page, `review-many-${name}`);
            });
        });
    }

    test("the heaviest comes first, and counts what it is for", async () => {
        await open({}, async (page) => {
            const list = await api(page, "/reviews");
            assert.equal(list.total, 19 - list.filed);
            assert.ok(list.questions <= 4);
            assert.equal(list.items[0].alike, 13);
            await page.getByText(`${list.questions} questions for ${list.total}`).waitFor();
            const heading = question(page).getByRole("heading");
            assert.match(await heading.innerText(), /^14 × .*Zorblax/i);
            assert.match(await question(page).innerText(), /3\.50 to .*6\.75/);
            // Nothing can be accepted, so nothing is offered to be.
            assert.equal(await page.getByRole("button", { name: /^Accept/ }).count(), 0);
        });
    });

    test("typed alone: an answer for all, undone as one step", async () => {
        await open({}, async (page) => {
            const before = await api(page, "/reviews");
            const ids = [before.items[0].transaction.id, ...before.items[0].others];
            await pick(page, "coffee");
            await page.getByText("14 transactions filed under").waitFor();
            for (const id of ids) {
                const { splits, filed } = await api(page, `/transactions/${id}`);
                assert.equal(splits[0].category, "food.coffee");
                assert.equal(filed.source, "user");
            }
            await press(page, "u");
            await page.getByText("Taken back.", { exact: true }).waitFor();
            const after = await api(page, "/reviews");
            assert.equal(after.total, before.total);
            await question(page).getByText("14 ×").waitFor();
        });
    });

    test("typed alone: only this one, put off, a rule begun, the suggestion accepted", async () => {
        await open({}, async (page) => {
            const before = await api(page, "/reviews");
            await press(page, "o");
            await page.getByRole("button", { name: /^Only this one/, pressed: true }).waitFor();
            await pick(page, "pets");
            await page.getByText("Filed under").waitFor();
            const { id } = before.items[0].transaction;
            const other = await api(page, `/transactions/${before.items[0].others[0]}`);
            assert.equal((await api(page, `/transactions/${id}`)).filed.source, "user");
            assert.notEqual(other.filed.source, "user");
            await press(page, "u");
            await page.getByText("Taken back.", { exact: true }).waitFor();
            await question(page).getByText("14 ×").waitFor();
            await press(page, "s");
            await page.getByText("Put off").waitFor();
            await question(page).getByText("3 ×").waitFor();
            await press(page, "r");
            await page.getByRole("textbox", { name: "Rule", exact: true }).waitFor();
            await press(page, "Tab");
            await page.getByRole("button", { name: "Cancel" }).focus();
            await press(page, "Enter");
            await pick(page, "rent");
            await page.getByText("3 transactions filed under").waitFor();
            await press(page, "u");
            await page.getByText("Taken back.", { exact: true }).waitFor();
        });
    });
});
