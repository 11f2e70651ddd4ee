/** Asking that somebody else sign: who, reached how, why; then the code when it is not confirmed yet. */

import { words } from "./rpc.js";
import { Alert, Labelled, actionButton, el, runOnce, t } from "./ui.js";

export class DelegateDialog {
    constructor(flow) {
        this.flow = flow;
        this.session = flow.session;
        this.company = { company: flow.page.company.name };
        this.alert = new Alert();
        this.lines = {
            name: this.line("name", { autocomplete: "off", maxlength: "100" }),
            address: this.line("address", {
                autocomplete: "off",
                autocapitalize: "off",
                spellcheck: "false",
                maxlength: "254",
            }),
            reason: this.line("reason", { autocomplete: "off", maxlength: "500" }),
        };
        this.dialog = el("dialog", { class: "dialog", "aria-labelledby": "esign-delegate-title" });
        this.dialog.append(this.form());
        this.dialog.addEventListener("close", () => this.dialog.remove());
    }

    /** One line of the form; what is entered outlives the code step. */
    line(key, attributes) {
        const input = el("input", { type: "text", required: true, ...attributes });
        input.value = this.session.delegate[key];
        const hint = key === "name" ? null : t(`delegate_${key}_hint`, this.company);
        const label = t(`delegate_${key}`);
        const line = new Labelled({ id: `esign-delegate-${key}`, label, hint, input });
        input.addEventListener("input", () => {
            this.session.delegate[key] = input.value;
            line.setError(null);
        });
        return line;
    }

    form() {
        const look = { type: "submit", class: "button button-primary" };
        const send = el("button", look, t("delegate_send", this.company));
        const cancel = actionButton(t("delegate_cancel"), () => this.dialog.close());
        const form = el("form", { novalidate: true }, [
            el("h2", { id: "esign-delegate-title" }, t("delegate_title")),
            el("p", {}, t("delegate_lead", this.company)),
            Object.values(this.lines).map(({ node }) => node),
            !this.session.isConfirmed && el("p", { class: "hint" }, t("delegate_code_next")),
            this.alert.node,
            el("div", { class: "actions" }, send, cancel),
        ]);
        form.addEventListener("submit", (submit) => {
            submit.preventDefault();
            runOnce(send, () => this.send());
        });
        return form;
    }

    /** `refusal` tells why an earlier try failed, at the line that it is about. */
    open(refusal = null) {
        document.body.append(this.dialog);
        this.dialog.showModal();
        const line = this.lines[refusal?.field];
        if (line) {
            line.setError(words(refusal));
            line.input.focus();
        } else if (refusal) {
            this.alert.show(words(refusal));
        }
    }

    async send() {
        const empty = Object.keys(this.lines).filter((key) => !this.session.delegate[key].trim());
        empty.forEach((key) => this.lines[key].setError(t(`delegate_${key}_needed`)));
        if (empty.length) {
            this.lines[empty[0]].input.focus();
            return;
        }
        this.dialog.close();
        if (this.session.isConfirmed) {
            await this.flow.sendDelegate();
        } else {
            this.flow.go("code", { notice: t("delegate_code_notice"), resume: "delegate" });
        }
    }
}
