// SPDX-License-Identifier: Apache-2.0
// A file looked at before it is booked: its rows with what becomes of each, its cells as printed.

import { call } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type ImportRow = Schemas["ImportRow"];
export type ImportRowList = Schemas["ImportRowList"];
export type ImportRowFilter = Schemas["ImportRowFilter"];
export type Table = Schemas["Table"];

/** As much of a file as is sent to show its columns; the server takes no more than 1 MiB. */
const kHeadBytes = 256 * 1024;

export const listImportRows = (
    id: string,
    show: ImportRowFilter,
    limit: number,
    signal: AbortSignal,
) =>
    call<ImportRowList>(`/imports/${encodeURIComponent(id)}/rows?show=${show}&limit=${limit}`, {
        signal,
    });

/** The first records of a file of columns, by a delimiter and encoding where they are known. */
export function readTable(
    file: File,
    given: { readonly delimiter?: string; readonly encoding?: string | undefined },
    signal: AbortSignal,
): Promise<Table> {
    const query = new URLSearchParams();
    if (given.delimiter) {
        query.set("delimiter", given.delimiter);
    }
    if (given.encoding) {
        query.set("encoding", given.encoding);
    }
    return call<Table>(`/imports/table?${query}`, {
        method: "POST",
        body: file.slice(0, kHeadBytes),
        headers: { "content-type": "application/octet-stream" },
        signal,
    });
}
