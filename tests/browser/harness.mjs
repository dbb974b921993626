// SPDX-License-Identifier: Apache-2.0
// A browser for tests: the machine's own Chromium, no traffic but to the server under test, every
// console error, policy violation and foreign request collected, screenshots kept to be looked at.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const need = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = need("playwright-core");
const kAxe = readFileSync(need.resolve("axe-core/axe.min.js"), "utf8");

export const kChromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const hasChromium = existsSync(kChromium);
export const kShots = process.env.ATLAS_SHOTS ?? mkdtempSync(join(tmpdir(), "atlas-shots-"));

const kFlags = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--no-first-run",
    "--metrics-recording-only",
    "--disable-domain-reliability",
    "--disable-features=Translate,OptimizationHints,MediaRouter",
];

const kTimeoutMs = 15_000;

export async function openBrowser() {
    mkdirSync(kShots, { recursive: true });
    return chromium.launch({
        executablePath: kChromium,
        headless: true,
        args: kFlags,
    });
}

/** A fresh visitor. `faults` lists everything that must not happen; see `assertClean`. */
export async function visit(browser, origin, options = {}) {
    const { width = 1280, height = 800, ...rest } = options;
    const context = await browser.newContext({
        viewport: { width, height },
        locale: "en-US",
        timezoneId: "Pacific/Kiritimati",
        reducedMotion: "reduce",
        ...rest,
    });
    context.setDefaultTimeout(kTimeoutMs);
    const faults = [];
    await context.addInitScript(() => {
        addEventListener("securitypolicyviolation", (event) =>
            console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
        );
    });
    const page = await context.newPage();
    page.on("pageerror", (error) => faults.push(`exception: ${error.message}`));
    page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") {
            faults.push(`console: ${message.text()}`);
        }
    });
    page.on("request", (request) => {
        const url = new URL(request.url());
        if (url.origin !== origin && url.protocol !== "data:" && url.protocol !== "blob:") {
            faults.push(`foreign request: ${request.url()}`);
        }
    });
    return { context, page, faults, close: () => context.close() };
}

/** Fails on anything collected, except lines that match one of `expected`. */
export function assertClean({ faults }, expected = []) {
    const left = faults.filter((fault) => !expected.some((pattern) => pattern.test(fault)));
    assert.deepEqual(left, []);
}

/** No serious or critical finding of axe-core (WCAG 2.2 A and AA). */
export async function assertAccessible(page, name) {
    // Through the debugger, not a script element: the page's own policy stays as it is.
    await page.evaluate(kAxe);
    const found = await page.evaluate(async () => {
        const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
        const { violations } = await globalThis.axe.run(document, {
            runOnly: { type: "tag", values: tags },
        });
        return violations.map(({ id, impact, help, nodes }) => ({
            id,
            impact,
            help,
            where: nodes
                .slice(0, 3)
                .map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`),
        }));
    });
    const serious = found.filter(({ impact }) => impact === "serious" || impact === "critical");
    assert.deepEqual(serious, [], `${name}: ${JSON.stringify(serious, null, 1)}`);
    return found;
}

export async function shoot(page, name) {
    await page.screenshot({ path: join(kShots, `${name}.png`) });
}

/** A page must never be wider than its window. */
export async function assertNoSideways(page) {
    const content = await page.evaluate(() => document.documentElement.scrollWidth);
    // Not innerWidth: a phone zooms out until a page that is too wide fits.
    const window_ = page.viewportSize().width;
    assert.ok(content <= window_, `the page is ${content} px wide in a window of ${window_}`);
}
