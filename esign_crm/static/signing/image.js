/** Signature as a picture: chosen from the device or taken by its camera. */

import { Picture } from "./picture.js";
import { t } from "./ui.js";

export class ImageMethod {
    constructor({ signature, onChange }) {
        this.key = "image";
        this.label = t("method_image");
        this.part = new Picture({
            id: "esign-image",
            label: t("image_label"),
            hint: t("picture_hint"),
            value: signature?.method === "image" ? signature.image : "",
            onChange: () => {
                this.part.setError(null);
                onChange();
            },
        });
        this.node = this.part.node;
    }

    /** The signature to send, or null while there is none. */
    value() {
        return this.part.picture ? { method: "image", image: this.part.picture } : null;
    }

    prepared(address) {
        this.part.prepared(address);
    }

    /** The server cannot use the picture. */
    refused(message) {
        this.part.clear();
        this.complain(message);
    }

    complain(message = t("image_needed")) {
        this.part.setError(message);
        this.part.focus();
    }
}
