// SPDX-License-Identifier: Apache-2.0
// The types of the API, made from what `atlas openapi` prints.
//   node scripts/types.mjs                 openapi.json → src/api/schema.d.ts
//   node scripts/types.mjs --from FILE     take FILE as the new openapi.json, then as above
//   node scripts/types.mjs --check [FILE]  fail unless schema.d.ts is what openapi.json gives, and
//                                          openapi.json says the same as FILE (its version aside)
import { isDeepStrictEqual } from "node:util";
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import openapiTypes, { astToString } from "openapi-typescript";

const document = fileURLToPath(new URL("../openapi.json", import.meta.url));
const types = fileURLToPath(new URL("../src/api/schema.d.ts", import.meta.url));

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const spoken = ({ info: { title }, ...rest }) => ({ title, ...rest });

async function render(api) {
    return `// Made by \`npm run types\` from openapi.json; do not edit.\n\n${astToString(
        await openapiTypes(api, { alphabetize: true }),
    )}`;
}

const [mode, given] = process.argv.slice(2);
if (mode === "--check") {
    const complaints = [];
    if ((await render(read(document))) !== readFileSync(types, "utf8")) {
        complaints.push("src/api/schema.d.ts is not what openapi.json gives: npm run types");
    }
    if (given && !isDeepStrictEqual(spoken(read(resolve(given))), spoken(read(document)))) {
        complaints.push(`openapi.json is not what ${given} says: npm run types -- --from ${given}`);
    }
    if (complaints.length > 0) {
        console.error(complaints.join("\n"));
        process.exit(1);
    }
} else {
    if (mode === "--from") {
        writeFileSync(document, `${JSON.stringify(read(resolve(given)), null, 2)}\n`);
    }
    writeFileSync(types, await render(read(document)));
}
