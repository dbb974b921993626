"use client";
// SPDX-License-Identifier: Apache-2.0
// What is shown when the page itself breaks: our fault, and nothing in the ledger is touched.

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
    return (
        <div className="notice" role="alert">
            <h1>This page broke</h1>
            <p>That is a fault in Atlas, not in your data. Nothing in your ledger has changed.</p>
            <p>
                <button className="button primary" type="button" onClick={reset}>
                    Try again
                </button>
            </p>
        </div>
    );
}
