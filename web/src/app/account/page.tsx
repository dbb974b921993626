// SPDX-License-Identifier: Apache-2.0
// "/account/?id=…": one account through time.

import type { Metadata } from "next";
import { Suspense } from "react";
import { AccountPage } from "../../components/account/account-page";

export const metadata: Metadata = { title: "Account" };

export default function Page() {
    // The account is named in the address, which the static export cannot know.
    return (
        <Suspense fallback={<h1>Account</h1>}>
            <AccountPage />
        </Suspense>
    );
}
