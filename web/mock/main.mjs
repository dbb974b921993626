// SPDX-License-Identifier: Apache-2.0
// npm run mock [-- --port 8090 --rows 2000 --seed 7 --empty --signed-out]
import { parseArgs } from "node:util";
import { startMock } from "./server.mjs";

const { values } = parseArgs({
    options: {
        port: { type: "string", default: "8090" },
        rows: { type: "string", default: "2000" },
        seed: { type: "string", default: "7" },
        empty: { type: "boolean", default: false },
        "signed-out": { type: "boolean", default: false },
    },
});
const mock = await startMock({
    port: Number(values.port),
    rows: Number(values.rows),
    seed: Number(values.seed),
    empty: values.empty,
    signedOut: values["signed-out"],
});
console.log(`Mock of Atlas on ${mock.url}`);
