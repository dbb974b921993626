// SPDX-License-Identifier: Apache-2.0
// "/credit/": the credit score estimate.

import type { Metadata } from "next";
import { CreditScorePrediction } from "../../components/credit/credit-score-prediction";

export const metadata: Metadata = { title: "Credit score" };

export default function Page() {
    return <CreditScorePrediction />;
}
