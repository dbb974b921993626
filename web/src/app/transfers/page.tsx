// SPDX-License-Identifier: Apache-2.0
// "/transfers/": see components/transfers.

import type { Metadata } from "next";
import { Transfers } from "../../components/transfers/transfers";

export const metadata: Metadata = { title: "Transfers" };

export default function Page() {
    return <Transfers />;
}
