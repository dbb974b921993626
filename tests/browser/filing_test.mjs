// SPDX-License-Identifier: Apache-2.0
// Goal: a person can answer Atlas's questions with the keyboard, write a rule after seeing what it
// would have changed, take a step back, and read what comes again; in both colours and on a phone.
// Method: the real program with its sample household, whose last two months Atlas files itself.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
    assertAccessible,
    assertClean,
    assertNoSideways,
    openBrowser,
    shoot,
    visit,
} from "./harness.mjs";
import { kPhone, startProgram, whySkipped } from "./program.mjs";

const skip = whySkipped("review/index.html");

describe("filing in the browser", { skip }, () => {
    let browser;
    let atlas;
    let storage;
    before(async () => {
        [browser, atlas] = await Promise.all([openBrowser(), startProgram(["--demo"])]);
        const visitor = await visit(browser, atlas.origin);
        await visitor.page.goto(atlas.link);
        storage = await visitor.context.storageState();
        await visitor.close();
    });
    after(async () => {
        await browser?.close();
        await atlas?.stop();
    });

    async function on(view, path, work, expected = []) {
        const visitor = await visit(browser, atlas.origin, { ...view, storageState: storage });
        try {
            await visitor.page.goto(`${atlas.origin}${path}`);
            await work(visitor.page);
            assertClean(visitor, expected);
        } finally {
            await visitor.close();
        }
    }
    const api = (page, path) =>
        page.evaluate(async (at) => (await fetch(`/api/v1${at}`)).json(), path);

    for (const [name, view] of [
        ["light", { colorScheme: "light" }],
        ["dark", { colorScheme: "dark" }],
        ["phone", kPhone],
    ]) {
        for (const path of ["review", "recurring", "rules"]) {
            test(`${path} reads well (${name})`, async () => {
                await on(view, `/${path}/`, async (page) => {
                    await page.locator(".card, .empty").first().waitFor();
                    await assertAccessible(page, `${path} ${name}`);
                    await assertNoSideways(page);
                    await shoot(page, `filing-${path}-${name}`);
                });
            });
        }
    }

    test("a question is answered by typing, learned, and taken back", async () => {
        await on({}, "/review/", async (page) => {
            const question = page.getByRole("region", { name: "Question" });
            await question.waitFor();
            const before = await api(page, "/reviews");
            const { id } = before.items[0].transaction;
            const answered = 1 + (before.items[0].others ?? []).length;
            await page.keyboard.press("p");
            await page.getByRole("combobox", { name: "Category" }).fill("pets");
            await page.getByRole("option").first().waitFor();
            await shoot(page, "filing-review-pick");
            await page.keyboard.press("Enter");
            await page.getByText(/[Ff]iled under/).waitFor();
            const filed = await api(page, `/transactions/${id}`);
            assert.equal(filed.splits[0].category, "family.pets");
            assert.equal(filed.filed.source, "user");
            const reason = await api(page, `/transactions/${id}/filing`);
            assert.equal(reason.reasons[0].kind, "person");
            assert.ok((await api(page, "/reviews")).total <= before.total - answered);
            await page.keyboard.press("u");
            await page.getByText("Taken back.", { exact: true }).waitFor();
            const back = await api(page, `/transactions/${id}`);
            assert.deepEqual(back.splits, before.items[0].transaction.splits);
        });
    });

    test("a skipped question comes last", async () => {
        await on({}, "/review/", async (page) => {
            await page.getByRole("region", { name: "Question" }).waitFor();
            const { items } = await api(page, "/reviews");
            await page.keyboard.press("s");
            await page.getByText("Put off").waitFor();
            const now = (await api(page, "/reviews")).items;
            assert.equal(now[now.length - 1].transaction.id, items[0].transaction.id);
        });
    });

    test("a rule is tried before it is kept, applied, and taken back", async () => {
        await on(
            {},
            "/rules/",
            async (page) => {
                await page.getByRole("button", { name: "New rule" }).click();
                await page.getByLabel("Name").first().fill("Everything out");
                const text = page.getByRole("textbox", { name: "Rule", exact: true });
                await text.fill("when money out then file food");
                await page.getByRole("button", { name: "What would it have changed?" }).click();
                await page.getByText("1:26").waitFor();
                await text.fill('when money out then tag "spent"');
                await page.getByRole("button", { name: "What would it have changed?" }).click();
                await page.getByText("would change").waitFor();
                await shoot(page, "filing-rules-trial");
                await page.getByRole("button", { name: "Keep this rule" }).click();
                await page.getByText("is kept").waitFor();
                await page.getByRole("button", { name: "Apply to the past" }).click();
                await page.getByText("rules applied to").waitFor();
                await page.getByRole("button", { name: "Undo" }).click();
                await page.getByText("Taken back.", { exact: true }).waitFor();
                await page.getByRole("button", { name: /^Remove/ }).click();
                await page.getByText("Removed.").waitFor();
                assert.equal((await api(page, "/rules")).items.length, 0);
            },
            [/status of 4(00|22)/],
        ); // The rule that cannot be read.
    });

    test("a suggestion turned down stays away", async () => {
        await on({}, "/rules/", async (page) => {
            const { items } = await api(page, "/rules/suggestions");
            assert.ok(items.length > 3);
            await page
                .getByRole("button", { name: `Never for ${items[0].merchant}` })
                .first()
                .click();
            await page.getByText("It will not be suggested again.").waitFor();
            const keys = (await api(page, "/rules/suggestions")).items.map(({ key }) => key);
            assert.ok(!keys.includes(items[0].key));
        });
    });

    test("a category is added below another and renamed", async () => {
        await on({}, "/rules/", async (page) => {
            const tree = page.getByRole("list", { name: "Categories" });
            await tree.getByRole("button", { name: /^Coffee, bakery/ }).click();
            await page.getByRole("table", { name: "By month" }).waitFor();
            await page.getByLabel(/^New category below/).fill("Third Wave");
            await page.getByRole("button", { name: "Add" }).click();
            await tree.getByRole("button", { name: "Third Wave" }).waitFor();
            const { items } = await api(page, "/categories");
            assert.ok(items.some(({ id, own }) => id === "food.coffee.third_wave" && own));
        });
    });
});
