"use client";
// SPDX-License-Identifier: Apache-2.0
// One line of text: tags to add, or a note.

import { useEffect, useId, useRef, useState } from "react";

export interface TextDialogProps {
    readonly title: string;
    readonly label: string;
    readonly hint: string;
    readonly start: string;
    readonly onSave: (text: string) => void;
    readonly onClose: () => void;
}

export function TextDialog({ title, label, hint, start, onSave, onClose }: TextDialogProps) {
    const id = useId();
    const dialog = useRef<HTMLDialogElement>(null);
    const [text, setText] = useState(start);
    useEffect(() => dialog.current?.showModal(), []);
    return (
        <dialog ref={dialog} className="card" aria-labelledby={`${id}-title`} onClose={onClose}>
            <h2 id={`${id}-title`}>{title}</h2>
            <form
                onSubmit={(event) => {
                    event.preventDefault();
                    onSave(text.trim());
                }}
            >
                <label className="field">
                    <span>{label}</span>
                    <input
                        value={text}
                        maxLength={2000}
                        autoComplete="off"
                        aria-describedby={`${id}-hint`}
                        onChange={(event) => setText(event.target.value)}
                    />
                </label>
                <p id={`${id}-hint`} className="small muted">
                    {hint}
                </p>
                <div className="dialog-actions">
                    <button type="button" className="button quiet" onClick={onClose}>
                        Cancel
                    </button>
                    <button type="submit" className="button primary">
                        Save
                    </button>
                </div>
            </form>
        </dialog>
    );
}
