/** Keeps what was typed or drawn on the server, so that a reload loses nothing. */

import { post } from "./rpc.js";
import { el, t } from "./ui.js";

const DELAY_SECONDS = 1;
const RETRY_SECONDS = 5;

export class Drafts {
    constructor(session) {
        this.session = session;
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

    /** Save now what is not saved yet; a lost connection is tried again by itself. */
    async flush() {
        if (!this.isDirty) {
            return;
        }
        clearTimeout(this.timer);
        this.isDirty = false;
        const { values, signature } = this.session;
        const reply = await post("draft", { values, signature }, { isLast: true });
        if (["network", "failed", "busy"].includes(reply.error)) {
            this.node.textContent = t("draft_failed");
            this.schedule(RETRY_SECONDS);
        } else {
            this.node.textContent = reply.error ? "" : t("draft_saved");
        }
    }

    /** Signed or declined: nothing is to be saved any more. */
    stop() {
        clearTimeout(this.timer);
        this.isDirty = false;
    }
}
