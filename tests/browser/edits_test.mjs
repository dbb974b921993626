// SPDX-License-Identifier: Apache-2.0
// Goal: transactions are edited by keyboard alone, many at once, and every step can be taken back;
// the account page tells the same to eyes and ears. Method: the exported pages on the mock.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { startMock } from "../../web/mock/server.mjs";
import {
    assertAccessible,
    assertClean,
    assertNoSideways,
    hasChromium,
    openBrowser,
    shoot,
    visit,
} from "./harness.mjs";

const exported = existsSync(new URL("../../web/out/account/index.html", import.meta.url));
const skip = !hasChromium ? "no Chromium here" : !exported ? "web/out is not built" : false;
const kPhone = { width: 390, height: 844, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

describe("editing on the mock", { skip }, () => {
    let browser;
    before(async () => {
        browser = await openBrowser();
    });
    after(() => browser?.close());

    async function on(path, view, work) {
        const mock = await startMock({ rows: 400 });
        const visitor = await visit(browser, mock.url, view);
        try {
            await visitor.page.goto(`${mock.url}${path}`);
            await work({ mock, visitor, page: visitor.page });
            assertClean(visitor);
        } finally {
            await visitor.context?.close();
            await mock.stop();
        }
    }

    test("KeysFileDivideTagAndUndo", () =>
        on("/transactions/", {}, async ({ mock, visitor, page }) => {
            await page.getByText(/^\d+ transactions$/).waitFor();
            await page.keyboard.press("j");
            const first = mock.state.transactions[0].id;
            const now = () => mock.state.transactions.find(({ id }) => id === first);
            const before = structuredClone(now());
            await page.keyboard.press("e");
            await page.getByRole("combobox", { name: "Category" }).last().fill("coff");
            await shoot(page, "edit-category");
            await assertAccessible(page, "edit-category");
            await page.keyboard.press("Enter");
            await page.getByRole("button", { name: "Undo" }).waitFor();
            assert.equal(now().splits[0].category, "food.coffee");
            assert.equal(now().filed.source, "user");
            await page.keyboard.press("u");
            await page.getByText("undone").waitFor();
            assert.deepEqual(now(), before);
            await page.keyboard.press("t");
            await page.getByRole("textbox", { name: "Tags" }).fill("trip, with Ann");
            await page.keyboard.press("Enter");
            await page.getByRole("row").getByText("with Ann").first().waitFor();
            await page.keyboard.press("s");
            await page.getByText("Nothing is left").waitFor();
            await page.getByLabel(/^Amount in/).fill("-1.00");
            await page.getByText("left to divide").waitFor();
            assert.ok(await page.getByRole("button", { name: "Save" }).isDisabled());
            await page.getByRole("button", { name: "Add a part" }).click();
            await page.getByText("Nothing is left").waitFor();
            await shoot(page, "edit-split");
            await assertAccessible(page, "edit-split");
            await page.getByRole("button", { name: "Save" }).click();
            await page.waitForFunction(() => document.querySelector("dialog[open]") === null);
            await page.getByText("and 1 more").first().waitFor();
            assert.equal(now().splits.length, 2);
            assertClean(visitor);
        }));

    test("ASelectionChangesAsOneStep", () =>
        on("/transactions/", { colorScheme: "dark" }, async ({ mock, page }) => {
            await page.getByText(/^\d+ transactions$/).waitFor();
            for (let i = 0; i < 3; ++i) {
                await page.keyboard.press("j");
                await page.keyboard.press("x");
            }
            await page.getByText("3 selected").waitFor();
            await shoot(page, "bulk-dark");
            await assertAccessible(page, "bulk-dark");
            const all = mock.state.transactions.length;
            await page.getByRole("button", { name: `Select all ${all}` }).click();
            await page.getByText(`${all} selected`).waitFor();
            await page.getByRole("toolbar").getByRole("button", { name: "Category" }).click();
            await page.getByRole("combobox", { name: "Category" }).last().fill("gift");
            await page.keyboard.press("Enter");
            await page.getByRole("button", { name: "Undo" }).click();
            await page.getByText("undone").waitFor();
            assert.ok(
                mock.state.transactions.some(
                    ({ splits }) => splits[0].category !== "shopping.gifts_flowers",
                ),
            );
        }));

    for (const [name, view] of [
        ["account", {}],
        ["account-dark", { colorScheme: "dark" }],
        ["account-phone", kPhone],
    ]) {
        test(`TheAccountPageTellsGapsAndReasons ${name}`, () =>
            on("/account/?id=card", view, async ({ page }) => {
                await page.getByRole("heading", { name: "Balance over time" }).waitFor();
                await page.getByRole("img", { name: /Balance over time/ }).waitFor();
                await page.getByText("(30 days)").waitFor();
                await page.getByText("one may be too many").waitFor();
                await page.getByText("The same as a table").click();
                await page.getByRole("region", { name: "Balances as a table" }).waitFor();
                await shoot(page, name);
                await assertAccessible(page, name);
                await assertNoSideways(page, name);
            }));
    }
});
