/** Declining: asks for the reason, then for the code when it is not confirmed yet. */

import { Alert, Labelled, actionButton, el, runOnce, t } from "./ui.js";

export class DeclineDialog {
    constructor(flow) {
        this.flow = flow;
        this.session = flow.session;
        this.alert = new Alert();
        this.reason = el("textarea", { rows: "4", maxlength: "1000", required: true });
        this.reason.value = this.session.declineReason;
        this.reason.addEventListener("input", () => {
            this.session.declineReason = this.reason.value;
            this.line.setError(null);
        });
        this.line = new Labelled({
            id: "esign-reason",
            label: t("decline_reason"),
            hint: t("decline_hint", { company: flow.page.company.name }),
            input: this.reason,
        });
        this.dialog = el("dialog", { class: "dialog", "aria-labelledby": "esign-decline-title" });
        this.dialog.append(this.form());
        this.dialog.addEventListener("close", () => this.dialog.remove());
    }

    form() {
        const send = el(
            "button",
            { type: "submit", class: "button button-danger" },
            t("decline_send")
        );
        const cancel = actionButton(t("decline_cancel"), () => this.dialog.close());
        const form = el("form", { novalidate: true }, [
            el("h2", { id: "esign-decline-title" }, t("decline_title")),
            el("p", {}, t(this.session.isConfirmed ? "decline_final" : "decline_code_next")),
            this.line.node,
            this.alert.node,
            el("div", { class: "actions" }, send, cancel),
        ]);
        form.addEventListener("submit", (submit) => {
            submit.preventDefault();
            runOnce(send, () => this.send());
        });
        return form;
    }

    /** `message` tells why an earlier try failed. */
    open(message = null) {
        document.body.append(this.dialog);
        this.dialog.showModal();
        if (message) {
            this.alert.show(message);
        }
    }

    async send() {
        if (!this.reason.value.trim()) {
            this.line.setError(t("decline_reason_needed"));
            this.reason.focus();
            return;
        }
        this.dialog.close();
        if (this.session.isConfirmed) {
            await this.flow.sendDecline();
        } else {
            this.flow.go("code", { notice: t("decline_code_notice"), resume: "decline" });
        }
    }
}
