// SPDX-License-Identifier: Apache-2.0
// Goal: the pages do what they promise in a real browser, under the strict policy, with no error
// on the console, no foreign request and no serious accessibility finding. Method: the exported
// pages on the in-memory mock, whose data is known, so shown sums can be compared with its own.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { makeHousehold } from "../../web/mock/data.mjs";
import { startMock } from "../../web/mock/server.mjs";
import {
    assertAccessible,
    assertClean,
    assertNoSideways,
    hasChromium,
    kShots,
    openBrowser,
    shoot,
    visit,
} from "./harness.mjs";

const exported = existsSync(new URL("../../web/out/index.html", import.meta.url));
const skip = !hasChromium ? "no Chromium here" : !exported ? "web/out is not built" : false;
const kPhone = {
    width: 390,
    height: 844,
    isMobile: true,
    hasTouch: true,
    deviceScaleFactor: 2,
};

const kCsv =
    "date,description,amount\n2026-11-20,HARBOUR FOODS,-54.10\n2026-11-21,CORNER ROAST COFFEE,-4.75\n" +
    "2026-11-31,IMPOSSIBLE DAY,-1.00\n2026-11-22,BAD AMOUNT,12.3456\n2026-11-22,REFUND,20.00\n";
const kOfx = (balance) =>
    `OFXHEADER:100\n\n<OFX><BANKACCTFROM><ACCTID>0000004417</BANKACCTFROM><BANKTRANLIST>\n` +
    `<STMTTRN>\n<TRNTYPE>DEBIT\n<DTPOSTED>20261122\n<TRNAMT>-18.20\n<FITID>1\n<NAME>GREEN BASKET MARKET\n</STMTTRN>\n` +
    `</BANKTRANLIST><LEDGERBAL><BALAMT>${balance}</LEDGERBAL></OFX>\n`;
const file = (name, text) => ({
    name,
    mimeType: "application/octet-stream",
    buffer: Buffer.from(text),
});

describe("web app on the mock", { skip }, () => {
    let browser;
    before(async () => {
        browser = await openBrowser();
        console.log(`screenshots in ${kShots}`);
    });
    after(() => browser?.close());

    async function on(options, view, work) {
        const mock = await startMock(options);
        const visitor = await visit(browser, mock.url, view);
        try {
            await work({
                mock,
                visitor,
                page: visitor.page,
                go: (path) => visitor.page.goto(`${mock.url}${path}`),
            });
        } finally {
            await visitor.close();
            await mock.stop();
        }
    }

    const chosenLooks = [
        ["light", { colorScheme: "light" }],
        ["dark", { colorScheme: "dark" }],
        ["phone", { ...kPhone, colorScheme: "light" }],
        ["phone-dark", { ...kPhone, colorScheme: "dark" }],
        ["narrow", { width: 320, height: 640, colorScheme: "light" }],
    ];
    for (const [look, view] of chosenLooks) {
        test(`EveryPageIsAccessibleAndClean: ${look}`, () =>
            on({ rows: 2000 }, view, async ({ visitor, page, go }) => {
                await go("/");
                await page.getByRole("img", { name: /Money in and out/ }).waitFor();
                await page.getByText("Up to date").waitFor({ state: "attached" });
                await shoot(page, `overview-${look}`);
                await assertNoSideways(page);
                await assertAccessible(page, `overview ${look}`);
                await go("/transactions/");
                await page.getByRole("row").nth(5).waitFor();
                await shoot(page, `transactions-${look}`);
                await assertNoSideways(page);
                await assertAccessible(page, `transactions ${look}`);
                await page.getByRole("row").nth(4).click();
                await page.getByRole("complementary", { name: "Transaction details" }).waitFor();
                await shoot(page, `detail-${look}`);
                await assertAccessible(page, `detail ${look}`);
                await go("/import/");
                await page.getByText("card-2026.ofx").waitFor();
                await page.setInputFiles("input[type=file]", [
                    file("unknown account.csv", kCsv),
                    file("prairie.ofx", kOfx("1.00")),
                ]);
                await page.getByText("which account", { exact: false }).first().waitFor();
                await page.getByRole("button", { name: /Book 1 new/ }).waitFor();
                await shoot(page, `import-${look}`);
                await assertNoSideways(page);
                await assertAccessible(page, `import ${look}`);
                assertClean(visitor, [/422 \(Unprocessable/]);
            }));
    }

    test("SumsShownAreTheSumsOfTheData", () =>
        on({ rows: 900, seed: 3 }, {}, async ({ page, go }) => {
            const { accounts } = makeHousehold(3, 900);
            await go("/");
            for (const currency of ["USD", "EUR"]) {
                let cents = 0n;
                for (const account of accounts.values()) {
                    cents += account.currency === currency ? BigInt(account.cents) : 0n;
                }
                const shown = await page.getByTestId(`net-${currency}`).getAttribute("data-amount");
                assert.equal(BigInt(shown.replace(".", "")), cents, currency);
            }
        }));

    test("DatesDoNotShiftWithTheZoneOfTheBrowser", () =>
        on({ rows: 500 }, { timezoneId: "America/Los_Angeles" }, async ({ mock, page, go }) => {
            await go("/transactions/");
            const row = mock.state.transactions[0];
            assert.equal(row.date, "2026-11-22");
            await page.getByRole("gridcell", { name: "22 Nov 2026" }).first().waitFor();
        }));

    test("AChangeOfTheLedgerAppearsWithoutReloading", () =>
        on({ rows: 500 }, {}, async ({ mock, page, go }) => {
            await go("/");
            const net = page.getByTestId("net-EUR");
            await net.waitFor();
            await page.getByText("Up to date").waitFor();
            mock.state.accounts.get("euro").cents = 123456789;
            mock.bump();
            await page.getByText("€1,234,567.89").first().waitFor();
            assert.equal(await net.getAttribute("data-amount"), "1234567.89");
        }));

    test("FiveThousandRowsScrollWithFewInTheDocument", () =>
        on({ rows: 6000 }, {}, async ({ mock, page, go }) => {
            const total = mock.state.transactions.length;
            assert.ok(total > 5000, String(total));
            await go("/transactions/");
            await page.getByText(`${total.toLocaleString("en-US")} transactions`).waitFor();
            const frames = await page.evaluate(async () => {
                const grid = document.querySelector("[role=grid]");
                const gaps = [];
                let last = performance.now();
                for (let step = 0; step < 120; ++step) {
                    grid.scrollTop += 900;
                    await new Promise(requestAnimationFrame);
                    gaps.push(performance.now() - last);
                    last = performance.now();
                }
                return gaps.sort((a, b) => a - b);
            });
            console.log(
                `frame gap while scrolling: median ${frames[60].toFixed(1)} ms, 95th ${frames[114].toFixed(1)} ms`,
            );
            await page.evaluate(() => {
                const grid = document.querySelector("[role=grid]");
                grid.scrollTop = grid.scrollHeight;
            });
            const oldest = mock.state.transactions.at(-1);
            await page
                .locator(`[aria-rowindex="${total + 1}"]`)
                .getByText(oldest.merchant, { exact: false })
                .waitFor();
            const inDocument = await page.getByRole("row").count();
            assert.ok(inDocument < 60, `${inDocument} rows in the document`);
            assert.ok(frames[60] < 250, `median gap ${frames[60]} ms`);
        }));

    test("KeysMoveOpenCloseSearchAndHelp", () =>
        on({ rows: 900 }, {}, async ({ mock, visitor, page, go }) => {
            await go("/transactions/");
            await page.getByRole("row").nth(5).waitFor();
            const selected = page.locator("[role=row][aria-selected=true]");
            await page.keyboard.press("j");
            assert.equal(await selected.getAttribute("aria-rowindex"), "2");
            await page.keyboard.press("j");
            await page.keyboard.press("ArrowDown");
            await page.keyboard.press("k");
            assert.equal(await selected.getAttribute("aria-rowindex"), "3");
            assert.equal(
                await page.locator("[role=grid]").getAttribute("aria-activedescendant"),
                await selected.getAttribute("id"),
            );
            for (let count = 0; count < 40; ++count) {
                await page.keyboard.press("j");
            }
            assert.ok(await selected.isVisible());
            const box = await selected.boundingBox();
            assert.ok(box.y + box.height <= 800, `the active row is at ${box.y}`);
            await page.keyboard.press("Home");
            await page.keyboard.press("Enter");
            const row = mock.state.transactions[0];
            await page
                .getByTestId("source")
                .getByText(`${row.source.file}:${row.source.line}`)
                .waitFor();
            assert.match(await page.getByTestId("filed").textContent(), /Filed by|Not filed/);
            await page.keyboard.press("j");
            const next = mock.state.transactions[1];
            await page
                .getByTestId("source")
                .getByText(`${next.source.file}:${next.source.line}`)
                .waitFor();
            await page.keyboard.press("Escape");
            await page.getByTestId("source").waitFor({ state: "detached" });
            assert.equal(
                await page.evaluate(() => document.activeElement.getAttribute("role")),
                "grid",
            );
            await page.keyboard.press("?");
            await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
            await shoot(page, "shortcuts");
            await assertAccessible(page, "shortcuts");
            await page.getByLabel(/Single keys/).uncheck();
            await page.keyboard.press("Escape");
            await page.getByRole("dialog").waitFor({ state: "hidden" });
            await page.keyboard.press("/");
            assert.notEqual(await page.evaluate(() => document.activeElement.tagName), "INPUT");
            await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
            await page.getByLabel(/Single keys/).check();
            await page.keyboard.press("Escape");
            await page.getByRole("dialog").waitFor({ state: "hidden" });
            await page.keyboard.press("/");
            await page.keyboard.type("jk coffee");
            assert.equal(await page.getByRole("searchbox").inputValue(), "jk coffee");
            assertClean(visitor);
        }));

    test("FiltersLiveInTheAddress", () =>
        on({ rows: 1500 }, {}, async ({ mock, page, go }) => {
            const matches = mock.state.transactions.filter(
                (row) =>
                    row.account_id === "card" &&
                    row.splits[0].category === "food.coffee" &&
                    row.date >= "2026-03-01",
            );
            await go("/transactions/?account_id=card&category=food.coffee&from=2026-03-01");
            await page.getByText(`${matches.length} transactions`).waitFor();
            assert.equal(
                await page.getByRole("combobox", { name: "Category" }).inputValue(),
                "food.coffee",
            );
            await page.getByRole("searchbox").fill("nothing like this");
            await page.getByText("Nothing matches").waitFor();
            await page.waitForURL(/q=nothing\+like\+this/);
            await shoot(page, "no-match");
            await page.getByRole("button", { name: "Clear the filters" }).click();
            await page
                .getByText(`${mock.state.transactions.length.toLocaleString("en-US")} transactions`)
                .waitFor();
            assert.equal(new URL(page.url()).search, "");
            assert.equal(await page.getByRole("searchbox").inputValue(), "");
            await page.getByRole("combobox", { name: "Account" }).selectOption("euro");
            await page.waitForURL(/account_id=euro/);
            await page.getByLabel("From").fill("2026-10-01");
            await page.waitForURL(/from=2026-10-01/);
            await page.getByLabel("To", { exact: true }).fill("2026-09-01");
            await page.getByText("The first day is after the last day").waitFor();
        }));

    test("ImportPreviewsBooksFindsDuplicatesAndUndoes", () =>
        on({ rows: 600 }, {}, async ({ mock, visitor, page, go }) => {
            const before = mock.state.transactions.length;
            await go("/import/");
            await page.setInputFiles("input[type=file]", [file("november.csv", kCsv)]);
            const card = page.getByRole("region", { name: "november.csv" });
            await card
                .getByRole("combobox", { name: "Account" })
                .selectOption({ label: "New account…" });
            await card.getByRole("textbox", { name: "Name" }).fill("Pocket money");
            await card.getByRole("combobox", { name: "Type" }).selectOption("cash");
            await shoot(page, "import-new-account");
            await card.getByRole("button", { name: "Read it into a new account" }).click();
            await card.getByText("november.csv:4:1").waitFor();
            assert.match(await card.textContent(), /"2026-11-31" is not a date/);
            assert.match(await card.textContent(), /november\.csv:5:\d+/);
            assert.equal(mock.state.transactions.length, before, "a preview books nothing");
            await shoot(page, "import-preview");
            await card.getByRole("button", { name: "Book 3 new transactions" }).click();
            await card.getByText("Booked 3 transactions").waitFor();
            assert.equal(mock.state.transactions.length, before + 3);
            await shoot(page, "import-booked");
            await page.setInputFiles("input[type=file]", [file("november again.csv", kCsv)]);
            const again = page.getByRole("region", { name: "november again.csv" });
            await again
                .getByRole("combobox", { name: "Account" })
                .selectOption({ label: "Pocket money" });
            await again.getByRole("button", { name: "Use this account" }).click();
            await again.getByText("There is nothing to do").waitFor();
            await again.getByRole("button", { name: "Close" }).click();
            const history = page.getByRole("region", { name: "Imports so far" });
            await history.getByRole("button", { name: "Undo november.csv" }).click();
            await history.getByRole("button", { name: "Remove", exact: true }).click();
            await history.getByText("undone").waitFor();
            assert.equal(mock.state.transactions.length, before);
            await assertAccessible(page, "import after undo");
            assertClean(visitor, [/422 \(Unprocessable/]);
        }));

    test("ManyFilesAreBookedTogetherAndReconciled", () =>
        on({ rows: 600 }, {}, async ({ mock, page, go }) => {
            const cents = BigInt(mock.state.accounts.get("checking").cents) - 1820n;
            const text = `${cents < 0n ? "-" : ""}${String(cents < 0n ? -cents : cents).replace(/(\d\d)$/, ".$1")}`;
            await go("/import/");
            await page.setInputFiles("input[type=file]", [
                file("good.ofx", kOfx(text)),
                file("other.ofx", kOfx("1.00").replace("BASKET", "CRATE")),
            ]);
            await page.getByText("The balance agrees").waitFor();
            await page.getByText("Usually an earlier statement is missing").waitFor();
            const before = mock.state.transactions.length;
            await page
                .getByRole("button", {
                    name: "Book all: 2 new transactions from 2 files",
                })
                .click();
            await page.getByText("Booked 1 transaction.").nth(1).waitFor();
            assert.equal(mock.state.transactions.length, before + 2);
        }));

    test("AnAmbiguousDateIsAskedBeforeBooking", () =>
        on({ rows: 300 }, {}, async ({ mock, visitor, page, go }) => {
            const text = "date,description,amount\n03/04/2026,AMBIGUOUS DAY,-7.00\n";
            await go("/import/");
            await page.setInputFiles("input[type=file]", [file("slashes.csv", text)]);
            const card = page.getByRole("region", { name: "slashes.csv" });
            await card.getByRole("button", { name: "Use this account" }).click();
            await card.getByText("may be 3 April or 4 March").waitFor();
            assert.equal(await card.getByRole("button", { name: /^Book/ }).count(), 0);
            const again = card.getByRole("button", { name: "Read it like this" });
            assert.ok(await again.isDisabled());
            await card.getByRole("combobox", { name: "Dates are" }).selectOption("day_month_year");
            await shoot(page, "import-question");
            await assertAccessible(page, "import question");
            await again.click();
            await card.getByRole("button", { name: "Book 1 new transaction" }).click();
            await card.getByText("Booked 1 transaction").waitFor();
            const booked = mock.state.transactions.find(
                (row) => row.description === "AMBIGUOUS DAY",
            );
            assert.equal(booked.date, "2026-04-03");
            assertClean(visitor, [/422 \(Unprocessable/]);
        }));

    test("APreviewThatNoLongerHoldsIsReadAgain", () =>
        on({ rows: 300 }, {}, async ({ mock, page, go }) => {
            await go("/import/");
            await page.setInputFiles("input[type=file]", [file("late.ofx", kOfx("1.00"))]);
            const card = page.getByRole("region", { name: "late.ofx" });
            await card.getByRole("button", { name: "Book 1 new transaction" }).waitFor();
            mock.state.previews.clear();
            await card.getByRole("button", { name: "Book 1 new transaction" }).click();
            await card.getByText("not waiting to be booked").waitFor();
            await card.getByRole("button", { name: "Try again" }).click();
            await card.getByRole("button", { name: "Book 1 new transaction" }).click();
            await card.getByText("Booked 1 transaction").waitFor();
        }));

    test("DroppedFilesAreReadAndUnreadableOnesExplained", () =>
        on({ rows: 300 }, {}, async ({ visitor, page, go }) => {
            await go("/import/");
            await page.getByText("Drop statements").waitFor();
            const data = await page.evaluateHandle(() => {
                const transfer = new DataTransfer();
                transfer.items.add(new File(["%PDF-1.7 no statement"], "holiday.pdf"));
                transfer.items.add(new File([], "nothing.csv"));
                return transfer;
            });
            await page.dispatchEvent(".drop", "drop", { dataTransfer: data });
            const card = page.getByRole("region", { name: "holiday.pdf" });
            await card.getByText("Atlas cannot read this file").waitFor();
            await page.getByText("holds nothing at all").waitFor();
            await shoot(page, "import-refused");
            await assertAccessible(page, "import refused");
            await card.getByRole("button", { name: "Leave this file out" }).click();
            await card.waitFor({ state: "detached" });
            assertClean(visitor, [/422 \(Unprocessable/]);
        }));

    for (const [look, view] of [
        ["light", {}],
        ["phone-dark", { ...kPhone, colorScheme: "dark" }],
    ]) {
        test(`EmptyLedgerLeadsToImport: ${look}`, () =>
            on({ empty: true }, view, async ({ visitor, page, go }) => {
                await go("/transactions/");
                await page.getByText("No transactions yet").waitFor();
                await shoot(page, `empty-transactions-${look}`);
                await assertAccessible(page, "empty transactions");
                await go("/");
                await page.getByText("No accounts yet").waitFor();
                await shoot(page, `empty-overview-${look}`);
                await assertAccessible(page, "empty overview");
                await page.getByRole("link", { name: "Import a statement" }).click();
                await page.waitForURL(/\/import\/$/);
                await page.getByText("None yet").waitFor();
                await shoot(page, `empty-import-${look}`);
                assertClean(visitor);
            }));
    }

    test("SignedOutSaysWhatToDo", () =>
        on({ signedOut: true }, {}, async ({ visitor, page, go }) => {
            for (const path of ["/", "/transactions/", "/import/"]) {
                await go(path);
                await page
                    .getByRole("heading", { name: "Open the link that Atlas printed" })
                    .waitFor();
                assert.equal(await page.getByRole("navigation").count(), 0);
            }
            await shoot(page, "signed-out");
            await assertAccessible(page, "signed out");
            assertClean(visitor, [/401 \(Unauthorized/]);
        }));

    test("AFailingServerIsExplainedAndTriedAgain", () =>
        on({ rows: 300 }, {}, async ({ mock, page, go }) => {
            mock.state.failing = true;
            await go("/");
            await page.getByText("Atlas is busy").waitFor();
            await shoot(page, "failure");
            await assertAccessible(page, "failure");
            mock.state.failing = false;
            await page.getByRole("button", { name: "Try again" }).click();
            await page.getByText("Everyday Checking").waitFor();
            await page.getByText("Atlas is busy").waitFor({ state: "detached" });
        }));

    test("ThemeIsTheOnlyThingStored", () =>
        on({ rows: 300 }, { colorScheme: "light" }, async ({ visitor, page, go }) => {
            await go("/");
            const background = () =>
                page.evaluate(() => getComputedStyle(document.body).backgroundColor);
            const light = await background();
            await page.getByRole("button", { name: /^Colours/ }).click();
            await page.getByRole("button", { name: /^Colours: light/ }).click();
            assert.notEqual(await background(), light);
            await go("/transactions/");
            await page.getByRole("row").nth(3).waitFor();
            assert.notEqual(await background(), light, "the choice survives the next page");
            const stored = await page.evaluate(() => [
                { ...localStorage },
                { ...sessionStorage },
                document.cookie,
            ]);
            assert.deepEqual(stored, [{ "atlas-theme": "dark" }, {}, ""]);
            assertClean(visitor);
        }));

    test("KeyboardReachesTheContentFirst", () =>
        on({ rows: 300 }, {}, async ({ page, go }) => {
            await go("/");
            await page.keyboard.press("Tab");
            assert.equal(
                await page.evaluate(() => document.activeElement.textContent),
                "Skip to the content",
            );
            await page.keyboard.press("Enter");
            assert.equal(await page.evaluate(() => document.activeElement.id), "content");
        }));

    test("APageThatDoesNotExistSaysSo", () =>
        on({ rows: 300 }, {}, async ({ page, go }) => {
            const response = await go("/no/such/page");
            assert.equal(response.status(), 404);
            await page.getByRole("heading", { name: "There is no page here" }).waitFor();
            await assertAccessible(page, "not found");
        }));
});
