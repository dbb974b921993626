// SPDX-License-Identifier: Apache-2.0
// "/debts/": what to pay this month and why, the ways out side by side.

import type { Metadata } from "next";
import { Debts } from "../../components/debts/debts";

export const metadata: Metadata = { title: "Debts" };

export default function Page() {
    return <Debts />;
}
