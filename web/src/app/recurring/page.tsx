// SPDX-License-Identifier: Apache-2.0
// "/recurring/".

import type { Metadata } from "next";
import { Recurring } from "../../components/filing/recurring";

export const metadata: Metadata = { title: "Recurring" };

export default function Page() {
    return <Recurring />;
}
