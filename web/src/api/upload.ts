// SPDX-License-Identifier: Apache-2.0
// Sending a large file: fetch does not tell how much of a body has gone out, XMLHttpRequest does.

/** Carries one request and tells how many bytes of its body have gone out. */
export function tellingHowFar(onSent: (bytes: number) => void) {
    return (url: string, { method, headers, body, signal }: RequestInit): Promise<Response> =>
        new Promise((resolve, reject) => {
            const request = new XMLHttpRequest();
            request.open(method ?? "POST", url);
            new Headers(headers).forEach((value, name) => request.setRequestHeader(name, value));
            request.upload.onprogress = ({ loaded }) => onSent(loaded);
            request.onload = () =>
                resolve(
                    new Response(request.responseText, {
                        status: request.status,
                        headers: {
                            "content-type": request.getResponseHeader("content-type") ?? "",
                        },
                    }),
                );
            request.onerror = () => reject(new TypeError("The connection failed."));
            request.onabort = () => reject(new DOMException("Stopped.", "AbortError"));
            signal?.addEventListener("abort", () => request.abort());
            request.send(body as XMLHttpRequestBodyInit);
        });
}
