// SPDX-License-Identifier: Apache-2.0
// "/rules/".

import type { Metadata } from "next";
import { Rules } from "../../components/filing/rules";

export const metadata: Metadata = { title: "Rules and categories" };

export default function Page() {
    return <Rules />;
}
