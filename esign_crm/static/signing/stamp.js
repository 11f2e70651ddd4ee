/** The entry of a stamp: a picture, unless the one on file will do. */

import { Picture } from "./picture.js";
import { t } from "./ui.js";

export class StampEntry {
    needed = "picture_needed";

    constructor(field, value, onInput) {
        this.field = field;
        const onFile = field.on_file ? t("picture_on_file") : "";
        this.part = new Picture({
            id: `esign-field-${field.id}`,
            label: field.required ? field.label : t("optional", { label: field.label }),
            hint: [t("on_page", { n: field.page }), t("picture_hint"), onFile]
                .filter(Boolean)
                .join(" · "),
            value,
            onChange: onInput,
            isRequired: field.required && !field.on_file,
        });
        this.node = this.part.node;
    }

    prepared(address) {
        this.part.prepared(address);
    }

    /** The server cannot use it. */
    refuse() {
        this.part.clear();
    }

    value() {
        return this.part.picture;
    }

    isEmpty() {
        return !this.part.picture && !this.field.on_file;
    }

    setError(message) {
        this.part.setError(message);
    }

    focus() {
        this.part.focus();
    }
}
