/** Keeps what was typed or drawn on the server, so that a reload loses nothing. */

import { post } from "./rpc.js";
import { el, t } from "./ui.js";

const DELAY_SECONDS = 1;
const RETRY_SECONDS = 5;

export class Drafts {
    constructor(session, page) {
        this.session = session;
        this.onSaved = null;
        // pictures are too large to go with every key; they are sent once, with the signature
        const isPicture = ({ type }) => type === "stamp";
        this.unsaved = new Set((page.fields ?? []).filter(isPicture).map(({ id }) => String(id)));
        this.timer = null;
        this.isDirty = false;
        this.node = el("p", { class: "draft-state" });
        document.addEventListener("visibilitychange", () => {
            if (document.visibilityState === "hidden") {
                this.flush();
            }
        });
    }

    schedule(seconds = DELAY_SECONDS) {
        this.isDirty = true;
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.flush(), seconds * 1000);
    }

    /** Save now what is not saved yet. */
    async flush() {
        if (this.isDirty) {
            await this.save();
        }
    }

    /** Save everything and return the server's answer; a lost connection is tried again by itself. */
    async save() {
        clearTimeout(this.timer);
        this.isDirty = false;
        const { signature } = this.session;
        const reply = await post("draft", { values: this.values(), signature }, { isLast: true });
        if (["network", "failed", "busy"].includes(reply.error)) {
            this.node.textContent = t("draft_failed");
            this.schedule(RETRY_SECONDS);
        } else {
            this.node.textContent = reply.error ? "" : t("draft_saved");
            this.onSaved?.(reply);
        }
        return reply;
    }

    values() {
        const given = Object.entries(this.session.values);
        return Object.fromEntries(given.filter(([id]) => !this.unsaved.has(id)));
    }

    /** Signed or declined: nothing is to be saved any more. */
    stop() {
        clearTimeout(this.timer);
        this.isDirty = false;
    }
}
