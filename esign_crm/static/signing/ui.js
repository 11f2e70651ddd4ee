/** Building blocks of the page: sentences, elements, alerts. Nothing is ever parsed as markup. */

let sentences = {};
let locale = "en";

/** Take over the page's sentences and its language (Odoo's form, such as "pt_BR"). */
export function setLanguage(texts, lang) {
    sentences = texts ?? {};
    locale = String(lang ?? "en")
        .replace(/@.*$/, "")
        .replace("_", "-");
}

/** The sentence called `key`, with `{placeholders}` filled in. */
export function t(key, values = {}) {
    return (sentences[key] ?? key).replace(/\{(\w+)\}/g, (found, word) => values[word] ?? found);
}

/** Whether the server sent a sentence of this name. */
export function hasText(key) {
    return key in sentences;
}

/** Seconds as "4:05". */
export function clock(seconds) {
    const whole = Math.max(0, Math.ceil(seconds));
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** The time of day `seconds` from now, as the signer's language writes it. */
export function timeAfter(seconds) {
    const moment = new Date(Date.now() + seconds * 1000);
    return moment.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
}

/** Make an element: `on…` attributes are listeners, null and false attributes are left out. */
export function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) {
        put(node, key, value);
    }
    node.append(...children.flat(Infinity).filter((child) => child || child === 0));
    return node;
}

function put(node, key, value) {
    if (key.startsWith("on")) {
        node.addEventListener(key.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
        node.setAttribute(key, value === true ? "" : value);
    }
}

/** By what the signer accedes to the agreement on e-signature: in the language that it was sent in, literally. */
export function clauseText({ text, lang }) {
    return el("p", { class: "note-text", lang }, text);
}

/** Put a box in ratios onto its page; set by script, so that no inline style is needed. */
export function place(node, { x: left, y: top, width, height }) {
    for (const [side, part] of Object.entries({ left, top, width, height })) {
        node.style.setProperty(side, `${part * 100}%`);
    }
}

/** Tell screen readers something that is not urgent. */
export function announce(message) {
    const status = document.getElementById("esign-status");
    if (status) {
        status.textContent = message;
    }
}

/** A button that runs one asynchronous action at a time. */
export function actionButton(label, action, attributes = {}) {
    const button = el("button", { type: "button", class: "button", ...attributes }, label);
    button.addEventListener("click", () => runOnce(button, action));
    return button;
}

/** Run `action` unless `button` is off or already at work; the focus stays where it is. */
export async function runOnce(button, action) {
    if (button.getAttribute("aria-disabled") === "true" || button.hasAttribute("data-busy")) {
        return;
    }
    button.setAttribute("data-busy", "");
    try {
        await action();
    } finally {
        button.removeAttribute("data-busy");
    }
}

/** A form that `button`, or Enter in a line, sends: one asynchronous action at a time, and checks of our own. */
export function makeForm(button, action, children, look = {}) {
    const onsubmit = (submit) => {
        submit.preventDefault();
        runOnce(button, action);
    };
    return el("form", { novalidate: true, onsubmit, ...look }, children);
}

/** A place for an urgent message, read out at once, with an optional way to repeat, which also goes by itself. */
export class Alert {
    constructor() {
        this.node = el("div", { class: "alert-slot", role: "alert" });
    }

    clear() {
        this.node.replaceChildren();
    }

    /** With `byItself` it is repeated once the connection is back; nobody signs, or has a code sent, so. */
    show(message, retry = null, byItself = false) {
        const again =
            retry && actionButton(t("try_again"), retry, { class: "button button-small" });
        if (again && byItself) {
            addEventListener("esign-back", () => again.isConnected && again.click(), {
                once: true,
            });
        }
        this.node.replaceChildren(el("div", { class: "alert" }, el("p", {}, message), again));
        this.node.scrollIntoView?.({ block: "nearest" });
    }
}

/** An input with its label, hint and its error beside it; a quiet error is not read out at once. */
export class Labelled {
    constructor({ id, label, input, hint = null, isInline = false, isQuiet = false }) {
        this.input = input;
        const role = isQuiet ? null : "alert";
        this.error = el("p", { class: "field-error", id: `${id}-error`, role });
        input.id = id;
        const ids = [hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(" ");
        input.setAttribute("aria-describedby", ids);
        const caption = el("label", { for: id }, label);
        const note = hint && el("p", { class: "hint", id: `${id}-hint` }, hint);
        this.node = isInline
            ? el("div", { class: "field field-inline" }, input, caption, note, this.error)
            : el("div", { class: "field" }, caption, note, input, this.error);
    }

    setError(message) {
        this.error.textContent = message ?? "";
        if (message) {
            this.input.setAttribute("aria-invalid", "true");
        } else {
            this.input.removeAttribute("aria-invalid");
        }
    }
}

/** Phone and e-mail of the sender, each to touch. */
export function contact({ phone, email }) {
    const link = (href, text) => text && el("a", { href, class: "touch" }, text);
    const call = link(`tel:${(phone ?? "").replace(/[^+\d]/g, "")}`, phone);
    return el("span", { class: "contact" }, call, link(`mailto:${email}`, email));
}

/** "Questions? …" with the sender's contact; nothing when the page does not name the sender. */
export function askSender(sender, key = "ask_sender") {
    if (!sender?.name) {
        return null;
    }
    return el("div", { class: "ask" }, el("p", {}, t(key, { name: sender.name })), contact(sender));
}

/** A number or address that must not be broken over two lines. */
export function unbroken(text) {
    return (text ?? "").replace(/ /g, "\u00a0");
}

/**
 * Ask above the page; resolves to the `answer` of the button that was pressed, "" for none.
 *
 * A button is `{ label, answer, action, kind }`: its sentence, what it answers or, where the
 * dialog stays open, what it does, and how it looks.
 */
export function ask(title, body, buttons) {
    const id = "esign-dialog-title";
    const dialog = el("dialog", { class: "dialog", "aria-labelledby": id });
    const button = ({ label, answer = "", action, kind = "" }) => {
        const onclick = action ?? (() => dialog.close(answer));
        return el("button", { type: "button", class: `button ${kind}`, onclick }, label);
    };
    const actions = el("div", { class: "actions" }, buttons.map(button));
    dialog.append(el("h2", { id }, title), ...body, actions);
    document.body.append(dialog);
    dialog.showModal();
    return new Promise((resolve) => {
        dialog.addEventListener("close", () => {
            dialog.remove();
            resolve(dialog.returnValue);
        });
    });
}
