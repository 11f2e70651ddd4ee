/** One copy by mail for who is reached by phone only: asks for the address, tells what becomes of it. */

import { post, words } from "./rpc.js";
import { Alert, Labelled, actionButton, el, t } from "./ui.js";

export class MailCopy {
    /** `isDone`: everybody has signed, so that the copy goes out at once. */
    constructor(copy, isDone) {
        this.isDone = isDone;
        this.node = el("section", { class: "way-out", "aria-labelledby": "esign-copy-title" });
        this.alert = new Alert();
        this.show(copy);
    }

    show({ state, to, may_ask: mayAsk }) {
        const title = el("h2", { id: "esign-copy-title", tabindex: "-1" }, t("copy_title"));
        const told = state === "offered" ? t(this.isDone ? "copy_now" : "copy_later") : null;
        const became = !told && el("p", { class: "notice" }, t(`copy_${state}`, { address: to }));
        this.node.replaceChildren(
            ...[title, told && el("p", {}, told), became, ...(mayAsk ? this.form(state) : [])]
                .flat()
                .filter(Boolean)
        );
        return title;
    }

    form(state) {
        this.input = el("input", {
            type: "email",
            inputmode: "email",
            autocomplete: "email",
            autocapitalize: "off",
            spellcheck: "false",
            maxlength: "254",
        });
        const names = { label: t("copy_label"), hint: t("copy_hint"), input: this.input };
        this.line = new Labelled({ id: "esign-copy", ...names });
        this.input.addEventListener("input", () => this.line.setError(null));
        const label = t(state === "asked" ? "copy_change" : "copy_send");
        const send = actionButton(label, () => this.send(), { type: "submit" });
        const form = el("form", { novalidate: true }, [
            this.line.node,
            this.alert.node,
            el("div", { class: "actions" }, send),
        ]);
        form.addEventListener("submit", (submit) => submit.preventDefault());
        return [form];
    }

    async send() {
        this.alert.clear();
        const email = this.input.value.trim();
        if (!email) {
            this.refuse(t("copy_needed"));
            return;
        }
        const reply = await post("copy", { email });
        if (reply.error === "field_invalid") {
            this.refuse(words(reply));
        } else if (reply.error) {
            this.alert.show(words(reply), () => this.send());
        } else {
            this.show({ ...reply, may_ask: false }).focus();
        }
    }

    refuse(message) {
        this.line.setError(message);
        this.input.focus();
    }
}
