"use client";
// SPDX-License-Identifier: Apache-2.0
// The frame: navigation at the side (at the bottom of a phone), the state of the line, the
// colours, and the page shown to somebody who is not signed in.

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { LineProvider, useLine, type LineState } from "../api/live";
import { Icon, type IconName } from "./icons";
import { ThemeButton } from "./theme";

/** A phone has no room for the minor ones; pages that lead to them have a link. */
const kPlaces: ReadonlyArray<{ href: string; name: string; icon: IconName; minor?: true }> = [
    { href: "/", name: "Accounts", icon: "accounts" },
    { href: "/transactions/", name: "Transactions", icon: "list" },
    { href: "/review/", name: "Review", icon: "question" },
    { href: "/transfers/", name: "Transfers", icon: "transfer", minor: true },
    { href: "/recurring/", name: "Recurring", icon: "again" },
    { href: "/rules/", name: "Rules", icon: "rules" },
    { href: "/debts/", name: "Debts", icon: "debts" },
    { href: "/credit/", name: "Credit score", icon: "gauge", minor: true },
    { href: "/import/", name: "Import", icon: "upload" },
    { href: "/changes/", name: "Changes", icon: "past", minor: true },
];

export function Shell({ children }: { children: ReactNode }) {
    return (
        <LineProvider>
            <a className="skip-link" href="#content">
                Skip to the content
            </a>
            <div className="shell">
                <SideBar />
                <main id="content" tabIndex={-1}>
                    <Gate>{children}</Gate>
                </main>
            </div>
        </LineProvider>
    );
}

function SideBar() {
    const path = usePathname();
    const { state, signedOut } = useLine();
    return (
        <header className="side">
            <Link className="brand" href="/" aria-label="Atlas, start page">
                <Mark />
                <span>Atlas</span>
            </Link>
            {signedOut ? null : (
                <nav aria-label="Main" className="nav">
                    {kPlaces.map(({ href, name, icon, minor }) => (
                        <Link
                            key={href}
                            href={href}
                            data-minor={minor}
                            aria-current={isHere(path, href) ? "page" : undefined}
                        >
                            <Icon name={icon} />
                            <span>{name}</span>
                        </Link>
                    ))}
                </nav>
            )}
            <div className="side-end">
                {signedOut ? null : <LineLight state={state} />}
                <ThemeButton />
            </div>
        </header>
    );
}

function isHere(path: string, href: string): boolean {
    return href === "/" ? path === "/" : `${path}/`.startsWith(href);
}

function Mark() {
    return (
        <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="7" />
            <path d="M7 24 16 7l9 17M11 18.5h10" />
        </svg>
    );
}

const kLineNames: Record<LineState, string> = {
    connecting: "Connecting",
    live: "Up to date",
    lost: "Reconnecting",
};

function LineLight({ state }: { state: LineState }) {
    return (
        <span className="line-light" data-state={state} role="status">
            <span className="dot" aria-hidden="true" />
            <span className="line-name">{kLineNames[state]}</span>
        </span>
    );
}

function Gate({ children }: { children: ReactNode }) {
    return useLine().signedOut ? <SignedOut /> : children;
}

function SignedOut() {
    return (
        <div className="notice" role="alert">
            <h1>Open the link that Atlas printed</h1>
            <p>
                This browser is not signed in. When Atlas started, it printed a link in the
                terminal. Open that link here, once; after that this browser stays signed in.
            </p>
            <ol>
                <li>Go to the terminal where Atlas is running.</li>
                <li>
                    Copy the whole last line: it begins with <code>http://</code>.
                </li>
                <li>Paste it into the address bar of this browser.</li>
            </ol>
            <p className="muted">
                Each link works once. If it was used before, stop Atlas, start it again and take the
                new link. Your data is safe either way.
            </p>
            <p>
                <button type="button" className="button" onClick={() => window.location.reload()}>
                    I have opened it: try again
                </button>
            </p>
        </div>
    );
}
