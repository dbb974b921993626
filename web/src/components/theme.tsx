"use client";
// SPDX-License-Identifier: Apache-2.0
// Light, dark, or as the system says. Only this choice is ever stored in the browser.

import { useEffect, useState } from "react";
import { Icon } from "./icons";

type Theme = "system" | "light" | "dark";

const kOrder: readonly Theme[] = ["system", "light", "dark"];
const kNames: Record<Theme, string> = { system: "as the system", light: "light", dark: "dark" };

function apply(theme: Theme): void {
    if (theme === "system") {
        delete document.documentElement.dataset.theme;
    } else {
        document.documentElement.dataset.theme = theme;
    }
    try {
        if (theme === "system") {
            window.localStorage.removeItem("atlas-theme");
        } else {
            window.localStorage.setItem("atlas-theme", theme);
        }
    } catch {
        // Storage is switched off: the choice lasts for this visit.
    }
}

export function ThemeButton() {
    const [theme, setTheme] = useState<Theme>("system");
    useEffect(() => {
        const stored = document.documentElement.dataset.theme;
        setTheme(stored === "light" || stored === "dark" ? stored : "system");
    }, []);
    const next = kOrder[(kOrder.indexOf(theme) + 1) % kOrder.length] ?? "system";
    return (
        <button
            type="button"
            className="icon-button"
            aria-label={`Colours: ${kNames[theme]}. Switch to ${kNames[next]}.`}
            title={`Colours: ${kNames[theme]}`}
            onClick={() => {
                apply(next);
                setTheme(next);
            }}
        >
            <Icon name={theme === "system" ? "contrast" : theme === "light" ? "sun" : "moon"} />
        </button>
    );
}
