"use client";
// SPDX-License-Identifier: Apache-2.0
// One step that was taken, in a list of them: what it was, what it changed, and its undo, which says
// so when it fails.

import { useState, type ReactNode } from "react";
import { errorOf } from "../../api/client";
import { useLine } from "../../api/live";
import { describeFailure } from "../pieces";

export interface Undoing {
    readonly busy: boolean;
    readonly complaint: string;
    readonly undo: () => Promise<void>;
}

export function useUndo(work: () => Promise<void>): Undoing {
    const { report } = useLine();
    const [busy, setBusy] = useState(false);
    const [complaint, setComplaint] = useState("");
    const undo = async () => {
        setBusy(true);
        setComplaint("");
        try {
            await work();
        } catch (reason) {
            report(reason);
            const { title, advice } = describeFailure(errorOf(reason));
            setComplaint(`${title}. ${advice}`);
        }
        setBusy(false);
    };
    return { busy, complaint, undo };
}

export function Step({
    state,
    name,
    about,
    count,
    action,
    complaint,
}: {
    state: string;
    name: string;
    about: string;
    count: ReactNode;
    action: ReactNode;
    complaint: string;
}) {
    return (
        <li data-state={state}>
            <div className="history-name">
                <strong>{name}</strong>
                <span className="small muted">{about}</span>
            </div>
            <div className="history-count">{count}</div>
            <div className="history-action">
                {state === "undone" ? <span className="tag">undone</span> : action}
            </div>
            {complaint ? (
                <p className="warning" role="alert">
                    {complaint}
                </p>
            ) : null}
        </li>
    );
}
