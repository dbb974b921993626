// SPDX-License-Identifier: Apache-2.0
// Compiles every src/**/*_test.ts with what it imports and runs it with node's own test runner.
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const web = fileURLToPath(new URL("..", import.meta.url));
const out = join(web, "test-results", "unit");
rmSync(out, { recursive: true, force: true });
function run(...args) {
    const { status } = spawnSync(process.execPath, args, { cwd: web, stdio: "inherit" });
    if (status !== 0) {
        process.exit(status ?? 1);
    }
}
run("node_modules/typescript/bin/tsc", "-p", "tsconfig.test.json");
const tests = readdirSync(out, { recursive: true }).filter((name) => name.endsWith("_test.js"));
run("--enable-source-maps", "--test", ...tests.map((name) => join(out, name)));
