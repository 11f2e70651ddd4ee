/** Talks to the server: JSON-RPC posts that never throw, and a fresh copy of the page's facts. */

import { hasText, t } from "./ui.js";

const BUSY_REPEATS = 40;
const PATIENCE_SECONDS = 45;
const LOOK_SECONDS = 10;
const KEEPALIVE_BYTES = 60000;
/** From it on (502 to 504) a proxy tells that the server behind it starts anew or is full. */
const AWAY = 502;

let base = "";
let language = "";
let losses = 0;
let isLooking = false;

/** Remember the signer's own address, "/esign/s/<token>", and the language that the page is in. */
export function setBase(path, lang) {
    base = path;
    language = lang;
}

/** The address of something below the signer's own address. */
export function address(tail) {
    return `${base}/${tail}`;
}

export function pause(seconds) {
    return new Promise((resolve) => {
        setTimeout(resolve, seconds * 1000);
    });
}

/**
 * Post `params` to one action and return its result. A refusal is a value with `error`; a lost
 * connection is `network`, a server that is not there `unavailable`, an answer that is none
 * `failed`. While the server is `busy`, the post is repeated; it answers the same to the same post.
 */
export async function post(action, params = {}, options = {}) {
    for (let attempt = 0; attempt < BUSY_REPEATS; attempt += 1) {
        const reply = await postOnce(action, params, options);
        if (reply.error !== "busy") {
            return reply;
        }
        options.onBusy?.(reply);
        await pause(Math.min(reply.retry_after || 1, 30));
    }
    return { error: "busy" };
}

async function postOnce(action, params, { seconds = PATIENCE_SECONDS, isLast = false }) {
    // the server binds code and consent to the language that was read
    const call = { jsonrpc: "2.0", method: "call", params: { ...params, lang: language } };
    const body = JSON.stringify(call);
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), seconds * 1000);
    try {
        const response = await fetch(address(action), {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            keepalive: isLast && new Blob([body]).size < KEEPALIVE_BYTES,
            signal: abort.signal,
            body,
        });
        if (response.status >= AWAY) {
            return lost("unavailable");
        }
        found();
        return resultOf(await response.text());
    } catch {
        return lost("network");
    } finally {
        clearTimeout(timer);
    }
}

/**
 * The server cannot be reached, for the cause "network" or "unavailable": let the page say so by
 * the event `esign-lost`, and by `esign-back` when it can be again. Returns the refusal.
 */
export function lost(error) {
    dispatchEvent(new CustomEvent("esign-lost", { detail: error }));
    lookUntilBack();
    return { error };
}

async function lookUntilBack() {
    if (isLooking) {
        return;
    }
    isLooking = true;
    do {
        losses += 1;
        await pause(Math.min(losses, 20));
    } while (isLooking && (await isAway()));
    found();
}

/** The server answers again. */
function found() {
    losses = 0;
    if (isLooking) {
        isLooking = false;
        dispatchEvent(new Event("esign-back"));
    }
}

function isAway() {
    const asked = fetch(import.meta.url, { cache: "no-store" }).then(
        ({ status }) => status >= AWAY,
        () => true
    );
    return Promise.race([asked, pause(LOOK_SECONDS).then(() => true)]);
}

function resultOf(text) {
    try {
        const { result } = JSON.parse(text);
        return result && typeof result === "object" ? result : { error: "failed" };
    } catch {
        return { error: "failed" };
    }
}

/** Whether a refusal is one that passes by itself, with the connection or the server. */
export function isLost({ error }) {
    return error === "network" || error === "unavailable";
}

/** A refusal in words: the server's own, else ours for its code. */
export function words(reply) {
    if (reply.message && reply.error !== "failed") {
        return reply.message;
    }
    const key = `error_${reply.error}`;
    return hasText(key) ? t(key) : t("error_failed");
}

/** The facts inside a page's document, or null. */
export function readPage(source) {
    const node = source.getElementById("esign-page");
    try {
        return node && JSON.parse(node.textContent);
    } catch {
        return null;
    }
}

/** Ask the server anew what this signer's situation is; null when it cannot be told now. */
export async function refresh() {
    try {
        const response = await fetch(`${base}?lang=${language}`, {
            cache: "no-store",
        });
        const markup = await response.text();
        return readPage(new DOMParser().parseFromString(markup, "text/html"));
    } catch {
        return null;
    }
}
