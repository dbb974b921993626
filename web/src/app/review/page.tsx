// SPDX-License-Identifier: Apache-2.0
// "/review/".

import type { Metadata } from "next";
import { Review } from "../../components/filing/review";

export const metadata: Metadata = { title: "Review" };

export default function Page() {
    return <Review />;
}
