// SPDX-License-Identifier: Apache-2.0
// Goal: decimals are exact. Method: printed cases, then laws on seeded random input compared with
// a second way (integers of a common scale).
import assert from "node:assert/strict";
import { test } from "node:test";
import {
    addDecimals,
    compareDecimals,
    drawnRatio,
    kZero,
    negateDecimal,
    readDecimal,
    writeDecimal,
} from "./decimal";

const seed = 20261122n;
function* random(): Generator<bigint> {
    let state = seed;
    for (;;) {
        state = (state * 6364136223846793005n + 1442695040888963407n) & ((1n << 64n) - 1n);
        yield state >> 20n;
    }
}

function decimal(text: string) {
    const value = readDecimal(text);
    assert.ok(value, text);
    return value;
}

test("ReadsWhatItWrites", () => {
    for (const text of [
        "0",
        "-0.01",
        "12.30",
        "1000000.00",
        "-999999999999999999.99",
        "0.00000001",
        "5",
    ]) {
        assert.equal(writeDecimal(decimal(text)), text);
    }
    assert.equal(writeDecimal(decimal("+7.50")), "7.50");
});

test("RefusesWhatIsNotAPlainDecimal", () => {
    for (const text of [
        "",
        ".",
        "1.",
        ".5",
        "1e3",
        "1,000",
        " 1",
        "1 ",
        "NaN",
        "--1",
        "0x10",
        "1.2.3",
        "1.5\n",
    ]) {
        assert.equal(readDecimal(text), null, JSON.stringify(text));
    }
});

test("AddsWithoutTheErrorsOfDoubles", () => {
    assert.equal(writeDecimal(addDecimals(decimal("0.1"), decimal("0.2"))), "0.3");
    assert.equal(
        writeDecimal(addDecimals(decimal("9007199254740993.01"), decimal("0.01"))),
        "9007199254740993.02",
    );
    assert.equal(writeDecimal(addDecimals(decimal("-5"), decimal("0.25"))), "-4.75");
});

test("AddingIsCommutativeAndNegationUndoesIt", () => {
    const numbers = random();
    for (let round = 0; round < 500; ++round) {
        const next = () => ({
            units: numbers.next().value * (numbers.next().value % 2n === 0n ? 1n : -1n),
            scale: Number(numbers.next().value % 9n),
        });
        const [a, b] = [next(), next()];
        const sum = addDecimals(a, b);
        assert.equal(compareDecimals(sum, addDecimals(b, a)), 0, `seed ${seed} round ${round}`);
        assert.equal(
            compareDecimals(addDecimals(sum, negateDecimal(b)), a),
            0,
            `seed ${seed} round ${round}`,
        );
        const common = (value: typeof a) => value.units * 10n ** BigInt(8 - value.scale);
        assert.equal(common(sum), common(a) + common(b), `seed ${seed} round ${round}`);
        assert.equal(
            compareDecimals(a, b),
            common(a) < common(b) ? -1 : common(a) > common(b) ? 1 : 0,
        );
    }
});

test("RatioIsForDrawingAndKnowsZero", () => {
    assert.equal(drawnRatio(decimal("1.00"), decimal("4")), 0.25);
    assert.equal(drawnRatio(decimal("3"), kZero), 0);
    assert.equal(drawnRatio(decimal("1"), decimal("3")), 0.333333);
});
