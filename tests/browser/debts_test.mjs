// SPDX-License-Identifier: Apache-2.0
// Goal: a person with three cards and a loan sees what to pay this month and why, on every screen, and
// can take the plan along. Method: the real program on an empty ledger, four debts put in through its
// door, the page in Chromium; ATLAS_PROGRAM names another build.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
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
import { kLooks, startProgram, whySkipped } from "./program.mjs";

const skip = whySkipped("debts/index.html");
const usd = (amount) => ({ amount, currency: "USD" });
const card = { fixed: "35.00", percent: "0.01", plus_interest: true };
const kDebts = [
    {
        name: "Gold card",
        balance: usd("6200.00"),
        apr: "0.2449",
        minimum: card,
        due_day: 12,
        credit_limit: "9000.00",
    },
    { name: "Store card", balance: usd("1450.00"), apr: "0.2999", minimum: card, due_day: 3 },
    { name: "Travel card", balance: usd("3800.00"), apr: "0.1974", minimum: card, due_day: 20 },
    { name: "Car loan", balance: usd("11400.00"), apr: "0.0689", minimum: { term_months: 48 } },
];

describe("the debt page on the program", { skip }, () => {
    let atlas;
    let browser;
    let cookies;
    before(async () => {
        atlas = await startProgram();
        browser = await openBrowser();
        console.log(`screenshots in ${kShots}`);
        const visitor = await visit(browser, atlas.origin);
        await visitor.page.goto(atlas.link);
        for (const debt of kDebts) {
            const status = await visitor.page.evaluate(async (body) => {
                const response = await fetch("/api/v1/debts", {
                    method: "POST",
                    headers: { "content-type": "application/json" },
                    body: JSON.stringify(body),
                });
                return response.status;
            }, debt);
            assert.equal(status, 201, debt.name);
        }
        cookies = await visitor.page.context().cookies();
        await visitor.close();
    });
    after(async () => {
        await browser?.close();
        await atlas?.stop();
    });

    async function on(view, work) {
        const visitor = await visit(browser, atlas.origin, view);
        try {
            await visitor.page.context().addCookies(cookies);
            await visitor.page.goto(`${atlas.origin}/debts/`);
            await visitor.page.getByRole("heading", { name: "Pay this month" }).waitFor();
            await work({ visitor, page: visitor.page });
        } finally {
            await visitor.close();
        }
    }

    for (const [look, view] of kLooks) {
        test(`SaysWhatToPayThisMonthAndWhy: ${look}`, () =>
            on(view, async ({ visitor, page }) => {
                for (const { name } of kDebts) {
                    await page.getByRole("listitem").filter({ hasText: name }).first().waitFor();
                }
                await page
                    .getByText("At 29.99 % it is the dearest debt", { exact: false })
                    .waitFor();
                await page.getByRole("img", { name: /Owed by month/ }).waitFor();
                await page
                    .getByText(/Worth it\.|Not worth it\./)
                    .first()
                    .waitFor();
                await page.getByText("Why, by a rule of thumb").click();
                await page.getByText(/The exact calculation decides\./).waitFor();
                await page.getByText("All its rules").click();
                await page
                    .locator('li[aria-current="true"]')
                    .filter({ hasText: /worth it/i })
                    .waitFor();
                await page.getByRole("img", { name: /Estimated score over/ }).waitFor();
                await shoot(page, `debts-${look}`);
                await assertNoSideways(page);
                await assertAccessible(page, `debts ${look}`);
                assertClean(visitor);
            }));
    }

    test("ASliderAsksAgainAndSaysWhatItDoes", () =>
        on({}, async ({ page }) => {
            const slider = page.getByRole("slider", { name: /More every month/ });
            await slider.fill("200");
            await page.getByText(/\$200/).first().waitFor();
            await page
                .getByText(/saves \$[\d,.]+, \d+ months? earlier/)
                .first()
                .waitFor();
        }));

    test("AnotherWayIsShownInstead", () =>
        on({}, async ({ page }) => {
            await page.getByRole("button", { name: "Show Smallest balance first" }).click();
            const row = page.getByRole("row").filter({ hasText: "Smallest balance first" });
            await row.getByText("shown").waitFor();
        }));

    test("ThePlanCanBeTakenAlong", () =>
        on({}, async ({ page }) => {
            const [csv] = await Promise.all([
                page.waitForEvent("download"),
                page.getByRole("button", { name: "Spreadsheet (CSV)" }).click(),
            ]);
            const table = readFileSync(await csv.path(), "utf8");
            assert.match(table, /^month,date,debt,paid,interest,fees,balance,currency\r\n1,/);
            const [ics] = await Promise.all([
                page.waitForEvent("download"),
                page.getByRole("button", { name: "Calendar (ICS)" }).click(),
            ]);
            assert.match(readFileSync(await ics.path(), "utf8"), /^BEGIN:VCALENDAR\r\n/);
        }));

    test("AWorseLoanIsNotWorthIt", () =>
        on({}, async ({ page }) => {
            await page.getByText("Worth it.", { exact: true }).waitFor();
            await page.getByLabel("Fee").fill("5000");
            await page.getByText("Not worth it.").waitFor();
            await page.getByRole("textbox", { name: "Months" }).fill("2");
            await page.getByText("Beyond your budget.").waitFor();
        }));
});
