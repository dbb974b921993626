"use client";
// SPDX-License-Identifier: Apache-2.0
// Where files and folders are dropped or chosen.

import { useId, useState, type ChangeEvent } from "react";
import { Icon } from "../icons";
import { plural } from "../pieces";
import { chosenFiles, droppedFiles, kFilesMax, type Found } from "./dropped";

const kNamesShown = 3;

export function DropZone({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
    const id = useId();
    const [over, setOver] = useState(false);
    const [note, setNote] = useState("");
    const take = (found: Found) => {
        setNote(noteOn(found));
        onFiles(found.files);
    };
    const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
        take(chosenFiles(Array.from(target.files ?? [])));
        target.value = "";
    };
    return (
        <div
            className="drop"
            data-over={over}
            onDragOver={(event) => {
                event.preventDefault();
                setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={(event) => {
                event.preventDefault();
                setOver(false);
                droppedFiles(event.dataTransfer).then(take, () =>
                    setNote(
                        "The browser could not open what was dropped. Choose the files instead.",
                    ),
                );
            }}
        >
            <Icon name="upload" />
            <p>
                <strong>Drop statements from your bank here</strong>
                <span className="muted">
                    OFX, QFX, CSV, QIF, CAMT or MT940; many at once and whole folders too. Nothing
                    is booked before you have seen it.
                </span>
            </p>
            <span className="drop-choices">
                <input
                    id={`${id}-files`}
                    className="hidden"
                    type="file"
                    multiple
                    onChange={choose}
                />
                <label htmlFor={`${id}-files`} className="button primary">
                    Choose files
                </label>
                <input
                    id={`${id}-folder`}
                    ref={(input) => input?.setAttribute("webkitdirectory", "")}
                    className="hidden choose-folder-input"
                    type="file"
                    onChange={choose}
                />
                <label htmlFor={`${id}-folder`} className="button choose-folder">
                    Choose a folder
                </label>
            </span>
            <p className="drop-note small" role="status">
                {note}
            </p>
        </div>
    );
}

function noteOn({ files, passedOver, isCut }: Found): string {
    const parts: string[] = [];
    if (files.length === 0) {
        parts.push("There was no statement in it.");
    }
    if (passedOver.length > 0) {
        const named = passedOver.slice(0, kNamesShown).join(", ");
        const rest = passedOver.length > kNamesShown ? ", …" : "";
        parts.push(`Passed over ${plural(passedOver.length, "other file")} (${named}${rest}).`);
    }
    if (isCut) {
        parts.push(`Only the first ${kFilesMax} files were taken; add the others afterwards.`);
    }
    return parts.join(" ");
}
