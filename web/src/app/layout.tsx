// SPDX-License-Identifier: Apache-2.0
// The one document around every page.

import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { Shell } from "../components/shell";
import "./base.css";
import "./shell.css";
import "./overview.css";
import "./transactions.css";
import "./import.css";
import "./debts.css";
import "./filing.css";
import "./transfers.css";

export const metadata: Metadata = {
    title: { default: "Atlas", template: "%s · Atlas" },
    description: "Your accounts, on your own machine.",
    robots: { index: false, follow: false },
    referrer: "no-referrer",
};

export const viewport: Viewport = {
    width: "device-width",
    initialScale: 1,
    themeColor: [
        { media: "(prefers-color-scheme: light)", color: "#f5f6f7" },
        { media: "(prefers-color-scheme: dark)", color: "#11161b" },
    ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
    return (
        <html lang="en" suppressHydrationWarning>
            <head>
                <script src="/theme.js" />
            </head>
            <body>
                <Shell>{children}</Shell>
            </body>
        </html>
    );
}
