// SPDX-License-Identifier: Apache-2.0
// The real program for tests: where it and the pages are, why a suite is skipped, and a program on a
// folder and a port of its own. ATLAS_PROGRAM and ATLAS_WEB name other builds.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hasChromium, visit } from "./harness.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const program = process.env.ATLAS_PROGRAM ?? here("../../build/release/atlas");
const pages = process.env.ATLAS_WEB ?? here("../../web/out");
const kStartMs = 120_000;

/** Why tests on the program cannot run, or false; `page` is a page they need. */
export function whySkipped(page = "index.html") {
    return !hasChromium
        ? "no Chromium here"
        : !existsSync(program)
          ? `${program} is not built`
          : !existsSync(join(pages, page))
            ? `${pages} has no ${page}`
            : false;
}

export const kPhone = {
    width: 390,
    height: 844,
    isMobile: true,
    hasTouch: true,
    deviceScaleFactor: 2,
};
export const kLooks = [
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["phone", { ...kPhone, colorScheme: "light" }],
    ["phone-dark", { ...kPhone, colorScheme: "dark" }],
];

/** Starts the program and resolves to its one-use link and a way to stop it. */
export function startProgram(options = []) {
    const data = mkdtempSync(join(tmpdir(), "atlas-program-"));
    const args = ["serve", ...options, "--data", data, "--port", "0", "--web", pages];
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    const exited = new Promise((resolve) => child.once("exit", resolve));
    const stop = async () => {
        child.kill("SIGTERM");
        const code = await exited;
        rmSync(data, { recursive: true, force: true });
        return code;
    };
    return new Promise((resolve, reject) => {
        const fail = (why) => reject(new Error(`${why}; the program said:\n${said}`));
        const patience = setTimeout(() => fail("no link in time"), kStartMs);
        exited.then((code) => fail(`it ended with ${code}`));
        const hear = (chunk) => {
            said += chunk;
            const link = /http:\/\/\S+token=\S+/.exec(said)?.[0];
            if (link && said.endsWith("\n")) {
                clearTimeout(patience);
                resolve({ link, origin: new URL(link).origin, stop });
            }
        };
        child.stdout.on("data", hear);
        child.stderr.on("data", hear);
    });
}

/** Opens the one-use link and gives what a signed-in browser keeps. */
export async function signIn(browser, atlas) {
    const visitor = await visit(browser, atlas.origin);
    try {
        await visitor.page.goto(atlas.link);
        await visitor.page.getByRole("navigation", { name: "Main" }).waitFor();
        return await visitor.context.storageState();
    } finally {
        await visitor.close();
    }
}

/** `on(view, work)`: a signed-in visitor for one piece of work. */
export function signedIn(browser, atlas, storageState) {
    return async (view, work) => {
        const visitor = await visit(browser, atlas.origin, { ...view, storageState });
        const go = (path) => visitor.page.goto(`${atlas.origin}${path}`);
        try {
            return await work({ visitor, page: visitor.page, go });
        } finally {
            await visitor.close();
        }
    };
}
