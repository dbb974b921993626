// SPDX-License-Identifier: Apache-2.0
// The page for an address that does not exist.

import Link from "next/link";

export default function NotFound() {
    return (
        <div className="notice">
            <h1>There is no page here</h1>
            <p>The address may be mistyped, or the page has moved.</p>
            <p>
                <Link className="button primary" href="/">
                    Go to your accounts
                </Link>
            </p>
        </div>
    );
}
