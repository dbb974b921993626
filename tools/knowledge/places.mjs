// SPDX-License-Identifier: Apache-2.0
// Writes data/knowledge/places.tsv: what shops and services are called in some forty languages,
// from the presets of OpenStreetMap's editor (npm @openstreetmap/id-tagging-schema, ISC), and what
// people call everyday things, from the emoji of the Unicode locale data (npm
// cldr-annotations-full, Unicode licence). Categories by osm_tags.tsv and emoji.tsv next to this file.
//
// Not in the recipe yet: see docs/proof/categorise.md, "Missing".
//
//     npm install @openstreetmap/id-tagging-schema@6.19.2 cldr-annotations-full@48.2.0
//     node tools/knowledge/places.mjs node_modules > data/knowledge/places.tsv
import { existsSync, readFileSync, readdirSync } from 'node:fs';

const kLanguages = ('en de fr es it pt pt-BR nl sv da no fi pl cs sk hu ro hr sl bg ru uk sr tr '
    + 'el et lv lt ca gl ja zh-CN zh-TW ko id vi ar he fa th hi').split(' ');
const kLongest = 32;
/// Presets whose words are of many trades: what a machine vends, whom a charity serves.
const kLeftOut = /^amenity\/(vending_machine|social_facility)/;
const modules = process.argv[2] ?? 'node_modules';
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const table = (name) => readFileSync(new URL(name, import.meta.url), 'utf8').split('\n')
    .filter((line) => line && !line.startsWith('#')).map((line) => line.split('\t'));

const tags = new Map();
for (const [path, category] of table('osm_tags.tsv')) {
    tags.set(path.split('/').slice(1).join('/'), category);
}
/** category → language → words; and word → the tops it was met under. */
const found = new Map();
const tops = new Map();
const add = (category, language, text) => {
    const word = String(text).normalize('NFC').replace(/\s*[(（].*$/, '').replace(/[\t\n|]/g, ' ')
        .trim().toLowerCase();
    if (word.length < 2 || word.length > kLongest || /[\d,]/.test(word)) return;
    if (/^[\x00-\x7f]{2,3}$/.test(word)) return;
    const key = `${category}\t${language.split('-')[0]}`;
    if (!found.has(key)) found.set(key, new Set());
    found.get(key).add(word);
    if (!tops.has(word)) tops.set(word, new Set());
    tops.get(word).add(category);
};

const schema = `${modules}/@openstreetmap/id-tagging-schema/dist`;
const presets = read(`${schema}/presets.json`);
const category_of = (preset) => Object.entries(preset.tags)
    .map(([key, value]) => tags.get(`${key}/${value}`)).find((category) => category);
for (const language of kLanguages) {
    const file = `${schema}/translations/${language}.json`;
    if (!existsSync(file)) continue;
    const names = read(file)[language]?.presets?.presets ?? {};
    for (const [id, { name, terms, aliases }] of Object.entries(names)) {
        const category = presets[id] && !kLeftOut.test(id) && category_of(presets[id]);
        if (!category) continue;
        const texts = [name, ...String(aliases ?? '').split(/[\n,]/),
            ...String(terms ?? '').split(/[,、，]/)];
        for (const text of texts) {
            if (text) add(category, language, text);
        }
    }
}

const annotations = `${modules}/cldr-annotations-full/annotations`;
for (const language of kLanguages.filter((own) => !own.startsWith('pt-'))) {
    const folder = [language, language.replace('-CN', '').replace('-TW', '-Hant')]
        .find((own) => existsSync(`${annotations}/${own}/annotations.json`));
    if (!folder) continue;
    const own = read(`${annotations}/${folder}/annotations.json`).annotations.annotations;
    for (const [emoji, category] of table('emoji.tsv')) {
        for (const sign of [...new Intl.Segmenter().segment(emoji)].map((part) => part.segment)) {
            for (const text of own[sign]?.tts ?? []) add(category, language, text);
        }
    }
}

console.log('# category, language, words: presets of OpenStreetMap\'s editor and names of emoji. '
    + 'Made by tools/knowledge/places.mjs.');
for (const key of [...found.keys()].sort()) {
    // A word of many trades tells of none.
    const words = [...found.get(key)].filter((word) => tops.get(word).size <= 2).sort();
    if (words.length > 0) console.log(`${key}\t${words.join(',')}`);
}
