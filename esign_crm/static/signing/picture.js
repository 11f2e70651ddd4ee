/** A picture from the device or its camera: made small here, cut out by hand, shown as it will stand. */

import { post } from "./rpc.js";
import { Labelled, actionButton, el, t } from "./ui.js";

/** The server's limit of what is sent; a photograph is made smaller first. */
const MAX_BYTES = 5 * 1024 * 1024;
const KINDS = ["image/png", "image/jpeg", "image/webp"];
/** Pixels of the longer side that the server can make use of. */
const MAX_SIDE = 2200;
const QUALITY = 0.9;

export class Picture {
    /** `onChange()` hears of each picture chosen, cut out or taken back by hand. */
    constructor({ id, label, hint, value, onChange, isRequired = false }) {
        this.picture = value ?? "";
        this.source = this.picture;
        this.onChange = onChange;
        this.input = this.fileInput({ "aria-required": isRequired && "true" });
        this.line = new Labelled({ id, label, hint, input: this.input });
        this.node = this.line.node;
        this.line.error.before(this.camera(), this.preview());
        this.show();
    }

    fileInput(attributes) {
        const onchange = ({ target }) => this.choose(target);
        return el("input", { type: "file", accept: KINDS.join(","), onchange, ...attributes });
    }

    /** A second way for devices that are held in the hand; the style sheet hides it from others. */
    camera() {
        const attributes = { capture: "environment", class: "visually-hidden" };
        const input = this.fileInput(attributes);
        return el("label", { class: "button button-small camera" }, input, t("picture_camera"));
    }

    preview() {
        this.image = el("img", { class: "picture-image", alt: t("picture_alt") });
        const look = { class: "button button-small" };
        const button = (key, action) => actionButton(t(key), action, look);
        const tools = el(
            "div",
            { class: "tools" },
            button("picture_cut", () => this.cut()),
            button("picture_remove", () => this.remove())
        );
        this.state = el("p", { class: "hint", role: "status" });
        this.shown = el("div", { class: "picture" }, this.image, tools, this.state);
        return this.shown;
    }

    async choose(input) {
        const [file] = input.files;
        if (file) {
            import("./crop.js").catch(() => null); // warm
            this.file = file;
            const { address = "", fault = null } = await readPicture(file);
            if (this.file !== file) {
                return; // another was chosen, or none, while it was read
            }
            this.source = address;
            this.change(address);
            this.setError(fault && t(fault));
        }
        if (input !== this.input) {
            input.value = ""; // the same photograph may be chosen again
        }
    }

    async cut() {
        try {
            const { askForPart } = await import("./crop.js");
            const part = await askForPart(this.source || this.picture);
            if (part) {
                this.change(part);
            }
        } catch {
            this.setError(t("error_network"));
        }
    }

    remove() {
        this.file = null;
        this.clear();
        this.setError(null);
        this.onChange();
        this.focus();
    }

    change(address) {
        this.file = null;
        this.picture = address;
        this.state.textContent = address ? t("picture_working") : "";
        this.show();
        this.setError(null);
        this.onChange();
    }

    /** The server has made it ready: this is how it will stand in the document. */
    prepared(address) {
        this.picture = address;
        this.state.textContent = t("picture_ready");
        this.show();
    }

    clear() {
        this.picture = "";
        this.source = "";
        this.input.value = "";
        this.state.textContent = "";
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

    setError(message) {
        this.line.setError(message);
    }

    focus() {
        this.input.focus();
    }
}

/** Signature as a picture: chosen from the device or taken by its camera. */
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

/** The entry of a stamp: a picture, unless the one on file will do. */
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

    /** The stamp used last, to choose by one touch; the server gives it only where the code is confirmed. */
    async offer() {
        if (this.earlier || this.field.on_file) {
            return;
        }
        const { image, when } = await post("stamp", { field: this.field.id });
        if (image) {
            const onclick = () => this.useEarlier(image);
            this.earlier = el("button", { type: "button", class: "button offer", onclick }, [
                el("img", { class: "offer-image", src: image, alt: "" }),
                t("stamp_earlier", { when }),
            ]);
            this.input.before(this.earlier);
            this.show();
        }
    }

    useEarlier(image) {
        this.clear();
        this.source = image;
        this.change(image);
        this.image.closest(".picture").querySelector("button").focus();
    }

    show() {
        super.show();
        if (this.earlier) {
            this.earlier.hidden = Boolean(this.picture);
        }
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

/** A file as `{ address }`, a `data:` address, or `{ fault }`, the name of a sentence. */
async function readPicture(file) {
    if (!KINDS.includes(file.type)) {
        return { fault: "image_unsupported" };
    }
    const smaller = await shrunk(file);
    if (!smaller && file.size > MAX_BYTES) {
        return { fault: "image_too_large" };
    }
    const address = smaller || (await asDataAddress(file));
    return address ? { address } : { fault: "image_unreadable" };
}

/** The picture upright and no larger than is of use, null where the browser cannot read it. */
async function shrunk(file) {
    try {
        const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
        const factor = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
        const size = [bitmap.width, bitmap.height].map((side) => Math.round(side * factor));
        const canvas = drawn(bitmap, ...size, 0, 0, ...size);
        bitmap.close();
        return packed(canvas, file.type !== "image/jpeg");
    } catch {
        return null;
    }
}

/** A canvas of this size with the picture on it, at `place` as `drawImage` takes it. */
export function drawn(image, width, height, ...place) {
    const canvas = el("canvas");
    Object.assign(canvas, { width, height });
    canvas.getContext("2d").drawImage(image, ...place);
    return canvas;
}

/** What a canvas shows as a `data:` address; only PNG keeps what is transparent. */
export function packed(canvas, isPng) {
    return isPng ? canvas.toDataURL("image/png") : canvas.toDataURL("image/jpeg", QUALITY);
}

function asDataAddress(file) {
    return new Promise((resolve) => {
        const reader = new FileReader();
        reader.addEventListener("load", () => resolve(reader.result));
        reader.addEventListener("error", () => resolve(""));
        reader.readAsDataURL(file);
    });
}
