/** Keeps what was typed, drawn or chosen on the server, so that a reload loses nothing. */

import { post } from "./rpc.js";
import { el, t } from "./ui.js";

const DELAY_SECONDS = 1;
const RETRY_SECONDS = 5;

export class Drafts {
    constructor(session, page) {
        this.session = session;
        this.onSaved = null;
        // pictures are too large to go with every key; each is sent once, when it is chosen
        const isPicture = ({ type }) => type === "stamp";
        this.pictures = new Set((page.fields ?? []).filter(isPicture).map(({ id }) => String(id)));
        this.unsent = new Set();
        this.timer = null;
        this.isDirty = false;
        this.node = el("p", { class: "draft-state" });
        document.addEventListener("visibilitychange", () => {
            if (document.visibilityState === "hidden") {
                this.flush();
            }
        });
    }

    /** A field has another value. */
    changed(id) {
        if (this.pictures.has(String(id))) {
            this.unsent.add(String(id));
        }
        this.schedule();
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
        const { signature, values } = this.session;
        const sent = [...this.unsent];
        this.unsent.clear();
        const pictures = Object.fromEntries(sent.map((id) => [id, values[id] ?? ""]));
        const payload = { values: this.values(), signature, pictures };
        const reply = await post("draft", payload, { isLast: true });
        if (reply.error) {
            sent.forEach((id) => this.unsent.add(id));
        }
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
        return Object.fromEntries(given.filter(([id]) => !this.pictures.has(id)));
    }

    /** Signed or declined: nothing is to be saved any more. */
    stop() {
        clearTimeout(this.timer);
        this.isDirty = false;
    }
}
