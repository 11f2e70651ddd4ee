/** What ends one's own part otherwise than by signing is asked first, then a code, when none is confirmed yet. */

import { words } from "./rpc.js";
import { Alert, Labelled, actionButton, el, makeForm, t } from "./ui.js";

const PLAIN = { autocapitalize: "off", spellcheck: "false" };
/** What is asked, by what it is for; each of the sentences is called after both. */
const KINDS = {
    decline: {
        look: "button-danger",
        lead: (isConfirmed) => [t(isConfirmed ? "decline_final" : "decline_code_next")],
        inputs: { reason: () => el("textarea", { rows: "4", maxlength: "1000" }) },
    },
    delegate: {
        look: "button-primary",
        lead: (isConfirmed, company) => [
            t("delegate_lead", company),
            !isConfirmed && t("delegate_code_next"),
        ],
        inputs: {
            name: () => el("input", { type: "text", maxlength: "100" }),
            address: () => el("input", { type: "text", maxlength: "254", ...PLAIN }),
            reason: () => el("input", { type: "text", maxlength: "500" }),
        },
    },
};

export class Question {
    /** `kind` of `KINDS`; what is answered outlives the code step in the session's `kind`. */
    constructor(flow, kind) {
        Object.assign(this, { flow, kind });
        this.answers = flow.session[kind];
        this.company = { company: flow.page.company.name };
        this.alert = new Alert();
        this.lines = Object.entries(KINDS[kind].inputs).map(([key, input]) =>
            this.line(key, input())
        );
        const id = `esign-${kind}-title`;
        const about = { class: "dialog question", "aria-labelledby": id };
        this.dialog = el("dialog", about, this.form(id));
        this.dialog.addEventListener("close", () => this.onClose());
    }

    line(key, input) {
        const { kind, answers, company } = this;
        input.required = true;
        input.autocomplete = "off";
        input.value = answers[key];
        const hint = key !== "name" && t(`${kind}_${key}_hint`, company);
        const about = { id: `esign-${kind}-${key}`, label: t(`${kind}_${key}`), hint, input };
        const line = new Labelled(about);
        input.addEventListener("input", () => {
            answers[key] = input.value;
            line.setError(null);
        });
        return Object.assign(line, { key });
    }

    form(id) {
        const { kind, company } = this;
        const { look, lead } = KINDS[kind];
        const about = { type: "submit", class: `button ${look}` };
        const send = el("button", about, t(`${kind}_send`, company));
        const cancel = actionButton(t(`${kind}_cancel`), () => this.dialog.close());
        const told = lead(this.flow.session.isConfirmed, company).filter(Boolean);
        const parts = [
            el("h2", { id }, t(`${kind}_title`)),
            told.map((sentence) => el("p", {}, sentence)),
            this.lines.map(({ node }) => node),
            this.alert.node,
            el("div", { class: "actions" }, send, cancel),
        ];
        return makeForm(send, () => this.send(), parts);
    }

    /** `refusal` tells why an earlier try failed. */
    open(refusal = null) {
        this.flow.open(); // the browser's "back" closes it
        this.below = this.flow.current;
        document.body.append(this.dialog);
        this.dialog.showModal();
        if (refusal) {
            this.tell(refusal);
        }
    }

    /** Closed without an answer: nothing but the document is left to be seen. */
    onClose() {
        this.dialog.remove();
        if (!this.isSent && this.flow.current === this.below) {
            this.flow.toDocument();
        }
    }

    /** Tell a refusal at the line that it is about. */
    tell(refusal) {
        const line = this.lines.find(({ key }) => key === refusal.field);
        if (line) {
            line.setError(words(refusal));
            line.input.focus();
        } else {
            this.alert.show(words(refusal));
        }
    }

    async send() {
        const { kind, flow } = this;
        this.alert.clear();
        const empty = this.lines.filter(({ key }) => !this.answers[key].trim());
        empty.forEach((line) => line.setError(t(`${kind}_${line.key}_needed`)));
        if (empty.length) {
            empty[0].input.focus();
            return;
        }
        const refusal = flow.session.isConfirmed ? await flow.send(kind) : flow.askForCode(kind);
        if (refusal) {
            this.tell(refusal);
        } else {
            this.isSent = true;
            this.dialog.close();
        }
    }
}
