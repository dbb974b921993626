"use client";
// SPDX-License-Identifier: Apache-2.0
// The keys of the transaction page, and the page that lists them. Keys never act while somebody
// types, and single letters can be switched off (they collide with speech input otherwise).

import { useEffect, useRef, useState, type RefObject } from "react";
import { Icon } from "../icons";
import type { EditAction } from "./editing";

export type Command =
    | { readonly name: "move"; readonly by: number }
    | { readonly name: "edit"; readonly action: EditAction }
    | { readonly name: "first" | "last" | "open" | "close" | "search" | "help" };

const kPage = 12;

// Kept for the visit only: nothing but the theme is stored in the browser.
let singleKeysOn = true;

function isTyping(target: EventTarget | null): boolean {
    return (
        target instanceof HTMLElement && target.closest("input, select, textarea, dialog") !== null
    );
}

const kActions = {
    e: "category",
    s: "split",
    t: "tags",
    n: "note",
    r: "reviewed",
    x: "select",
    u: "undo",
} as const;

function commandOf(event: KeyboardEvent, inGrid: boolean, isOpen: boolean): Command | null {
    switch (event.key) {
        case "Escape":
            return isOpen ? { name: "close" } : null;
        case "j":
            return singleKeysOn ? { name: "move", by: 1 } : null;
        case "k":
            return singleKeysOn ? { name: "move", by: -1 } : null;
        case "/":
            return singleKeysOn ? { name: "search" } : null;
        case "e":
        case "s":
        case "t":
        case "n":
        case "r":
        case "x":
        case "u":
            return singleKeysOn ? { name: "edit", action: kActions[event.key] } : null;
        case "?":
            return singleKeysOn ? { name: "help" } : null;
        default:
            return inGrid ? gridCommandOf(event) : null;
    }
}

function gridCommandOf(event: KeyboardEvent): Command | null {
    switch (event.key) {
        case "ArrowDown":
            return { name: "move", by: 1 };
        case "ArrowUp":
            return { name: "move", by: -1 };
        case "PageDown":
            return { name: "move", by: kPage };
        case "PageUp":
            return { name: "move", by: -kPage };
        case "Home":
            return { name: "first" };
        case "End":
            return { name: "last" };
        case "Enter":
            return { name: "open" };
        default:
            return null;
    }
}

export function useShortcuts(
    run: (command: Command) => void,
    grid: RefObject<HTMLDivElement | null>,
    isOpen: boolean,
): void {
    const latest = useRef({ run, isOpen });
    useEffect(() => {
        latest.current = { run, isOpen };
    });
    useEffect(() => {
        const onKey = (event: KeyboardEvent) => {
            if (
                event.defaultPrevented ||
                event.ctrlKey ||
                event.metaKey ||
                event.altKey ||
                isTyping(event.target)
            ) {
                return;
            }
            const inGrid =
                event.target instanceof Node && (grid.current?.contains(event.target) ?? false);
            const command = commandOf(event, inGrid, latest.current.isOpen);
            if (command) {
                event.preventDefault();
                latest.current.run(command);
            }
        };
        window.addEventListener("keydown", onKey);
        return () => window.removeEventListener("keydown", onKey);
    }, [grid]);
}

const kKeys: ReadonlyArray<readonly [string, string]> = [
    ["j or ↓", "Next transaction"],
    ["k or ↑", "Transaction before"],
    ["Page Down, Page Up", "A page on or back"],
    ["Home, End", "First, last loaded"],
    ["Enter", "Open details"],
    ["Escape", "Close details"],
    ["/", "Search"],
    ["x", "Select or leave out"],
    ["e", "Choose its category"],
    ["s", "Divide into parts"],
    ["t", "Add tags"],
    ["n", "Write a note"],
    ["r", "Reviewed, or not"],
    ["u", "Undo the last step"],
    ["?", "This page"],
];

export function Shortcuts({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
    const dialog = useRef<HTMLDialogElement>(null);
    const [on, setOn] = useState(true);
    useEffect(() => {
        setOn(singleKeysOn);
        if (isOpen) {
            dialog.current?.showModal();
        } else {
            dialog.current?.close();
        }
    }, [isOpen]);
    return (
        <dialog ref={dialog} className="card" aria-labelledby="shortcuts-title" onClose={onClose}>
            <div className="card-head">
                <h2 id="shortcuts-title">Keyboard shortcuts</h2>
                <button
                    type="button"
                    className="icon-button"
                    aria-label="Close shortcuts"
                    onClick={onClose}
                >
                    <Icon name="close" />
                </button>
            </div>
            <dl className="facts">
                {kKeys.map(([keys, meaning]) => (
                    <div key={keys}>
                        <dt>{meaning}</dt>
                        <dd>
                            <kbd>{keys}</kbd>
                        </dd>
                    </div>
                ))}
            </dl>
            <label className="check">
                <input
                    type="checkbox"
                    checked={on}
                    onChange={(event) => {
                        singleKeysOn = event.target.checked;
                        setOn(event.target.checked);
                    }}
                />
                Single keys (j, k, e, / and so on) act on this page
            </label>
        </dialog>
    );
}
