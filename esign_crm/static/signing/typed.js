/** Signature made from the typed name, shown in handwriting; the server draws the real one. */

import { Labelled, el, t } from "./ui.js";

export class TypedMethod {
    constructor({ invitedName, signature, onChange }) {
        this.key = "typed";
        this.label = t("method_typed");
        const name = signature?.method === "typed" ? signature.name : invitedName;
        this.input = el("input", { type: "text", autocomplete: "name", maxlength: "120" });
        this.input.value = name ?? "";
        this.preview = el("p", { class: "hand", "aria-hidden": "true" });
        this.line = new Labelled({ id: "esign-name", label: t("typed_label"), input: this.input });
        this.node = el("div", {}, this.line.node, this.preview);
        this.input.addEventListener("input", () => {
            this.line.setError(null);
            this.show();
            onChange();
        });
        this.show();
    }

    /** No-break spaces only at the ends would hide what is drawn: the name as the server takes it. */
    name() {
        return this.input.value.trim().replace(/\s+/g, " ");
    }

    show() {
        this.preview.textContent = this.name();
    }

    /** The signature to send, or null while there is none. */
    value() {
        return this.name() ? { method: "typed", name: this.name() } : null;
    }

    /** Say what is wrong, beside the field: nothing typed, or a name the server cannot write. */
    complain(message = t("typed_needed")) {
        this.line.setError(message);
        this.input.focus();
    }

    refused() {
        this.complain(t("typed_refused"));
    }
}

function wordsOf(name) {
    const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    return plain
        .split(/[^\p{L}\p{N}]+/u)
        .filter(Boolean)
        .sort()
        .join(" ");
}

/** Whether two spellings are the same name: case, accents, order and spaces do not count. */
export function isSameName(one, other) {
    return wordsOf(one) === wordsOf(other);
}

/** The first letters of a name's words, as the server draws them. */
export function initials(name) {
    const words = name.split(/[\s\u2019-]+/u).map((word) => word.match(/\p{L}/u)?.[0] ?? "");
    return words.join("").toUpperCase().slice(0, 4) || name;
}
