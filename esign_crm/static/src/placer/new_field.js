import { _t } from "@web/core/l10n/translation";
import { clamp, touches } from "./geometry";

const SIZES = {
    signature: [0.3, 0.08],
    initials: [0.1, 0.05],
    stamp: [0.24, 0.14],
    multiline: [0.4, 0.1],
    requisites: [0.4, 0.14],
    checkbox: [0.03, 0.021],
};
const PLAIN_SIZE = [0.25, 0.03];

/** The name by which placer and server know a field that was not saved yet. */
export function newKey() {
    return `n${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
}

/** A field of this type around a point of the page, below others that lie there already. */
export function newField(type, { page, point, role }, data, others) {
    const [width, height] = SIZES[type.type] || PLAIN_SIZE;
    const field = {
        ...firstValues(type, data),
        key: newKey(),
        role,
        page,
        x: clamp(point.x - width / 2, 0, 1 - width),
        y: clamp(point.y - height / 2, 0, 1 - height),
        width,
        height,
    };
    while (others.some((other) => other.page === page && touches(other, field))) {
        if (field.y + 2 * height > 1) {
            break;
        }
        field.y += height + 0.005;
    }
    return field;
}

function firstValues(type, data) {
    const values = {
        type: type.type,
        name: type.label,
        required: type.may_require,
        filled_by: type.fillers[0],
        default: false,
        options: type.type === "choice" ? `${_t("Yes")}\n${_t("No")}` : false,
        crm_value_id: (type.type === "crm_value" && data.crm_values[0]?.id) || false,
    };
    const known = Object.entries(values).filter(([name]) => data.properties.includes(name));
    return Object.fromEntries(known);
}
