/** One entry for each type of field: its control with label, hint and error, its value, its focus. */

import { StampEntry } from "./picture.js";
import { Labelled, el, t } from "./ui.js";

/** Up to so many answers are shown at once, to be touched; more go into a list. */
const MOST_RADIOS = 4;

const text = (attributes) => () => el("input", { type: "text", maxlength: "500", ...attributes });

const CONTROLS = {
    text: text({}),
    number: text({ inputmode: "decimal", autocomplete: "off" }),
    date: text({ type: "date", maxlength: null }),
    multiline: () => el("textarea", { rows: "4", maxlength: "4000" }),
    choice: ({ options }) =>
        el("select", {}, el("option", { value: "" }, t("choice_none")), options.map(listed)),
};

function listed(answer) {
    return el("option", { value: answer }, answer);
}

/** Make the entry of a field; `onInput(entry)` hears of each change, `onLeave(entry)` of its end. */
export function makeEntry(field, value, handlers) {
    const isShort = field.type === "choice" && field.options.length <= MOST_RADIOS;
    const kinds = { checkbox: TickEntry, stamp: StampEntry };
    const Kind = isShort ? RadioEntry : (kinds[field.type] ?? TextEntry);
    const entry = new Kind(field, value, () => handlers.onInput(entry));
    entry.node.addEventListener("focusout", () => handlers.onLeave(entry));
    return entry;
}

/** What stands above and below every control. */
function facts(field) {
    const room = field.room && t("room", { count: field.room });
    return {
        id: `esign-field-${field.id}`,
        label: field.required ? field.label : t("optional", { label: field.label }),
        hint: [t("on_page", { n: field.page }), room].filter(Boolean).join(" · "),
    };
}

class TextEntry {
    needed = "field_needed";

    constructor(field, value, onInput) {
        this.field = field;
        this.input = (CONTROLS[field.type] ?? CONTROLS.text)(field);
        this.input.value = value ?? "";
        if (field.required) {
            this.input.setAttribute("aria-required", "true");
        }
        if (field.type === "choice") {
            this.needed = "choice_needed";
        }
        this.line = new Labelled({ ...facts(field), input: this.input, isQuiet: true });
        this.node = this.line.node;
        this.input.addEventListener("input", onInput);
    }

    value() {
        return this.input.value;
    }

    isEmpty() {
        return !this.input.value.trim();
    }

    setError(message) {
        this.line.setError(message);
    }

    focus() {
        this.input.focus();
    }
}

class TickEntry {
    needed = "tick_needed";

    constructor(field, value, onInput) {
        this.field = field;
        this.input = el("input", { type: "checkbox" });
        this.input.checked = value === true || value === "1";
        if (field.required) {
            this.input.setAttribute("aria-required", "true");
        }
        const options = { isInline: true, isQuiet: true };
        this.line = new Labelled({ ...facts(field), input: this.input, ...options });
        this.node = this.line.node;
        this.input.addEventListener("change", onInput);
    }

    value() {
        return this.input.checked;
    }

    isEmpty() {
        return !this.input.checked;
    }

    setError(message) {
        this.line.setError(message);
    }

    focus() {
        this.input.focus();
    }
}

class RadioEntry {
    needed = "choice_needed";

    constructor(field, value, onInput) {
        this.field = field;
        const { id, label, hint } = facts(field);
        this.inputs = field.options.map((answer, index) =>
            el("input", { type: "radio", name: id, id: `${id}-${index}`, value: answer })
        );
        this.inputs.forEach((input) => {
            input.checked = input.value === value;
            input.addEventListener("change", onInput);
        });
        this.error = el("p", { class: "field-error", id: `${id}-error` });
        const rows = this.inputs.map((input) =>
            el("div", { class: "radio" }, input, el("label", { for: input.id }, input.value))
        );
        const clear = field.required ? null : this.clearButton(onInput);
        this.node = el(
            "fieldset",
            { class: "field radios", "aria-describedby": `${id}-hint ${id}-error` },
            el("legend", {}, label),
            el("p", { class: "hint", id: `${id}-hint` }, hint),
            ...rows,
            clear,
            this.error
        );
    }

    /** A touched answer cannot be untouched by itself. */
    clearButton(onInput) {
        const onclick = () => {
            this.inputs.forEach((input) => {
                input.checked = false;
            });
            onInput();
        };
        return el(
            "button",
            { type: "button", class: "button button-small", onclick },
            t("choice_clear")
        );
    }

    value() {
        return this.inputs.find((input) => input.checked)?.value ?? "";
    }

    isEmpty() {
        return !this.value();
    }

    setError(message) {
        this.error.textContent = message ?? "";
        this.node.classList.toggle("is-wrong", Boolean(message));
    }

    focus() {
        (this.inputs.find((input) => input.checked) ?? this.inputs[0]).focus();
    }
}
