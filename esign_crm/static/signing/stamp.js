/** The entry of a stamp: a picture, unless the one on file will do. */

import { Picture } from "./picture.js";
import { t } from "./ui.js";

export class StampEntry extends Picture {
    needed = "picture_needed";

    constructor(field, value, onChange) {
        const onFile = field.on_file && t("picture_on_file");
        const hints = [t("on_page", { n: field.page }), t("picture_hint"), onFile];
        super({
            id: `esign-field-${field.id}`,
            label: field.required ? field.label : t("optional", { label: field.label }),
            hint: hints.filter(Boolean).join(" · "),
            value,
            onChange,
            isRequired: field.required && !field.on_file,
        });
        this.field = field;
    }

    /** The server cannot use it. */
    refuse() {
        this.clear();
    }

    value() {
        return this.picture;
    }

    isEmpty() {
        return !this.picture && !this.field.on_file;
    }
}
