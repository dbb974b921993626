// SPDX-License-Identifier: Apache-2.0
// "/changes/": see components/changes.

import type { Metadata } from "next";
import { Changes } from "../../components/changes/changes";

export const metadata: Metadata = { title: "Changes" };

export default function Page() {
    return <Changes />;
}
