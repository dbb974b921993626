// SPDX-License-Identifier: Apache-2.0
// Makes data/knowledge/brands.tsv from the npm package name-suggestion-index (BSD-3-Clause):
//     npm pack name-suggestion-index && tar xzf name-suggestion-index-*.tgz
//     node tools/knowledge/brands.mjs package > data/knowledge/brands.tsv
// One line a brand and category: category, regions (ISO 3166 in lower case, 001 is the world),
// names separated by '|'. Sorted, so that the same package gives the same bytes.
import { readFileSync } from "node:fs";

const folder = process.argv[2] ?? "package";
const tags = new Map();
for (const line of readFileSync(new URL("osm_tags.tsv", import.meta.url), "utf8").split("\n")) {
    const [tag, category] = line.split("\t");
    if (category && !line.startsWith("#")) tags.set(tag, category);
}
const index = JSON.parse(readFileSync(`${folder}/dist/json/nsi.min.json`, "utf8")).nsi;
const kNameKeys = /^(name|brand|short_name|official_name|alt_name|old_name|network|operator)(:(en|latin|int))?$/;
const kTransitKeys = /^(network|operator|network:short|operator:short)(:en)?$/;
const rows = new Map();
const numeric = /^[\d\s.,-]*$/;

for (const [path, { items }] of Object.entries(index)) {
    const category = tags.get(path);
    if (!category) continue;
    const isTransit = path.startsWith("transit/");
    for (const item of items) {
        const names = new Set();
        const add = (text) => {
            for (const part of String(text).split(";")) {
                const name = part.replace(/[\t\n|]/g, " ").replace(/\s*\([^)]*\)\s*$/, "").trim();
                if (name.length >= 2 && name.length <= 60 && !numeric.test(name)) names.add(name);
            }
        };
        for (const [key, value] of Object.entries(item.tags ?? {})) {
            const wanted = isTransit ? kTransitKeys : kNameKeys;
            if (wanted.test(key) && !(key.startsWith("operator") && path.startsWith("brands/"))) {
                add(value);
            }
        }
        if (!isTransit) for (const name of item.matchNames ?? []) add(name);
        if (names.size === 0) continue;
        const regions = (item.locationSet?.include ?? [])
            .filter((region) => typeof region === "string")
            .map((region) => region.slice(0, region.endsWith("json") ? 2 : 3).replace("-", ""))
            .map((region) => (/^\d{3}$/.test(region) ? "001" : region.slice(0, 2)));
        const place = [...new Set(regions)].sort().join(",") || "001";
        rows.set([category, place, [...names].sort().join("|")].join("\t"), true);
    }
}
process.stdout.write([...rows.keys()].sort().join("\n") + "\n");
