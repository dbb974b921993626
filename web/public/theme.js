// SPDX-License-Identifier: Apache-2.0
// Runs before the first paint so that a chosen theme never flashes. The theme is the only thing
// Atlas keeps in this browser's storage.
(function () {
    try {
        var theme = localStorage.getItem("atlas-theme");
        if (theme === "light" || theme === "dark") {
            document.documentElement.dataset.theme = theme;
        }
    } catch {
        // Storage is switched off: follow the system.
    }
})();
