// SPDX-License-Identifier: Apache-2.0
// Writes src/domain/categories.ts from the project's taxonomy (data/taxonomy.tsv, or the file
// named as the first argument): only ids and names are carried.
import { readFileSync, writeFileSync } from "node:fs";

const source = process.argv[2] ?? new URL("../../data/taxonomy.tsv", import.meta.url);
const rows = readFileSync(source, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t"));
const entries = rows.map(([id, , name]) => `    [${JSON.stringify(id)}, ${JSON.stringify(name)}],`);
writeFileSync(
    new URL("../src/domain/categories.ts", import.meta.url),
    `// SPDX-License-Identifier: Apache-2.0
// The names of the categories, in the order of the taxonomy. Made by \`npm run categories\`.

const kCategories: ReadonlyArray<readonly [string, string]> = [
${entries.join("\n")}
];

const names = new Map(kCategories);

/** Of what nobody could tell. */
export const kUnknown = "other.unknown";

/** Every category id in the taxonomy's order: parents, each followed by its leaves. */
export const kCategoryIds: readonly string[] = kCategories.map(([id]) => id);

/** The name people see; an id this build does not know is shown as it is. */
export function categoryName(id: string): string {
    return names.get(id) ?? id;
}

export function isLeaf(id: string): boolean {
    return id.includes(".");
}
`,
);
