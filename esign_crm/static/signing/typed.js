/** Signature made from the typed name, shown in handwriting; the server draws the real one. */

import { Labelled, el, t } from "./ui.js";

/** The server's words for its hands; a name without one is in the first. */
const HANDS = ["simple", "flowing"];
/** Letters of initials. */
const MOST = 4;

export class TypedMethod {
    constructor({ invitedName, signature, onChange }) {
        this.key = "typed";
        this.label = t("method_typed");
        const name = signature?.method === "typed" ? signature.name : invitedName;
        this.input = el("input", { type: "text", autocomplete: "name", maxlength: "120" });
        this.input.value = name ?? "";
        this.line = new Labelled({ id: "esign-name", label: t("typed_label"), input: this.input });
        this.onChange = () => {
            this.setError(null);
            this.show();
            onChange();
        };
        this.input.addEventListener("input", this.onChange);
        this.node = el("div", {}, this.line.node, this.choices(signature?.hand), this.offer());
        this.show();
    }

    /** One's own name in each hand, to choose by touch or arrow keys. */
    choices(chosen) {
        this.previews = HANDS.map(() => el("span", { class: "hand-name", "aria-hidden": "true" }));
        this.radios = HANDS.map((hand) =>
            el("input", {
                type: "radio",
                name: "esign-hand",
                id: `esign-hand-${hand}`,
                value: hand,
                checked: hand === (chosen ?? HANDS[0]),
                onchange: this.onChange,
            })
        );
        const cards = HANDS.map((hand, index) => {
            const radio = this.radios[index];
            const words = el("span", { class: "visually-hidden" }, t(`hand_${hand}`));
            const look = { for: radio.id, class: `hand hand-${hand}` };
            return el(
                "div",
                { class: "tab" },
                radio,
                el("label", look, words, this.previews[index])
            );
        });
        const legend = el("legend", {}, t("hand_legend"));
        return el(
            "fieldset",
            { class: "tabs hands" },
            legend,
            el("div", { class: "tab-row" }, cards)
        );
    }

    /** The way out where the chosen hand lacks letters of the name. */
    offer() {
        const onclick = () => {
            this.radios.find(({ value }) => value === this.better).click();
            this.input.focus();
        };
        const look = { type: "button", class: "button button-small", hidden: true, onclick };
        this.other = el("button", look, t("hand_other"));
        return this.other;
    }

    hand() {
        return this.radios.find(({ checked }) => checked).value;
    }

    /** No-break spaces only at the ends would hide what is drawn: the name as the server takes it. */
    name() {
        return this.input.value.trim().replace(/\s+/g, " ");
    }

    show() {
        const name = this.name();
        for (const preview of this.previews) {
            preview.textContent = name;
            preview.style.setProperty("--letters", Math.max(name.length, 8));
        }
    }

    /** The signature to send, or null while there is none. */
    value() {
        return this.name() ? { method: "typed", name: this.name(), hand: this.hand() } : null;
    }

    /** Say what is wrong, beside the field: nothing typed, or a name the server cannot write. */
    complain(message = t("typed_needed")) {
        this.setError(message);
        this.input.focus();
    }

    /** Tell it; `hand` is one that has all letters of the name. */
    setError(message, hand = null) {
        this.line.setError(message);
        this.better = hand;
        this.other.hidden = !hand;
    }

    /** The server cannot write the name: in no hand, or in the chosen one (`message`, `hand`). */
    refused(message, hand) {
        this.complain(t("typed_refused"));
        if (hand) {
            this.setError(message, hand);
        }
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
    return words.join("").toUpperCase().slice(0, MOST) || name;
}

/** Initials: seen before one signs; beside a drawing or a picture, which would be too small for their boxes, typed. */
export class Initials {
    constructor({ page, signature, onChange }) {
        this.boxes = page.fields.filter(({ mine, type }) => mine && type === "initials");
        this.isAsked = this.boxes.length > 0;
        this.input = el("input", { type: "text", maxlength: MOST, autocomplete: "off" });
        this.input.value = (signature && signature.initials) ?? initials(page.signer.name);
        this.input.addEventListener("input", onChange);
        const about = { id: "esign-initials", label: t("initials_label"), input: this.input };
        this.line = new Labelled({ ...about, hint: t("initials_hint") });
        this.letters = el("span", { class: "hand-name" });
        this.caption = el("p", { class: "hint" }, t("initials_note"));
        this.preview = el("p", { class: "initials", "aria-hidden": "true" }, this.letters);
        this.node = el("div", { hidden: !this.isAsked }, [
            this.caption,
            this.line.node,
            this.preview,
        ]);
    }

    /** The signature with what is typed here, where it takes that. */
    of(signature) {
        const typed = this.input.value.trim();
        const takes = this.isAsked && typed && signature && signature.method !== "typed";
        return takes ? { ...signature, initials: typed } : signature;
    }

    /** What will stand in the boxes: letters, else "" where the signature itself will. */
    show(signature, method) {
        const isTyped = method === "typed";
        this.line.node.hidden = isTyped;
        this.caption.hidden = !isTyped;
        this.line.setError(null);
        const { name = "", hand } = signature ?? {};
        const letters = isTyped ? name && initials(name) : this.input.value.trim();
        this.letters.textContent = letters;
        this.preview.hidden = !letters;
        this.preview.classList.toggle("hand-flowing", isTyped && hand === "flowing");
        return letters;
    }

    /** Whether a refusal of this field is one of what was typed here. */
    isAbout(fieldId, method) {
        return method !== "typed" && this.boxes.some(({ id }) => id === fieldId);
    }

    refused(message) {
        this.line.setError(message);
        this.input.focus();
    }
}
