/** Third step: the boxes that the signer fills, each where it stands in the document or all as a list. */

import { makeEntry } from "./entries.js";
import { PlacedFields } from "./placed.js";
import { words } from "./rpc.js";
import { Alert, actionButton, el, makeForm, t } from "./ui.js";

/** Types that the signature fills. */
const FROM_SIGNATURE = new Set(["signature", "initials"]);

/** The boxes that this signer fills by hand. */
export function ownFields(page) {
    return (page.fields ?? []).filter((field) => field.mine && !FROM_SIGNATURE.has(field.type));
}

export class FieldsStep {
    constructor(flow, { refusal = null }) {
        this.flow = flow;
        this.session = flow.session;
        this.values = flow.session.values;
        this.alert = new Alert();
        this.refusal = refusal;
        this.refused = new Map();
        this.told = new Set();
        const handlers = {
            onInput: (entry) => this.onInput(entry),
            onLeave: (entry) => this.tell(entry),
        };
        this.entries = ownFields(flow.page).map((field) =>
            makeEntry(field, this.values[field.id], handlers)
        );
        const state = flow.drafts.node;
        this.home = el("div", {}, state);
        this.placed = new PlacedFields({
            pages: flow.pages,
            entries: this.entries,
            state,
            home: this.home,
            onTouch: (entry) => this.focusOn(entry),
            onFinish: () => this.check(),
            onClose: () => this.next.focus(),
        });
    }

    onInput(entry) {
        const { field } = entry;
        this.values[field.id] = entry.value();
        this.refused.delete(field.id);
        this.setError(entry, null);
        this.alert.clear();
        this.flow.pages.setValue(field.id, this.values[field.id]);
        this.flow.drafts.changed(field.id);
        this.tellTally();
    }

    setError(entry, message) {
        entry.setError(message);
        this.flow.pages.setFault(entry.field.id, Boolean(message));
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

    /** Tell the server's refusal until it is none; a picture that it refused is no longer chosen, and it is told once. */
    tell(entry) {
        const message = this.refused.get(entry.field.id);
        if (message) {
            if (entry.refuse) {
                entry.refuse();
                this.values[entry.field.id] = entry.value();
            } else {
                this.told.add(entry);
            }
            this.setError(entry, message);
            this.tellTally();
        } else if (this.told.delete(entry)) {
            this.setError(entry, null);
        }
    }

    view() {
        this.next = el("button", { type: "submit", class: "button button-primary" });
        this.tally = el("p", { class: "tally" });
        this.list = el("div");
        this.way = actionButton("", () => this.change(), { class: "button button-small" });
        const parts = [
            el("p", {}, t("fields_lead")),
            el("div", { class: "tools" }, this.tally, this.way),
            this.alert.node,
            this.list,
            this.home,
            el("div", { class: "actions" }, this.next, this.flow.backButton("fields")),
        ];
        const form = makeForm(this.next, () => this.goOn(), parts, { class: "step" });
        return { heading: t("fields_title"), body: [form] };
    }

    enter() {
        this.flow.drafts.onSaved = (reply) => this.onSaved(reply);
        this.placed.enter();
        this.arrange();
        this.entries.forEach((entry) => entry.offer?.());
        const found = (id) => this.entries.find(({ field }) => field.id === id);
        const refused = this.refusal && found(this.refusal.field);
        const wanted = found(this.session.wanted);
        this.session.wanted = null;
        if (refused) {
            this.complain([[refused, this.refusal.message]], this.refusal.message);
        } else if (wanted) {
            this.focusOn(wanted);
        }
    }

    leave() {
        this.flow.drafts.onSaved = null;
        this.placed.leave();
        this.flow.shell.root.classList.remove("on-document");
    }

    /** The other way to fill them in: as a list, or where they stand. */
    change() {
        this.session.isList = !this.session.isList;
        this.arrange();
    }

    arrange() {
        const { isList } = this.session;
        this.placed.close();
        this.list.replaceChildren(...(isList ? this.entries.map(({ node }) => node) : []));
        this.way.textContent = t(isList ? "fields_on_pages" : "fields_as_list");
        this.flow.shell.root.classList.toggle("on-document", !isList);
        this.tellTally();
    }

    tellTally() {
        const { entries } = this;
        const filled = entries.filter((entry) => !entry.isEmpty()).length;
        this.tally.textContent = t("fields_filled", { n: filled, count: entries.length });
        this.next.textContent = t(!this.session.isList && this.open() ? "field_next" : "continue");
    }

    /** The first field that is still to be filled in or corrected. */
    open() {
        const isOpen = (entry) =>
            this.refused.has(entry.field.id) || (entry.field.required && entry.isEmpty());
        return this.entries.find(isOpen);
    }

    goOn() {
        const open = this.open();
        return !this.session.isList && open ? this.placed.open(open) : this.check();
    }

    focusOn(entry) {
        if (this.session.isList) {
            entry.focus();
        } else {
            this.placed.open(entry);
        }
    }

    /** Whether a field that the server named is one of this form. */
    static has(page, fieldId) {
        return ownFields(page).some((field) => field.id === fieldId);
    }

    async check() {
        const missing = this.entries.filter((entry) => entry.field.required && entry.isEmpty());
        this.entries.forEach((entry) => this.setError(entry, null));
        if (missing.length) {
            const faults = missing.map((entry) => [entry, t(entry.needed)]);
            this.complain(faults, t("fields_missing", { count: missing.length }));
            return;
        }
        const reply = await this.flow.drafts.save();
        if (this.flow.current !== this) {
            return; // left meanwhile
        }
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
        faults.forEach(([entry, message]) => this.setError(entry, message));
        this.alert.show(summary);
        this.tellTally();
        this.focusOn(faults[0][0]);
    }
}
