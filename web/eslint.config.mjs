// SPDX-License-Identifier: Apache-2.0
// A light set: the type checker does most of the work.
import hooks from "eslint-plugin-react-hooks";
import ts from "typescript-eslint";

export default ts.config(
    {
        ignores: [
            "out/",
            "test-results/",
            ".next/",
            "node_modules/",
            "next-env.d.ts",
            "src/api/schema.d.ts",
        ],
    },
    ...ts.configs.recommended,
    { plugins: { "react-hooks": hooks }, rules: hooks.configs.recommended.rules },
    {
        files: ["src/**/*.{ts,tsx}"],
        rules: {
            eqeqeq: "error",
            "no-restricted-globals": [
                "error",
                { name: "parseFloat", message: "Amounts are decimal strings." },
            ],
            "no-restricted-properties": [
                "error",
                {
                    object: "Number",
                    property: "parseFloat",
                    message: "Amounts are decimal strings.",
                },
                {
                    object: "window",
                    property: "localStorage",
                    message: "Only theme.ts may store, and only the theme.",
                },
            ],
        },
    },
    { files: ["src/components/theme.tsx"], rules: { "no-restricted-properties": "off" } },
);
