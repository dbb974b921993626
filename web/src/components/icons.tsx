// SPDX-License-Identifier: Apache-2.0
// The few line icons in use, drawn here; always beside a word or inside a labelled control.

const kPaths = {
    accounts: "M4 10 12 4l8 6M6 10v8m4-8v8m4-8v8m4-8v8M4 20h16",
    list: "M4 6h16M4 12h16M4 18h16",
    question:
        "M9 9a3 3 0 1 1 4.2 2.8c-.8.4-1.2 1-1.2 2v.7m0 3h.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z",
    again: "M20 11a8 8 0 0 0-14-4L4 9m0-5v5h5M4 13a8 8 0 0 0 14 4l2-2m0 5v-5h-5",
    rules: "M5 6h6m4 0h4M13 4v4M5 12h2m4 0h8M9 10v4M5 18h9m4 0h1M16 16v4",
    debts: "M4 18 9 12l4 3 7-9m0 0h-5m5 0v5M4 21h16",
    transfer: "M4 8h14m0 0-4-4m4 4-4 4M20 16H6m0 0 4-4m-4 4 4 4",
    gauge: "M4 18a9 9 0 1 1 16 0M12 15l4-5",
    past: "M12 7v5l3 2M4.5 9A8 8 0 1 1 4 13M4 5v4h4",
    upload: "M12 15V4m0 0L7.5 8.5M12 4l4.5 4.5M4 15v4a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-4",
    sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2v2m0 16v2M2 12h2m16 0h2M5 5l1.4 1.4m11.2 11.2L19 19M5 19l1.4-1.4M17.6 6.4 19 5",
    moon: "M20 14.5A8 8 0 0 1 9.5 4 8 8 0 1 0 20 14.5Z",
    contrast: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 0v18m3-17v16m3-14v12",
    close: "M6 6l12 12M18 6 6 18",
    search: "M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12Zm4.5 10.5L20 20",
    left: "M14.5 5.5 8 12l6.5 6.5",
    right: "M9.5 5.5 16 12l-6.5 6.5",
    file: "M7 3h7l5 5v12a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1Zm7 0v5h5",
    keyboard: "M3 7h18v10H3ZM6.5 10h.01M10 10h.01M13.5 10h.01M17 10h.01M8 14h8",
} as const;

export type IconName = keyof typeof kPaths;

export function Icon({ name }: { name: IconName }) {
    return (
        <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d={kPaths[name]} />
        </svg>
    );
}
