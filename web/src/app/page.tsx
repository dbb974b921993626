// SPDX-License-Identifier: Apache-2.0
// "/": the overview of all accounts.

import { Overview } from "../components/overview/overview";

export default function Page() {
    return <Overview />;
}
