// SPDX-License-Identifier: Apache-2.0
// Goal: a person sees of a file what is added, ignored and paired, and why, puts wrong columns
// right by hand, drops whole folders, and undoes it all. Method: the real program on an empty
// ledger, small files whose right answer can be seen by eye, the pages in Chromium.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import {
    assertAccessible,
    assertClean,
    assertNoSideways,
    kShots,
    openBrowser,
    shoot,
} from "./harness.mjs";
import { kLooks, signIn, signedIn, startProgram, whySkipped } from "./program.mjs";

const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
/** What the browser says of a refused upload; the page says it better. */
const kRefused = [/40[09] \(|422 \(/];

const kChecking = [
    "Date,Description,Amount",
    "2026-09-01,SALARY NORTHWIND LTD,3100.00",
    "2026-09-03,TRANSFER TO SAVINGS,-500.00",
    "2026-09-04,CORNER ROAST COFFEE,-4.75",
    "2026-09-04,CORNER ROAST COFFEE,-4.75",
    "",
].join("\n");
const kOverlap = [
    "Date,Description,Amount",
    "2026-09-04,CORNER ROAST COFFEE,-4.75",
    "2026-09-31,NO SUCH DAY,-1.00",
    "2026-09-08,HARBOUR FOODS,-54.10",
    "",
].join("\n");
const kSavings = [
    "Date,Description,Amount",
    "2026-09-04,TRANSFER FROM CHECKING,500.00",
    "2026-09-30,INTEREST,1.02",
    "",
].join("\n");
const kSwapped = [
    "Booked;Text;Paid out;Paid in",
    "05.09.2026;RENT;900,00;",
    "06.09.2026;BACK PAY;;120,50",
    "",
].join("\n");
const kGap = [
    "Date,Description,Amount,Balance",
    "2026-01-02,COFFEE,-3.50,96.50",
    "2026-01-03,LUNCH,-10.00,86.50",
    "2026-01-05,SALARY,1000.00,1076.50",
    "2026-01-06,BOOKS,-20.00,1056.50",
    "",
].join("\n");
const kNoTable = ["Report of things", "alpha;beta;gamma", "one;two;three", ""].join("\n");

describe("the import page on the program", { skip: whySkipped("import/index.html") }, () => {
    let browser;
    let atlas;
    let on;
    let folder;
    before(async () => {
        console.log(`screenshots in ${kShots}`);
        [browser, atlas] = await Promise.all([openBrowser(), startProgram()]);
        on = signedIn(browser, atlas, await signIn(browser, atlas));
        folder = mkdtempSync(join(tmpdir(), "atlas-statements-"));
    });
    after(async () => {
        await browser?.close();
        await atlas?.stop();
        rmSync(folder, { recursive: true, force: true });
    });

    const choose = (page, files) => page.setInputFiles("input[type=file]", files);
    const cardOf = (page, name) => page.getByRole("region", { name, exact: true });

    async function intoNew(card, account) {
        const select = card.getByRole("combobox", { name: "Account", exact: true });
        await select.selectOption({ label: "New account…" });
        await card.getByRole("textbox", { name: "Name" }).fill(account);
        await card.getByRole("button", { name: "Read it into a new account" }).click();
    }
    async function intoKnown(card, account) {
        const select = card.getByRole("combobox", { name: "Account", exact: true });
        await select.selectOption({ label: account });
        await card.getByRole("button", { name: "Use this account" }).click();
    }
    async function bookNew(page, name, text, account) {
        await choose(page, [file(name, text)]);
        const card = cardOf(page, name);
        await intoNew(card, account);
        await card.getByRole("button", { name: /^Book \d+ new/ }).click();
        await card.getByText(/^Booked \d+/).waitFor();
    }

    test("EachRowSaysWhatBecomesOfItAndWhy", () =>
        on({}, async ({ visitor, page, go }) => {
            await go("/import/");
            await bookNew(page, "checking.csv", kChecking, "Everyday");
            await choose(page, [file("overlap.csv", kOverlap)]);
            const card = cardOf(page, "overlap.csv");
            await intoKnown(card, "Everyday");
            await card.getByText("overlap.csv:3:1").waitFor();
            const rows = card.getByRole("row");
            const coffee = rows.filter({ hasText: "CORNER ROAST COFFEE" });
            await coffee.getByText(/Already there/).waitFor();
            await rows
                .filter({ hasText: "HARBOUR FOODS" })
                .getByText(/not in the ledger/)
                .waitFor();
            await rows
                .filter({ hasText: "Line 3" })
                .getByText(/Left out/)
                .waitFor();
            await card.getByRole("button", { name: "New 1" }).click();
            await card.getByText("Only these rows").waitFor();
            assert.equal(await coffee.count(), 0);
            await card.getByRole("button", { name: "New 1" }).click();
            await coffee.first().waitFor();
            await card.getByRole("button", { name: "Leave this file out" }).click();
            assertClean(visitor, kRefused);
        }));

    test("APairOfOwnAccountsIsShownBeforeItIsBooked", () =>
        on({}, async ({ visitor, page, go }) => {
            await go("/import/");
            await choose(page, [file("savings.csv", kSavings)]);
            const card = cardOf(page, "savings.csv");
            await intoNew(card, "Rainy day");
            await card.getByText(/pairs with −?\$?-?.*500\.00.* on Everyday/).waitFor();
            await card.getByRole("button", { name: "Own transfers 1" }).click();
            await card.getByText("Only these rows").waitFor();
            assert.equal(await card.getByRole("row").count(), 2);
            await shoot(page, "import-paired");
            await card.getByRole("button", { name: /^Book 2/ }).click();
            await card.getByText("1 own transfer found").waitFor();
            assertClean(visitor, kRefused);
        }));

    test("ColumnsAreAssignedByHand", () =>
        on({}, async ({ visitor, page, go }) => {
            await go("/import/");
            await choose(page, [file("swapped.csv", kSwapped)]);
            const card = cardOf(page, "swapped.csv");
            await intoKnown(card, "Everyday");
            await card.getByText("How the columns were read").click();
            const out = card.getByRole("combobox", { name: "Paid out holds" });
            assert.equal(await out.inputValue(), "debit");
            await card.getByRole("cell", { name: "900,00", exact: true }).waitFor();
            await out.selectOption("credit");
            const other = card.getByRole("combobox", { name: "Paid in holds" });
            assert.equal(await other.inputValue(), "ignored", "a role moves");
            await other.selectOption("debit");
            await shoot(page, "import-columns");
            await assertAccessible(page, "columns by hand");
            await card.getByRole("button", { name: "Read it like this" }).click();
            const rent = card.getByRole("row").filter({ hasText: "RENT" });
            await rent.getByText("+$900.00").first().waitFor();
            await card.getByRole("button", { name: "Leave this file out" }).click();
            assertClean(visitor, kRefused);
        }));

    test("AFileWhoseColumnsAreNotKnownCanBeExplained", () =>
        on({}, async ({ visitor, page, go }) => {
            await go("/import/");
            await choose(page, [file("odd.csv", kNoTable)]);
            const card = cardOf(page, "odd.csv");
            await card.getByText("Atlas cannot read this file").waitFor();
            await card.getByRole("combobox", { name: /beta holds/ }).waitFor();
            assert.ok(await card.getByRole("button", { name: "Read it like this" }).isDisabled());
            await card.getByText(/Say which column is the date/).waitFor();
            await shoot(page, "import-unknown-columns");
            await assertAccessible(page, "unknown columns");
            assertClean(visitor, kRefused);
        }));

    test("AFolderOfManyFilesIsBookedAndUndoneTogether", () =>
        on({}, async ({ visitor, page, go }) => {
            const inner = join(folder, "2026", "autumn");
            mkdirSync(inner, { recursive: true });
            for (let month = 1; month <= 5; month += 1) {
                writeFileSync(
                    join(inner, `m${month}.csv`),
                    `Date,Description,Amount\n2025-0${month}-05,SHOP ${month},-${month}.00\n`,
                );
            }
            writeFileSync(join(inner, "cat.jpg"), "no statement");
            await go("/import/");
            await page.locator("input[type=file]").nth(1).setInputFiles(folder);
            await page.getByText(/Passed over 1 other file .*cat\.jpg/).waitFor();
            const first = cardOf(page, "m1.csv");
            await first.getByRole("combobox", { name: "Account", exact: true }).waitFor();
            await cardOf(page, "m5.csv")
                .getByRole("combobox", { name: "Account", exact: true })
                .waitFor();
            await first.getByRole("checkbox", { name: /other 4 files/ }).check();
            await intoKnown(first, "Everyday");
            await page.getByRole("button", { name: /^Book all: 5 new/ }).click();
            await page.getByRole("button", { name: "Undo all 5" }).waitFor();
            await shoot(page, "import-many");
            await page.getByRole("button", { name: "Undo all 5" }).click();
            await cardOf(page, "m1.csv").getByText("Undone").waitFor();
            assertClean(visitor, kRefused);
        }));

    test("ALargeFileSaysHowFarItIsAndCanBeStopped", () =>
        on({}, async ({ visitor, page, go }) => {
            const large = join(folder, "large.csv");
            const row = "2026-09-04,CORNER ROAST COFFEE AND SOMETHING LONG TO READ,-4.75\n";
            writeFileSync(large, `Date,Description,Amount\n${row.repeat(200_000)}`);
            const network = await page.context().newCDPSession(page);
            await network.send("Network.enable");
            await network.send("Network.emulateNetworkConditions", {
                offline: false,
                latency: 0,
                downloadThroughput: -1,
                uploadThroughput: 2_000_000,
            });
            await go("/import/");
            await choose(page, [large]);
            const card = cardOf(page, "large.csv");
            await card.getByText(/^Sent [1-9]\d* MB of 13 MB$/).waitFor();
            const bar = card.getByRole("progressbar", { name: "Sending the file" });
            assert.equal(await bar.getAttribute("max"), String(24 + 200_000 * row.length));
            await shoot(page, "import-sending");
            await assertAccessible(page, "sending");
            await card.getByRole("button", { name: "Stop" }).click();
            await card.waitFor({ state: "detached" });
            // The queue goes on with the next file.
            await choose(page, [file("next.csv", kChecking)]);
            await cardOf(page, "next.csv")
                .getByRole("combobox", { name: "Account", exact: true })
                .waitFor();
            assertClean(visitor, kRefused);
        }));

    for (const [look, view] of kLooks) {
        test(`ThePreviewIsForEverybody: ${look}`, () =>
            on(view, async ({ visitor, page, go }) => {
                await go("/import/");
                await choose(page, [file("overlap.csv", kOverlap)]);
                const card = cardOf(page, "overlap.csv");
                await intoKnown(card, "Everyday");
                await card.getByText("How the columns were read").click();
                await card.getByRole("combobox", { name: "Amount holds" }).waitFor();
                await page.screenshot({
                    path: join(kShots, `import-preview-${look}.png`),
                    fullPage: true,
                });
                await assertNoSideways(page);
                await assertAccessible(page, `preview ${look}`);
                assertClean(visitor, kRefused);
            }));
    }

    test("APersonWithAKeyboardBooksAFile", () =>
        on({}, async ({ visitor, page, go }) => {
            await go("/import/");
            await choose(page, [file("overlap.csv", kOverlap)]);
            const card = cardOf(page, "overlap.csv");
            await card.getByRole("combobox", { name: "Account", exact: true }).focus();
            await page.keyboard.press("Tab");
            await page.keyboard.press("Enter");
            const book = card.getByRole("button", {
                name: "Book 1 new transaction",
            });
            await book.waitFor();
            for (let presses = 0; presses < 40; presses += 1) {
                if (await book.evaluate((button) => button === document.activeElement)) {
                    break;
                }
                await page.keyboard.press("Tab");
            }
            await page.keyboard.press("Enter");
            await card.getByText("Booked 1 transaction").waitFor();
            assertClean(visitor, kRefused);
        }));

    test("WhatIsMissingFromAFileIsSaidAndLeavesNoRowOut", () =>
        on({}, async ({ visitor, page, go }) => {
            await go("/import/");
            await choose(page, [file("gap.csv", kGap)]);
            const card = cardOf(page, "gap.csv");
            await intoNew(card, "Current");
            await card.getByRole("heading", { name: "Worth knowing about this file" }).waitFor();
            await card.getByText("gap.csv:4:1").waitFor();
            await card.getByText(/86\.50 USD to 1076\.50 USD.*-10\.00 USD/).waitFor();
            assert.equal(await card.getByText(/could not be read/).count(), 0);
            await assertAccessible(page, "a file with a gap");
            await shoot(page, "import-gap");
            await card.getByRole("button", { name: "Book 4 new transactions" }).click();
            await card.getByText(/^Booked 4/).waitFor();
            assertClean(visitor, kRefused);
        }));
});
