// SPDX-License-Identifier: Apache-2.0
// "/import/": bring in statement files, look before booking, undo afterwards.

import type { Metadata } from "next";
import { ImportPage } from "../../components/import/import-page";

export const metadata: Metadata = { title: "Import" };

export default function Page() {
    return <ImportPage />;
}
