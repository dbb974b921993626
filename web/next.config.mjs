// SPDX-License-Identifier: Apache-2.0
// A static export: the C++ program serves out/ as plain files. In `npm run dev` the API is
// proxied to a running Atlas (or the mock) named by ATLAS_URL.
import { PHASE_DEVELOPMENT_SERVER } from "next/constants.js";

const api = process.env.ATLAS_URL ?? "http://127.0.0.1:8090";

export default function config(phase) {
    const common = {
        reactStrictMode: true,
        trailingSlash: true,
        poweredByHeader: false,
        images: { unoptimized: true },
        // `npm run check` does both, once; the build need not repeat them.
        eslint: { ignoreDuringBuilds: true },
        typescript: { ignoreBuildErrors: true },
        // The repository has no lock file above web/.
        outputFileTracingRoot: import.meta.dirname ?? process.cwd(),
    };
    if (phase === PHASE_DEVELOPMENT_SERVER) {
        return {
            ...common,
            async rewrites() {
                return [{ source: "/api/:path*", destination: `${api}/api/:path*` }];
            },
        };
    }
    return { ...common, output: "export" };
}
