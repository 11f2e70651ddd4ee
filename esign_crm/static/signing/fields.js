/** Third step: the boxes that the signer fills, as a plain form. */

import { Alert, Labelled, el, runOnce, t } from "./ui.js";

/** Types that the signature step or the server fills. */
const NOT_TYPED = new Set(["signature", "initials", "stamp", "date_signed", "document_number"]);

const text = (attributes) => () => el("input", { type: "text", maxlength: "500", ...attributes });

const CONTROLS = {
    text: text({}),
    number: text({ inputmode: "decimal", autocomplete: "off" }),
    date: text({ type: "date", maxlength: null }),
    checkbox: text({ type: "checkbox", maxlength: null }),
    multiline: () => el("textarea", { rows: "4", maxlength: "4000" }),
    choice: (field) =>
        el("select", {}, el("option", { value: "" }), (field.options ?? []).map(option)),
};
CONTROLS.multi_line = CONTROLS.multiline;

/** A choice is a plain word or a pair of value and label. */
function option(choice) {
    const [value, label] = Array.isArray(choice) ? choice : [choice, choice];
    return el("option", { value }, label);
}

/** The boxes that this signer fills by typing. */
export function ownFields(page) {
    return (page.fields ?? []).filter((field) => field.mine && !NOT_TYPED.has(field.type));
}

export class FieldsStep {
    constructor(flow, { refusal = null }) {
        this.flow = flow;
        this.values = flow.session.values;
        this.alert = new Alert();
        this.refusal = refusal;
        this.rows = ownFields(flow.page).map((field) => this.row(field));
    }

    row(field) {
        const input = (CONTROLS[field.type] ?? CONTROLS.text)(field);
        const isInline = field.type === "checkbox";
        const value = this.values[field.id];
        if (isInline) {
            input.checked = value === true;
        } else {
            input.value = value ?? "";
        }
        if (field.required) {
            input.setAttribute("aria-required", "true");
        }
        const label = field.required ? field.label : t("optional", { label: field.label });
        const hint = t("on_page", { n: field.page });
        const id = `esign-field-${field.id}`;
        const line = new Labelled({ id, label, input, hint, isInline, isQuiet: true });
        const row = { field, input, line };
        input.addEventListener(isInline ? "change" : "input", () => this.onInput(row));
        return row;
    }

    onInput({ field, input, line }) {
        this.values[field.id] = field.type === "checkbox" ? input.checked : input.value;
        line.setError(null);
        this.alert.clear();
        this.flow.pages.setValue(field.id, this.values[field.id]);
        this.flow.drafts.schedule();
    }

    view() {
        const next = el(
            "button",
            { type: "submit", class: "button button-primary" },
            t("continue")
        );
        const form = el("form", { class: "step", novalidate: true }, [
            el("p", {}, t("fields_lead")),
            this.alert.node,
            this.rows.map((row) => row.line.node),
            this.flow.drafts.node,
            el("div", { class: "actions" }, next, this.flow.backButton("fields")),
        ]);
        form.addEventListener("submit", (submit) => {
            submit.preventDefault();
            runOnce(next, () => this.check());
        });
        return { heading: t("fields_title"), body: [form] };
    }

    enter() {
        const refused =
            this.refusal && this.rows.find(({ field }) => field.id === this.refusal.field);
        if (refused) {
            refused.line.setError(this.refusal.message);
            this.alert.show(this.refusal.message);
            refused.input.focus();
        }
    }

    /** Whether a field that the server named is one of this form. */
    static has(page, fieldId) {
        return ownFields(page).some((field) => field.id === fieldId);
    }

    check() {
        const missing = this.rows.filter((row) => row.field.required && isEmpty(row));
        this.rows.forEach((row) => {
            const message = row.field.type === "checkbox" ? "tick_needed" : "field_needed";
            row.line.setError(missing.includes(row) ? t(message) : null);
        });
        if (missing.length) {
            this.alert.show(t("fields_missing", { count: missing.length }));
            missing[0].input.focus();
            return;
        }
        this.flow.drafts.flush();
        this.flow.go("signature");
    }
}

function isEmpty({ field, input }) {
    return field.type === "checkbox" ? !input.checked : !input.value.trim();
}
