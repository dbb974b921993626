// SPDX-License-Identifier: Apache-2.0
// A made-up household from a seed: accounts and a few thousand transactions in exact cents. Only
// for developing and testing the page; the real sample household comes from the program.

const kMerchants = [
    ["food.groceries", "Harbour Foods", 2200, 14000, 9],
    ["food.groceries", "Green Basket Market", 900, 6500, 6],
    ["food.coffee", "Corner Roast Coffee", 320, 980, 9],
    ["food.restaurants", "Trattoria Lina", 2800, 9600, 3],
    ["food.fast_food", "Noodle Box", 900, 2400, 4],
    ["food.delivery", "QuickPlate", 1900, 5200, 2],
    ["transport.fuel", "Northway Fuel", 3400, 7800, 3],
    ["transport.public", "City Transit", 275, 2750, 6],
    ["transport.parking_tolls", "ParkWise", 300, 1800, 2],
    ["shopping.general", "Megamart Online", 1200, 18000, 5],
    ["shopping.clothing", "Linden & Co", 2500, 16000, 1],
    ["shopping.electronics", "Volt Electronics", 4900, 60000, 1],
    ["health.pharmacy", "Wellcare Pharmacy", 700, 4800, 2],
    ["personal.beauty", "Studio Nine Hair", 3500, 9000, 1],
    ["entertainment.events", "Rialto Cinema", 1400, 4200, 1],
    ["family.pets", "Paws & Claws", 1500, 8000, 1],
    ["other.unknown", "SQ *PMT 4471", 500, 9000, 1],
];

// Day of month, category, description, cents, account.
const kMonthly = [
    [1, "debt.mortgage", "First Prairie Mortgage", -184250, "checking"],
    [1, "income.wages", "Meridian Systems Payroll", 342817, "checking"],
    [15, "income.wages", "Meridian Systems Payroll", 342817, "checking"],
    [28, "income.wages", "Lakeside School District", 281240, "checking"],
    [4, "utilities.energy", "Prairie Power & Gas", -14230, "checking"],
    [6, "utilities.internet_tv", "FibreLine Internet", -6999, "card"],
    [9, "utilities.mobile", "Tandem Mobile", -7800, "card"],
    [11, "insurance.auto", "Shield Mutual Auto", -13375, "checking"],
    [12, "entertainment.video", "StreamHouse", -1799, "card"],
    [13, "entertainment.music", "Cadence Music", -1199, "card"],
    [17, "family.childcare", "Little Acorns Nursery", -98000, "checking"],
    [20, "personal.fitness", "Ironwood Gym", -5900, "card"],
    [30, "income.interest_dividends", "Interest paid", 4120, "savings"],
];

export function randomFrom(seed) {
    let state = seed >>> 0 || 1;
    return (bound) => {
        state ^= state << 13;
        state >>>= 0;
        state ^= state >>> 17;
        state ^= state << 5;
        state >>>= 0;
        return state % bound;
    };
}

export function centsToText(cents) {
    const digits = String(Math.abs(cents)).padStart(3, "0");
    return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export function textToCents(text) {
    const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text);
    if (!match) {
        return null;
    }
    const cents = Number(match[2]) * 100 + Number((match[3] ?? "").padEnd(2, "0"));
    return match[1] ? -cents : cents;
}

export const money = (cents, currency) => ({ amount: centsToText(cents), currency });

const kAccounts = [
    ["checking", "Everyday Checking", "checking", "USD", "First Prairie Bank", "••4417", 250000],
    ["savings", "Emergency Fund", "savings", "USD", "First Prairie Bank", "••9023", 1850000],
    ["card", "Horizon Visa", "credit_card", "USD", "Horizon Card Services", "••7716", -40000],
    ["broker", "Index Portfolio", "investment", "USD", "Larkfield Invest", "••1180", 6412055],
    ["mortgage", "Home mortgage", "loan", "USD", "First Prairie Bank", "••0042", -21894012],
    ["euro", "Lisbon account", "checking", "EUR", "Banco do Rio", "••5561", 310000],
];

const kDay = 86_400_000;
const isoDate = (time) => new Date(time).toISOString().slice(0, 10);

/** Accounts and transactions ending on 2026-11-22; about `rows` transactions. */
export function makeHousehold(seed, rows) {
    const random = randomFrom(seed);
    const bag = kMerchants.flatMap((entry) => Array(entry[4]).fill(entry));
    const end = Date.UTC(2026, 10, 22);
    const start = end - Math.max(30, Math.round(rows / 2.72)) * kDay;
    const accounts = new Map(
        kAccounts.map(([id, name, type, currency, institution, masked, cents]) => [
            id,
            {
                id,
                name,
                type,
                currency,
                institution,
                number_masked: masked,
                cents,
                liability: type === "loan" || type === "credit_card",
            },
        ]),
    );
    const transactions = [];
    let line = 1;
    const add = (date, account, category, description, cents, extra = {}) => {
        const { currency } = accounts.get(account);
        accounts.get(account).cents += cents;
        line += 1;
        const unsure = category === "other.unknown";
        transactions.push({
            id: `t-${transactions.length + 1}`,
            account_id: account,
            date,
            amount: money(cents, currency),
            description: description.toUpperCase(),
            merchant: unsure ? undefined : description,
            status: date >= "2026-11-21" && account === "card" ? "pending" : "posted",
            splits: [{ category, amount: money(cents, currency), tags: [] }],
            filed: {
                source: unsure ? "none" : ["merchant", "model", "rule", "memory"][random(4)],
                confidence: unsure ? 0.22 : 0.8 + random(20) / 100,
                reviewed: random(6) === 0,
            },
            source: {
                import_id: "i-1",
                file: `${account}-${date.slice(0, 4)}.ofx`,
                line,
                column: 1,
            },
            ...extra,
        });
    };
    for (let time = start; time <= end; time += kDay) {
        const date = isoDate(time);
        const day = Number(date.slice(8));
        for (const [when, category, description, cents, account] of kMonthly) {
            if (when === day) {
                add(date, account, category, description, cents);
            }
        }
        if (day === 2) {
            add(date, "checking", "transfer.internal", "Transfer to savings", -50000, {
                transfer_id: `x-${date}`,
            });
            add(date, "savings", "transfer.internal", "Transfer from checking", 50000, {
                transfer_id: `x-${date}`,
            });
        }
        if (day === 25) {
            add(date, "checking", "transfer.card_payment", "Horizon Visa payment", -210000, {
                transfer_id: `y-${date}`,
            });
            add(date, "card", "transfer.card_payment", "Payment, thank you", 210000, {
                transfer_id: `y-${date}`,
            });
        }
        const count = 1 + random(3);
        for (let index = 0; index < count; ++index) {
            const [category, name, low, high] = bag[random(bag.length)];
            const account = random(12) === 0 ? "euro" : random(4) === 0 ? "checking" : "card";
            const store = random(3) === 0 ? ` #${100 + random(800)}` : "";
            add(date, account, category, `${name}${store}`, -(low + random(high - low)));
        }
    }
    transactions.reverse();
    return { accounts, transactions };
}
