/** The document's pages as images, with the boxes that lie on them and their text. */

import { pause } from "./rpc.js";
import { actionButton, el, place, t } from "./ui.js";
import { Viewer } from "./viewer.js";

/** How near (CSS pixels) a page comes before its image is fetched; browsers' own lazy loading
 * begins thousands of pixels ahead. */
const NEAR = "400px";
const SHARP = "?sharp=1";

/** The pages as one element; `setValue` shows what was typed in a box of one's own. */
export class Pages {
    constructor(page) {
        this.page = page;
        this.facts = page.pages ?? [];
        this.boxes = new Map();
        this.nearby = new Set();
        this.sharpening = null; // once pictures are to be sharp: ends when all asked for so far are there
        this.near = new IntersectionObserver((seen) => this.load(seen), { rootMargin: NEAR });
        const sheets = this.facts.map((facts) => this.sheet(facts));
        this.node = el("section", { class: "pages", "aria-label": t("pages_label") }, sheets);
        this.viewer = new Viewer(this);
        this.node.prepend(this.viewer.node);
    }

    load(seen) {
        for (const { target, isIntersecting } of seen) {
            this.nearby.delete(target);
            if (isIntersecting) {
                this.nearby.add(target);
                target.src ||= target.dataset.src;
                this.sharpenInTurn(target);
            }
        }
    }

    /** From now on fetch pictures with more points, for pages that are near now and those to come. */
    sharpen() {
        if (!this.sharpening) {
            this.sharpening = Promise.resolve();
            this.nearby.forEach((image) => this.sharpenInTurn(image));
        }
    }

    /** One picture after the other, as the server draws them, unless its page was passed by meanwhile. */
    sharpenInTurn(image) {
        const isWanted = () => this.nearby.has(image) && !image.src.endsWith(SHARP);
        this.sharpening = this.sharpening?.then(() => isWanted() && sharpen(image));
    }

    setValue(fieldId, value) {
        const box = this.boxes.get(fieldId);
        if (box) {
            fill(box.text, box.shown(value), box.caption);
            box.node.classList.toggle("is-filled", Boolean(shownValue(value)));
        }
    }

    /** Mark the box of a field whose entry is wrong or lacking. */
    setFault(fieldId, isWrong) {
        this.boxes.get(fieldId)?.node.classList.toggle("is-wrong", isWrong);
    }

    /** The id of the field whose box a node is in, if it is one's own. */
    ownFieldAt(node) {
        const own = node.closest(".box-mine");
        return [...this.boxes].find(([, { node: box }]) => box === own)?.[0];
    }

    /** Give every own box that the signature fills the mark "done" or take it away. */
    setSigned(mark, initials = mark, hand = "") {
        const marks = { signature: mark, initials };
        for (const field of this.page.fields ?? []) {
            if (field.mine && field.type in marks) {
                this.setValue(field.id, marks[field.type]);
                const box = this.boxes.get(field.id);
                box?.node.classList.toggle("hand-flowing", hand === "flowing");
            }
        }
    }

    sheet(facts) {
        const label = t("page_of", { n: facts.n, count: this.page.request.page_count });
        const image = pageImage(facts, label);
        this.near.observe(image);
        const sheet = el("div", { class: "sheet" }, image);
        const isHere = (box) => box.page === facts.n;
        const isShown = (field) => isHere(field) && this.isShown(field);
        sheet.append(...(this.page.marks ?? []).filter(isHere).map(markBox));
        sheet.append(
            ...(this.page.fields ?? []).filter(isShown).map((field) => this.fieldBox(field))
        );
        const isOnly = this.facts.length === 1; // the bar above says it already
        return el(
            "figure",
            { class: "page", id: `esign-page-${facts.n}` },
            el("figcaption", { class: isOnly && "visually-hidden" }, label),
            el("div", { class: "page-scroll" }, sheet),
            pageText(facts)
        );
    }

    /** Once signed, one's own signature is among the marks, and empty boxes stay empty. */
    isShown(field) {
        return this.page.situation === "sign" || Boolean(storedValue(field, field.value));
    }

    fieldBox(field) {
        const caption = this.captionOf(field);
        const value = storedValue(field, this.page.draft?.values?.[field.id] ?? field.value);
        const kind = field.mine ? "box box-mine" : "box box-other";
        const shown = (entry) =>
            isDate(field) ? dateOnPaper(entry, this.page.request.lang) : entry;
        const text = fill(el("span"), shown(value), caption);
        const node = el("div", { class: kind }, text);
        node.classList.toggle("is-filled", Boolean(shownValue(value)));
        const isInk = field.type === "signature" || field.type === "initials";
        node.classList.toggle("is-signature", isInk);
        place(node, field);
        this.boxes.set(field.id, { node, text, caption, shown });
        return node;
    }

    captionOf(field) {
        if (field.mine && field.type === "signature") {
            return t("box_sign", { role: this.page.signer.role });
        }
        return field.type === "checkbox" ? "" : (field.label ?? "");
    }
}

function isDate(field) {
    return field.type === "date" || field.type === "date_signed";
}

/** A date (ISO 8601) as the document will show it. */
function dateOnPaper(value, lang) {
    const day = new Date(`${value}T00:00:00Z`);
    if (!value || Number.isNaN(day.getTime())) {
        return value;
    }
    const parts = { year: "numeric", month: "2-digit", day: "2-digit", timeZone: "UTC" };
    return day.toLocaleDateString(lang, parts);
}

function shownValue(value) {
    if (value === true) {
        return "✓";
    }
    return value === false || value === null || value === undefined ? "" : String(value);
}

/** Fill a box with a value, a picture too, else with its caption. */
function fill(node, value, caption) {
    const text = shownValue(value);
    if (text.startsWith("data:image/")) {
        node.replaceChildren(el("img", { class: "box-picture", alt: caption, src: text }));
        return node;
    }
    return write(node, text || caption);
}

/** Write into a box; the stylesheet makes the letters as large as so many of them can be. */
function write(node, text) {
    node.textContent = text;
    node.style.setProperty("--letters", Math.max(text.length, 4));
    return node;
}

/** The server stores a tick as "1". */
function storedValue(field, value) {
    return field.type === "checkbox" ? value === true || value === "1" : value;
}

function markBox(mark) {
    const text = write(el("span"), t("box_signed", { name: mark.name, when: mark.when }));
    const node = el("div", { class: "box box-signed" }, text);
    place(node, mark);
    return node;
}

function pageImage(facts, label) {
    const image = el("img", {
        class: "page-image",
        alt: label,
        width: Math.round(facts.width),
        height: Math.round(facts.height),
        decoding: "async",
        "data-src": facts.src,
        onerror: () => offerAgain(image),
    });
    return image;
}

/** Put a sharper picture in its place once it is there; until then, or without it, the usual one stays. */
async function sharpen(image, tries = 4) {
    const next = new Image();
    next.src = image.dataset.src + SHARP;
    try {
        await next.decode();
        image.src = next.src;
    } catch {
        if (tries > 1) {
            await pause(3); // another reader's is being drawn, or the connection is lost
            await sharpen(image, tries - 1);
        }
    }
}

function offerAgain(image) {
    const button = actionButton(t("try_again"), () => {
        again.remove();
        image.src = image.dataset.src;
    });
    const again = el("div", { class: "page-failed" }, el("p", {}, t("page_failed")), button);
    image.after(again);
    image.addEventListener("load", () => again.remove(), { once: true }); // a sharper one
}

function pageText(facts) {
    const text = (facts.text ?? "").trim();
    return el(
        "details",
        { class: "page-text" },
        el("summary", {}, t("page_text", { n: facts.n })),
        el("p", {}, text || t("page_no_text"))
    );
}
