/** The picture of a stamp: chosen or photographed, looked at, kept at once, sent again with the signature. */

import { Labelled, el, t } from "./ui.js";

/** The server looks again; this spares a long upload that it would refuse. */
const MAX_BYTES = 5 * 1024 * 1024;
const KINDS = ["image/png", "image/jpeg", "image/webp"];

export class StampEntry {
    needed = "picture_needed";

    constructor(field, value, onInput) {
        this.field = field;
        this.picture = value ?? "";
        this.onInput = onInput;
        this.input = el("input", { type: "file", accept: KINDS.join(",") });
        this.input.addEventListener("change", () => this.choose());
        this.build();
        this.show();
    }

    build() {
        const { field } = this;
        const onFile = field.on_file ? t("picture_on_file") : "";
        this.line = new Labelled({
            id: `esign-field-${field.id}`,
            label: field.required ? field.label : t("optional", { label: field.label }),
            hint: [t("on_page", { n: field.page }), t("picture_hint"), onFile]
                .filter(Boolean)
                .join(" · "),
            input: this.input,
            isQuiet: true,
        });
        this.image = el("img", { class: "stamp-image", alt: t("picture_alt") });
        const onclick = () => this.remove();
        this.shown = el(
            "div",
            { class: "stamp-shown" },
            this.image,
            el(
                "button",
                { type: "button", class: "button button-small", onclick },
                t("picture_remove")
            )
        );
        this.node = this.line.node;
        this.line.error.before(this.shown);
    }

    async choose() {
        const [file] = this.input.files;
        if (!file) {
            return;
        }
        const fault = faultOf(file);
        this.picture = fault ? "" : await asDataAddress(file);
        this.show();
        this.onInput();
        this.setError(fault && t(fault));
    }

    remove() {
        this.picture = "";
        this.input.value = "";
        this.show();
        this.onInput();
        this.input.focus();
    }

    /** The server cannot use it. */
    refuse() {
        this.picture = "";
        this.input.value = "";
        this.show();
    }

    show() {
        this.shown.hidden = !this.picture;
        if (this.picture) {
            this.image.src = this.picture;
        } else {
            this.image.removeAttribute("src");
        }
    }

    value() {
        return this.picture;
    }

    isEmpty() {
        return !this.picture && !this.field.on_file;
    }

    setError(message) {
        this.line.setError(message);
    }

    focus() {
        this.input.focus();
    }
}

function faultOf(file) {
    if (!KINDS.includes(file.type)) {
        return "image_unsupported";
    }
    return file.size > MAX_BYTES ? "image_too_large" : null;
}

function asDataAddress(file) {
    return new Promise((resolve) => {
        const reader = new FileReader();
        reader.addEventListener("load", () => resolve(reader.result));
        reader.addEventListener("error", () => resolve(""));
        reader.readAsDataURL(file);
    });
}
