// SPDX-License-Identifier: Apache-2.0
// Goal: the pages work on the real program with its sample household: one-use link, cookie, every
// page, an import through the browser and its undo, live. Method: `atlas serve --demo` in a
// temporary folder on a free port; ATLAS_PROGRAM names another build.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
    assertAccessible,
    assertClean,
    assertNoSideways,
    kShots,
    openBrowser,
    shoot,
    visit,
} from "./harness.mjs";
import { kPhone, startProgram, whySkipped } from "./program.mjs";

const skip = whySkipped();

const kOfx = [
    "OFXHEADER:100",
    "DATA:OFXSGML",
    "VERSION:102",
    "SECURITY:NONE",
    "ENCODING:USASCII",
    "CHARSET:1252",
    "COMPRESSION:NONE",
    "OLDFILEUID:NONE",
    "NEWFILEUID:NONE",
    "",
    "<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS>",
    "<DTSERVER>20261122120000<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>",
    "<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS>",
    "<STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>121000358<ACCTID>99887766",
    "<ACCTTYPE>CHECKING</BANKACCTFROM>",
    "<BANKTRANLIST><DTSTART>20261101<DTEND>20261122",
    "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261120<TRNAMT>-12.34<FITID>b1<NAME>ZEBRA BOOKS</STMTTRN>",
    "<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261121<TRNAMT>100.00<FITID>b2<NAME>QUAGGA LTD</STMTTRN>",
    "</BANKTRANLIST><LEDGERBAL><BALAMT>587.66<DTASOF>20261122</LEDGERBAL>",
    "</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>",
    "",
].join("\r\n");

describe("web app on the program", { skip }, () => {
    let browser;
    let atlas;
    let storage;
    before(async () => {
        console.log(`screenshots in ${kShots}`);
        [browser, atlas] = await Promise.all([
            openBrowser(),
            startProgram(["--demo", "--seed", "1"]),
        ]);
    });
    after(async () => {
        await browser?.close();
        assert.equal(await atlas?.stop(), 0, "it stops cleanly on SIGTERM");
    });

    async function on(view, work) {
        const options = storage ? { ...view, storageState: storage } : view;
        const visitor = await visit(browser, atlas.origin, options);
        const go = (path) => visitor.page.goto(`${atlas.origin}${path}`);
        try {
            await work({ visitor, page: visitor.page, go });
        } finally {
            await visitor.close();
        }
    }

    test("AStrangerSeesOnlyWhatToDo", () =>
        on({}, async ({ visitor, page, go }) => {
            await go("/");
            await page.getByRole("heading", { name: "Open the link that Atlas printed" }).waitFor();
            await shoot(page, "program-signed-out");
            assertClean(visitor, [/401/]);
        }));

    test("TheLinkSignsInOnceWithACookieNoScriptCanRead", () =>
        on({}, async ({ visitor, page }) => {
            await page.goto(atlas.link);
            await page.getByRole("heading", { name: "Accounts", exact: true }).waitFor();
            await page.getByRole("img", { name: /Money in and out/ }).waitFor();
            assert.ok(!page.url().includes("token"), page.url());
            const [cookie] = await visitor.context.cookies();
            assert.equal(cookie.httpOnly, true);
            assert.match(cookie.sameSite, /Strict|Lax/);
            assert.equal(await page.evaluate(() => document.cookie), "");
            storage = await visitor.context.storageState();
            assertClean(visitor);
        }));

    test("TheLinkIsWornOut", () =>
        on({ storageState: undefined }, async ({ visitor, page }) => {
            await visitor.context.clearCookies();
            await page.goto(atlas.link);
            assert.deepEqual(await visitor.context.cookies(), []);
        }));

    for (const [look, view] of [
        ["light", { colorScheme: "light" }],
        ["dark", { colorScheme: "dark" }],
        ["phone", { ...kPhone, colorScheme: "light" }],
    ]) {
        test(`EveryPageIsAccessibleAndClean: ${look}`, () =>
            on(view, async ({ visitor, page, go }) => {
                await go("/");
                await page.getByRole("img", { name: /Money in and out/ }).waitFor();
                await page.getByText("Up to date").waitFor();
                await shoot(page, `program-overview-${look}`);
                await assertNoSideways(page);
                await assertAccessible(page, `overview ${look}`);
                await go("/transactions/");
                await page
                    .getByTestId("count")
                    .getByText(/\d transactions$/)
                    .waitFor();
                await page.getByRole("row").nth(4).click();
                await page.getByTestId("source").waitFor();
                const strays = await page
                    .getByRole("row")
                    .nth(3)
                    .evaluate((row) => {
                        const box = row.getBoundingClientRect();
                        return [...row.children].filter((cell) => {
                            const { top, bottom, height } = cell.getBoundingClientRect();
                            return height > 0 && (top < box.top - 1 || bottom > box.bottom + 1);
                        }).length;
                    });
                assert.equal(strays, 0, "cells outside their row");
                await shoot(page, `program-transactions-${look}`);
                await assertNoSideways(page);
                await assertAccessible(page, `transactions ${look}`);
                await go("/import/");
                await page.getByRole("button", { name: /^Undo/ }).first().waitFor();
                await shoot(page, `program-import-${look}`);
                await assertNoSideways(page);
                await assertAccessible(page, `import ${look}`);
                assertClean(visitor);
            }));
    }

    test("FiltersNarrowOnTheServer", () =>
        on({}, async ({ visitor, page, go }) => {
            const count = async () => {
                const text = await page
                    .getByTestId("count")
                    .getByText(/\d transactions?$/)
                    .textContent();
                return Number(text.replace(/\D/g, ""));
            };
            await go("/transactions/");
            const all = await count();
            await go("/transactions/?category=food");
            const food = await count();
            await go("/transactions/?category=food.groceries&from=2026-01-01");
            const groceries = await count();
            assert.ok(
                all > food && food > groceries && groceries > 0,
                `${all} ${food} ${groceries}`,
            );
            assertClean(visitor);
        }));

    test("AFileIsPreviewedBookedSeenLiveAndUndone", () =>
        on({}, async ({ visitor, page, go }) => {
            const second = await visitor.context.newPage();
            await second.goto(`${atlas.origin}/transactions/?q=zebra`);
            await second.getByText("Nothing matches").waitFor();
            await go("/import/");
            const statement = {
                name: "zebra.ofx",
                mimeType: "application/x-ofx",
                buffer: Buffer.from(kOfx),
            };
            await page.setInputFiles("input[type=file]", [statement]);
            const card = page.getByRole("region", { name: "zebra.ofx" });
            await card.getByText("new account").waitFor();
            await shoot(page, "program-preview");
            await card.getByRole("button", { name: /^Book \d+ new transactions/ }).click();
            await card.getByText(/^Booked \d+ transactions/).waitFor();
            await second.getByRole("gridcell", { name: "Zebra", exact: true }).waitFor();
            await page.setInputFiles("input[type=file]", [{ ...statement, name: "again.ofx" }]);
            const again = page.getByRole("region", { name: "again.ofx" });
            await again.getByText("There is nothing to do").waitFor();
            await card.getByRole("button", { name: "Undo this import" }).click();
            await card.getByText("Undone").waitFor();
            await second.getByText("Nothing matches").waitFor();
            assertClean(visitor);
        }));
});
