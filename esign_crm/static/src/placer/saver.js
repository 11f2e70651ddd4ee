import { browser } from "@web/core/browser/browser";
import { ConnectionLostError } from "@web/core/network/rpc";
import { user } from "@web/core/user";
import { session } from "@web/session";

const PAUSE = 700;
const RETRY = 4000;

const randomName = () => `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 10)}`;

/**
 * Saves by itself, one saving at a time. What has not arrived is kept in this browser, so that neither a lost
 * connection nor a closed tab loses it; what was sent without an answer is sent again as it was, because the server
 * knows a saving by its token.
 */
export class Saver {
    constructor({ orm, model, id, state, fieldsOf }) {
        Object.assign(this, { orm, model, id, state, fieldsOf });
        // one browser may know several databases of one host, and several people
        this.prefix = `esign_placer:${session.db}:${user.userId}:${model}:${id}:`;
        this.tab = browser.sessionStorage.getItem("esign_placer_tab") || randomName();
        browser.sessionStorage.setItem("esign_placer_tab", this.tab);
        this.sending = null;
        this.online = () => this.retry();
        browser.addEventListener("online", this.online);
    }

    /** Begin from what the server gave; return the fields that this browser kept unsaved, if any. */
    begin(loaded) {
        this.revision = loaded.revision;
        const key = this.keptKey();
        const kept = key && JSON.parse(browser.localStorage.getItem(key));
        if (!kept) {
            return null;
        }
        browser.localStorage.removeItem(key);
        const isKnown = kept.revision === loaded.revision || kept.tokens.includes(loaded.token);
        this.state.name = isKnown ? "pending" : "conflict";
        return kept.fields;
    }

    keptKey() {
        const keys = Object.keys(browser.localStorage).filter((key) => key.startsWith(this.prefix));
        return keys.includes(this.prefix + this.tab) ? this.prefix + this.tab : keys[0];
    }

    /** Something changed: keep it here at once, send it after a short pause. */
    changed() {
        this.isDirty = true;
        this.keep();
        if (this.state.name !== "conflict") {
            this.state.name = "pending";
            this.plan(PAUSE);
        }
    }

    keep() {
        const tokens = this.sending ? [this.sending.token] : [];
        const kept = { revision: this.revision, tokens, fields: this.fieldsOf() };
        browser.localStorage.setItem(this.prefix + this.tab, JSON.stringify(kept));
    }

    plan(delay) {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.save(), delay);
    }

    retry() {
        if (["offline", "error", "pending"].includes(this.state.name)) {
            return this.save();
        }
    }

    async save() {
        browser.clearTimeout(this.timer);
        if (this.isSaving || this.state.name === "conflict" || !(this.isDirty || this.sending)) {
            return;
        }
        this.isSaving = true;
        this.state.name = "saving";
        if (!this.sending) {
            this.sending = this.nextSaving();
            this.keep();
        }
        try {
            this.answered(await this.send());
        } catch (error) {
            this.failed(error);
        } finally {
            this.isSaving = false;
        }
    }

    nextSaving() {
        this.isDirty = false;
        return {
            token: randomName(),
            revision: this.revision,
            fields: JSON.parse(JSON.stringify(this.fieldsOf())),
        };
    }

    send() {
        const { revision, token, fields } = this.sending;
        return this.orm.silent.call(this.model, "layout_save", [
            [this.id],
            revision,
            token,
            fields,
        ]);
    }

    answered(answer) {
        if (answer.busy) {
            this.state.name = "pending";
            this.plan(1000);
            return;
        }
        this.sending = null;
        if ("conflict" in answer) {
            this.isDirty = true;
            this.state.name = "conflict";
            this.keep();
            return;
        }
        this.revision = answer.revision;
        if (this.isDirty) {
            this.changed();
        } else {
            browser.localStorage.removeItem(this.prefix + this.tab);
            this.state.name = "saved";
        }
    }

    failed(error) {
        if (error instanceof ConnectionLostError) {
            this.state.name = "offline";
            this.plan(RETRY);
            return;
        }
        // the server has refused it: the next try sends the fields as they will be then
        this.sending = null;
        this.isDirty = true;
        this.state.name = "error";
        this.state.message = error.data?.message || error.message;
    }

    /** Go on from another revision, after people have decided whose fields count. */
    settle(revision, isMine) {
        this.revision = revision;
        this.sending = null;
        this.isDirty = isMine;
        this.state.name = isMine ? "pending" : "saved";
        if (isMine) {
            return this.save();
        }
        browser.localStorage.removeItem(this.prefix + this.tab);
    }

    end() {
        browser.removeEventListener("online", this.online);
        const last = this.save();
        browser.clearTimeout(this.timer);
        return last;
    }
}
