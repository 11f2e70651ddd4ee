/** Third step: the boxes that the signer fills, as a plain form. */

import { makeEntry } from "./entries.js";
import { words } from "./rpc.js";
import { Alert, el, runOnce, t } from "./ui.js";

/** Types that the signature fills. */
const FROM_SIGNATURE = new Set(["signature", "initials"]);

/** The boxes that this signer fills by hand. */
export function ownFields(page) {
    return (page.fields ?? []).filter((field) => field.mine && !FROM_SIGNATURE.has(field.type));
}

export class FieldsStep {
    constructor(flow, { refusal = null }) {
        this.flow = flow;
        this.values = flow.session.values;
        this.alert = new Alert();
        this.refusal = refusal;
        this.refused = new Map();
        const handlers = {
            onInput: (entry) => this.onInput(entry),
            onLeave: (entry) => this.tell(entry),
        };
        this.entries = ownFields(flow.page).map((field) =>
            makeEntry(field, this.values[field.id], handlers)
        );
    }

    onInput(entry) {
        const { field } = entry;
        this.values[field.id] = entry.value();
        this.refused.delete(field.id);
        entry.setError(null);
        this.alert.clear();
        this.flow.pages.setValue(field.id, this.values[field.id]);
        this.flow.drafts.changed(field.id);
    }

    /** The server has looked at what was entered so far; what is being typed is not judged yet. */
    onSaved(reply) {
        this.refused = new Map((reply.refused ?? []).map((each) => [each.field, words(each)]));
        this.entries
            .filter((entry) => entry.refuse || !entry.node.contains(document.activeElement))
            .forEach((entry) => this.tell(entry));
        this.entries
            .filter(({ field }) => field.id in (reply.pictures ?? {}))
            .forEach((entry) => this.prepared(entry, reply.pictures[entry.field.id]));
    }

    prepared(entry, address) {
        entry.prepared(address);
        this.values[entry.field.id] = address;
        this.flow.pages.setValue(entry.field.id, address);
    }

    /** Tell the server's refusal; a picture that it refused is no longer chosen, and it is told once. */
    tell(entry) {
        const message = this.refused.get(entry.field.id);
        if (message) {
            if (entry.refuse) {
                entry.refuse();
                this.values[entry.field.id] = entry.value();
            }
            entry.setError(message);
        }
    }

    view() {
        const next = el(
            "button",
            { type: "submit", class: "button button-primary" },
            t("continue")
        );
        const form = el("form", { class: "step", novalidate: true }, [
            el("p", {}, t("fields_lead")),
            this.alert.node,
            this.entries.map((entry) => entry.node),
            this.flow.drafts.node,
            el("div", { class: "actions" }, next, this.flow.backButton("fields")),
        ]);
        form.addEventListener("submit", (submit) => {
            submit.preventDefault();
            runOnce(next, () => this.check());
        });
        return { heading: t("fields_title"), body: [form] };
    }

    enter() {
        this.flow.drafts.onSaved = (reply) => this.onSaved(reply);
        const refused =
            this.refusal && this.entries.find(({ field }) => field.id === this.refusal.field);
        if (refused) {
            this.complain([[refused, this.refusal.message]], this.refusal.message);
        }
    }

    leave() {
        this.flow.drafts.onSaved = null;
    }

    /** Whether a field that the server named is one of this form. */
    static has(page, fieldId) {
        return ownFields(page).some((field) => field.id === fieldId);
    }

    async check() {
        const missing = this.entries.filter((entry) => entry.field.required && entry.isEmpty());
        this.entries.forEach((entry) => entry.setError(null));
        if (missing.length) {
            const faults = missing.map((entry) => [entry, t(entry.needed)]);
            this.complain(faults, t("fields_missing", { count: missing.length }));
            return;
        }
        const reply = await this.flow.drafts.save();
        if (reply.error && (await this.flow.isHandled(reply, "fields"))) {
            return;
        }
        const faults = this.entries
            .map((entry) => [entry, this.refused.get(entry.field.id)])
            .filter(([, message]) => message);
        if (faults.length) {
            this.complain(faults, t("fields_refused", { count: faults.length }));
        } else {
            this.flow.go("signature");
        }
    }

    /** Tell each fault beside its field, all of them above, and go to the first. */
    complain(faults, summary) {
        faults.forEach(([entry, message]) => entry.setError(message));
        this.alert.show(summary);
        faults[0][0].focus();
    }
}
