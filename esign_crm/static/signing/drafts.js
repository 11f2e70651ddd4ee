/** Keeps what was typed, drawn or chosen on the server, so that a reload loses nothing. */

import { post } from "./rpc.js";
import { el, t } from "./ui.js";

const DELAY_SECONDS = 1;
const RETRY_SECONDS = 5;
/** What the server calls the picture of the signature. */
export const SIGNATURE = "signature";

export class Drafts {
    constructor(session, { page, pages }) {
        this.session = session;
        this.pages = pages;
        this.touched = new Set();
        this.onSaved = null;
        // pictures are too large to go with every key; each is sent once, when it is chosen
        const isPicture = ({ type }) => type === "stamp";
        const stamps = (page.fields ?? []).filter(isPicture).map(({ id }) => String(id));
        this.pictures = new Set([...stamps, SIGNATURE]);
        this.unsent = new Set();
        this.saving = Promise.resolve();
        this.timer = null;
        this.isDirty = false;
        this.node = el("p", { class: "draft-state" });
        document.addEventListener("visibilitychange", () => {
            if (document.visibilityState === "hidden") {
                this.flush();
            }
        });
    }

    /** A field, or the picture of the signature, is another. */
    changed(id) {
        this.touched.add(String(id));
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
    flush() {
        return this.isDirty ? this.save() : this.saving;
    }

    /** Save everything and return the server's answer; one after the other, so that the later one stands. */
    save() {
        clearTimeout(this.timer);
        this.isDirty = false;
        this.saving = this.saving.then(() => this.saveNow());
        return this.saving;
    }

    /** A lost connection is tried again by itself. */
    async saveNow() {
        const sent = Object.fromEntries([...this.unsent].map((id) => [id, this.pictureOf(id)]));
        this.unsent.clear();
        const payload = { values: this.values(), signature: this.signature(), pictures: sent };
        const reply = await post("draft", payload, { isLast: true });
        if (reply.error) {
            Object.keys(sent).forEach((id) => this.unsent.add(id));
        }
        reply.refused = (reply.refused ?? []).filter(({ picture, field, hand }) =>
            picture
                ? this.pictureOf(picture) === sent[picture]
                : this.session.values[field] === payload.values[field] &&
                  (!hand || this.signature() === payload.signature)
        );
        this.isUnsaved = Boolean(reply.error);
        this.takePrepared(reply, sent);
        if (["network", "unavailable", "failed", "busy"].includes(reply.error)) {
            this.node.textContent = t("draft_failed");
            this.schedule(RETRY_SECONDS);
        } else {
            this.node.textContent = reply.error ? "" : t("draft_saved");
            this.onSaved?.(reply);
        }
        return reply;
    }

    /** Take over what the server kept, but for what was entered meanwhile. */
    take({ values = {}, signature = null }) {
        const { session } = this;
        const isUntouched = ([id]) => !this.touched.has(String(id));
        const kept = Object.entries(values).filter(isUntouched);
        Object.assign(session.values, Object.fromEntries(kept));
        kept.forEach(([id, value]) => this.pages.setValue(Number(id), value));
        session.signature = session.signature ?? signature;
        if (this.isUnsaved) {
            this.schedule(0); // what was entered while no confirmation stood
        }
    }

    pictureOf(id) {
        const { signature, values } = this.session;
        return (id === SIGNATURE ? signature?.image : values[id]) ?? "";
    }

    /** Keep pictures as the server made them, unless another was chosen meanwhile. */
    takePrepared({ pictures = {} }, sent) {
        for (const [id, address] of Object.entries(pictures)) {
            if (this.pictureOf(id) !== sent[id]) {
                delete pictures[id];
            } else if (id === SIGNATURE) {
                this.session.signature = { ...this.session.signature, image: address };
            } else {
                this.session.values[id] = address;
            }
        }
    }

    signature() {
        const { signature } = this.session;
        return signature?.method === "image" ? { ...signature, image: undefined } : signature;
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
