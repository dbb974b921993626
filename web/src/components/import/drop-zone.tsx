"use client";
// SPDX-License-Identifier: Apache-2.0
// Where files are dropped or chosen.

import { useId, useState } from "react";
import { Icon } from "../icons";

export function DropZone({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
    const id = useId();
    const [over, setOver] = useState(false);
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
                onFiles(event.dataTransfer.files);
            }}
        >
            <Icon name="upload" />
            <p>
                <strong>Drop statements from your bank here</strong>
                <span className="muted">
                    OFX, QFX or CSV; several at once is fine. Nothing is booked before you have seen
                    it.
                </span>
            </p>
            <input
                id={id}
                className="hidden"
                type="file"
                multiple
                accept=".ofx,.qfx,.qbo,.csv,.tsv,.txt"
                onChange={(event) => {
                    onFiles(Array.from(event.target.files ?? []));
                    event.target.value = "";
                }}
            />
            <label htmlFor={id} className="button primary">
                Choose files
            </label>
        </div>
    );
}
