/** Signature drawn by mouse, finger or pen; kept as points, so that nothing but ink is stored. */

import { actionButton, announce, el, t } from "./ui.js";

const INK = "#10243f";
const INK_WIDTH = 2.4;
/** Points nearer than this (CSS pixels) add nothing to the line. */
const STEP = 0.75;
const MAX_POINTS = 8000;
/** Ink smaller than this in both directions is a slip of the finger. */
const MIN_EXTENT = 8;

/** As the style sheet has it: then the pad lies on its side, so that the signer turns the phone. */
const TURNED = matchMedia("(orientation: portrait) and (max-width: 40rem)");
const TITLE = "esign-fullpad-title";

const round = (number) => Math.round(number * 10) / 10;

/** A surface to draw on. `onChange()` hears of each stroke that ends, is taken back or comes from elsewhere. */
export class Pad {
    /** `isTurned()` tells whether the style sheet shows the pad turned by a quarter to the right. */
    constructor({ drawing, onChange, tell = announce, isTurned = () => false }) {
        const { strokes = [], width = 0, height = 0 } = drawing ?? {};
        Object.assign(this, { width, height, onChange, tell, isTurned });
        this.strokes = strokes.map((stroke) => [...stroke]);
        this.startedAt = null;
        this.stroke = null;
        this.canvas = el("canvas", { class: "pad", role: "img", "aria-label": t("pad_label") });
        this.hint = el("p", { class: "pad-hint", "aria-hidden": "true" }, t("pad_hint"));
        this.node = el("div", { class: "pad-frame" }, this.canvas, this.hint);
        this.listen();
        new ResizeObserver(([{ contentRect }]) => this.resize(contentRect)).observe(this.canvas);
    }

    listen() {
        const on = (kind, action) => this.canvas.addEventListener(kind, action);
        on("pointerdown", (pointer) => this.begin(pointer));
        // a second finger or the palm draws nothing, and ends nothing
        const isPen = ({ pointerId }) => pointerId === this.pen;
        on("pointermove", (pointer) => isPen(pointer) && this.move(pointer));
        for (const kind of ["pointerup", "pointercancel", "lostpointercapture"]) {
            on(kind, (pointer) => isPen(pointer) && this.end());
        }
    }

    buttons() {
        const button = (key, action) =>
            actionButton(t(key), action, { class: "button button-small" });
        return [button("pad_undo", () => this.undo()), button("pad_clear", () => this.clear())];
    }

    /** Follow the pad's size (turned phone, zoom): the ink keeps its shape. */
    resize({ width, height }) {
        if (!width || !height) {
            return;
        }
        this.end();
        this.strokes = fitted(this, { width, height });
        Object.assign(this, { width, height });
        const density = window.devicePixelRatio || 1;
        this.canvas.width = Math.round(width * density);
        this.canvas.height = Math.round(height * density);
        this.paint();
    }

    /** Show what was drawn on another pad, in the same shape. */
    take(drawing) {
        if (this.width) {
            this.strokes = fitted(drawing, this);
            this.paint();
        } else {
            Object.assign(this, drawing);
        }
        this.onChange();
    }

    drawing() {
        const { strokes, width, height } = this;
        return { strokes, width: round(width), height: round(height) };
    }

    begin(pointer) {
        if (!pointer.isPrimary || pointer.button !== 0 || this.count() >= MAX_POINTS) {
            return;
        }
        pointer.preventDefault();
        this.pen = pointer.pointerId;
        this.canvas.setPointerCapture(this.pen);
        this.startedAt = this.startedAt ?? pointer.timeStamp - this.lastMoment();
        this.stroke = [];
        this.strokes.push(this.stroke);
        this.add(pointer);
    }

    move(pointer) {
        if (!this.stroke) {
            return;
        }
        const all = pointer.getCoalescedEvents?.() ?? [];
        (all.length ? all : [pointer]).forEach((each) => this.add(each));
    }

    add(pointer) {
        const [x, y] = this.spot(pointer);
        const last = this.stroke[this.stroke.length - 1];
        const isNear = last && Math.hypot(x - last[0], y - last[1]) < STEP;
        if (isNear || this.count() >= MAX_POINTS) {
            return;
        }
        const ms = Math.max(0, Math.round(pointer.timeStamp - this.startedAt));
        this.stroke.push([round(x), round(y), ms]);
        this.paintSoon();
    }

    /** Where on the pad a pointer is. */
    spot({ clientX, clientY }) {
        const frame = this.canvas.getBoundingClientRect();
        const [across, down] = [clientX - frame.left, clientY - frame.top];
        const [x, y] = this.isTurned() ? [down, frame.width - across] : [across, down];
        return [between(x, this.width), between(y, this.height)];
    }

    end() {
        if (this.stroke) {
            this.stroke = null;
            this.onChange();
        }
    }

    undo() {
        this.strokes.pop();
        this.changed(t("pad_undone"));
    }

    clear() {
        this.strokes = [];
        this.startedAt = null;
        this.changed(t("pad_cleared"));
    }

    changed(message) {
        this.tell(message);
        this.paint();
        this.onChange();
    }

    count() {
        return this.strokes.reduce((sum, stroke) => sum + stroke.length, 0);
    }

    lastMoment() {
        const last = this.strokes[this.strokes.length - 1];
        return last?.[last.length - 1]?.[2] ?? 0;
    }

    paintSoon() {
        this.frame = this.frame ?? requestAnimationFrame(() => this.paint());
    }

    paint() {
        this.frame = null;
        this.hint.hidden = this.strokes.length > 0;
        const density = this.canvas.width / this.width;
        const pen = this.canvas.getContext("2d");
        pen.setTransform(density, 0, 0, density, 0, 0);
        pen.clearRect(0, 0, this.width, this.height);
        Object.assign(pen, { strokeStyle: INK, fillStyle: INK, lineWidth: INK_WIDTH });
        Object.assign(pen, { lineCap: "round", lineJoin: "round" });
        this.strokes.forEach((stroke) => paintStroke(pen, stroke));
    }

    hasInk() {
        const points = this.strokes.flat();
        const extent = (axis) => {
            const all = points.map((point) => point[axis]);
            return Math.max(...all) - Math.min(...all);
        };
        return points.length > 2 && Math.max(extent(0), extent(1)) >= MIN_EXTENT;
    }
}

export class DrawnMethod {
    key = "drawn";

    constructor({ signature, onChange }) {
        this.label = t("method_drawn");
        this.error = el("p", { class: "field-error", role: "alert" });
        this.pad = new Pad({
            drawing: signature?.method === "drawn" ? signature : null,
            onChange: () => {
                this.error.textContent = "";
                onChange();
            },
        });
        const full = actionButton(t("pad_full"), () => drawOnFullScreen(this.pad), {
            class: "button button-small",
            "aria-haspopup": "dialog",
        });
        this.node = el(
            "div",
            {},
            el("p", { class: "hint" }, t("pad_help")),
            this.pad.node,
            el("div", { class: "tools" }, this.pad.buttons(), full),
            this.error
        );
    }

    /** The signature to send, or null while there is none. */
    value() {
        const { pad } = this;
        return pad.hasInk() && pad.width ? { method: "drawn", ...pad.drawing() } : null;
    }

    refused() {
        this.complain();
    }

    complain() {
        this.error.textContent = t("drawn_needed");
        this.pad.canvas.scrollIntoView({ block: "nearest" });
    }
}

const between = (value, most) => Math.min(Math.max(value, 0), most);

/** The strokes of one pad as large as another pad allows, in the same shape. */
function fitted({ strokes, width, height }, room) {
    const factor = width && height ? Math.min(room.width / width, room.height / height) : 1;
    const left = width ? (room.width - width * factor) / 2 : 0;
    const top = height ? (room.height - height * factor) / 2 : 0;
    const moved = ([x, y, ms]) => [round(left + x * factor), round(top + y * factor), ms];
    return strokes.map((stroke) => stroke.map(moved));
}

function paintStroke(pen, stroke) {
    const [first, ...rest] = stroke;
    pen.beginPath();
    if (!rest.length) {
        pen.arc(first[0], first[1], INK_WIDTH / 2, 0, 2 * Math.PI);
        pen.fill();
        return;
    }
    pen.moveTo(first[0], first[1]);
    rest.forEach(([x, y]) => pen.lineTo(x, y));
    pen.stroke();
}

/**
 * The pad on the whole screen, above the page. What is drawn goes to the usual pad at once, in the
 * same shape: Escape and the browser's "back" keep it, Cancel puts back what was there.
 */
function drawOnFullScreen(usual) {
    const before = usual.drawing();
    const status = el("p", { class: "visually-hidden", role: "status" });
    const pad = new Pad({
        drawing: before,
        onChange: () => usual.take(pad.drawing()),
        tell: (message) => {
            status.textContent = message;
        },
        isTurned: () => TURNED.matches,
    });
    const dialog = el("dialog", { class: "fullpad", "aria-labelledby": TITLE });
    const look = { class: "button button-small" };
    const cancel = () => {
        usual.take(before);
        dialog.close();
    };
    const tools = [
        ...pad.buttons(),
        actionButton(t("pad_cancel"), cancel, look),
        actionButton(t("pad_done"), () => dialog.close(), {
            class: `${look.class} button-primary`,
        }),
    ];
    const title = el("h2", { id: TITLE, class: "visually-hidden" }, t("pad_full_title"));
    const tray = el("div", { class: "tools" }, tools);
    dialog.append(el("div", { class: "fullpad-sheet" }, title, pad.node, tray, status));
    document.body.append(dialog);
    dialog.showModal();
    closeByBack(dialog);
}

/** "Back" closes the dialog and leads nowhere else; a dialog that is closed otherwise takes its step of the history away. */
function closeByBack(dialog) {
    history.pushState({ esign: "fullpad" }, "");
    const onBack = () => {
        dialog.close();
        dialog.remove(); // until here it keeps the page from leaving its step (reading.js)
    };
    addEventListener("popstate", onBack, { once: true });
    dialog.addEventListener("close", () => history.state?.esign === "fullpad" && history.back());
}
