/** Signature as a picture: chosen from the device or taken by its camera. */

import { Picture } from "./picture.js";
import { t } from "./ui.js";

export class ImageMethod extends Picture {
    key = "image";
    label = t("method_image");

    constructor({ signature, onChange }) {
        super({
            id: "esign-image",
            label: t("image_label"),
            hint: t("picture_hint"),
            value: signature?.image,
            onChange,
        });
    }

    /** The signature to send, or null while there is none. */
    value() {
        return this.picture ? { method: "image", image: this.picture } : null;
    }

    /** The server cannot use the picture. */
    refused(message) {
        this.clear();
        this.complain(message);
    }

    complain(message = t("image_needed")) {
        this.setError(message);
        this.focus();
    }
}
