// SPDX-License-Identifier: Apache-2.0
// The files of a drop or a choice, folders opened. Of a folder only what may be a statement is
// taken; the rest is counted and named, never silently lost.

/** More than this at once is a mistake, or wants the command line. */
export const kFilesMax = 500;
const kDepthMax = 8;

export interface Found {
    readonly files: readonly File[];
    /** Names of what was in a folder and is no statement by its name. */
    readonly passedOver: readonly string[];
    readonly isCut: boolean;
}

const kStatement = /\.(ofx|qfx|qbo|csv|tsv|txt|qif|xml|camt|c53|sta|mt940|940|json)$/i;

function mayBeStatement(name: string): boolean {
    return kStatement.test(name) && !name.startsWith(".");
}

/** What a file input gave; those of a chosen folder carry their path in it. */
export function chosenFiles(list: Iterable<File>): Found {
    const files: File[] = [];
    const passedOver: string[] = [];
    for (const file of list) {
        if (file.webkitRelativePath === "" || mayBeStatement(file.name)) {
            files.push(file);
        } else {
            passedOver.push(file.webkitRelativePath);
        }
    }
    return limit(files, passedOver);
}

function limit(files: readonly File[], passedOver: readonly string[]): Found {
    const sorted = [...files].sort((a, b) => nameOf(a).localeCompare(nameOf(b), "en"));
    return { files: sorted.slice(0, kFilesMax), passedOver, isCut: files.length > kFilesMax };
}

const nameOf = (file: File) => file.webkitRelativePath || file.name;

const readBatch = (reader: FileSystemDirectoryReader) =>
    new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
const readEntry = (entry: FileSystemFileEntry) =>
    new Promise<File>((resolve, reject) => entry.file(resolve, reject));

/** The files of a drop. The entries must be taken before the first await: then they are gone. */
export async function droppedFiles(transfer: DataTransfer): Promise<Found> {
    const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry?.() ?? null);
    if (!entries.some((entry) => entry?.isDirectory)) {
        return limit(Array.from(transfer.files), []);
    }
    const files: File[] = [];
    const passedOver: string[] = [];
    const open = async (entry: FileSystemEntry, depth: number): Promise<void> => {
        if (entry.isFile) {
            if (depth === 0 || mayBeStatement(entry.name)) {
                files.push(await readEntry(entry as FileSystemFileEntry));
            } else {
                passedOver.push(entry.fullPath.replace(/^\//, ""));
            }
        } else if (depth < kDepthMax && files.length <= kFilesMax) {
            const reader = (entry as FileSystemDirectoryEntry).createReader();
            for (let batch = await readBatch(reader); batch.length > 0;) {
                for (const child of batch) {
                    await open(child, depth + 1);
                }
                batch = await readBatch(reader);
            }
        }
    };
    for (const entry of entries) {
        if (entry) {
            await open(entry, 0);
        }
    }
    return limit(files, passedOver);
}
