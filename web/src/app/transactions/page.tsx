// SPDX-License-Identifier: Apache-2.0
// "/transactions/": every transaction, filtered by the address.

import type { Metadata } from "next";
import { Suspense } from "react";
import { Transactions } from "../../components/transactions/transactions";

export const metadata: Metadata = { title: "Transactions" };

export default function Page() {
    // The filters live in the address, which the static export cannot know.
    return (
        <Suspense fallback={<h1>Transactions</h1>}>
            <Transactions />
        </Suspense>
    );
}
