/** Signature drawn by mouse, finger or pen; kept as points, so that nothing but ink is stored. */

import { announce, el, t } from "./ui.js";

const INK = "#10243f";
const INK_WIDTH = 2.4;
/** Points nearer than this (CSS pixels) add nothing to the line. */
const STEP = 0.75;
const MAX_POINTS = 8000;
/** Ink smaller than this in both directions is a slip of the finger. */
const MIN_EXTENT = 8;

const round = (number) => Math.round(number * 10) / 10;

export class DrawnMethod {
    constructor({ signature, onChange }) {
        this.key = "drawn";
        this.label = t("method_drawn");
        this.onChange = onChange;
        this.kept = signature?.method === "drawn" ? signature : null;
        this.strokes = this.kept?.strokes.map((stroke) => stroke.map((point) => [...point])) ?? [];
        this.width = this.kept?.width ?? 0;
        this.startedAt = null;
        this.stroke = null;
        this.build();
        this.listen();
        new ResizeObserver(() => this.resize()).observe(this.canvas);
    }

    build() {
        this.canvas = el("canvas", { class: "pad", role: "img", "aria-label": t("pad_label") });
        this.hint = el("p", { class: "pad-hint", "aria-hidden": "true" }, t("pad_hint"));
        this.error = el("p", { class: "field-error", role: "alert" });
        const button = (key, onclick) =>
            el("button", { type: "button", class: "button button-small", onclick }, t(key));
        this.node = el(
            "div",
            {},
            el("p", { class: "hint" }, t("pad_help")),
            el("div", { class: "pad-frame" }, this.canvas, this.hint),
            el(
                "div",
                { class: "tools" },
                button("pad_undo", () => this.undo()),
                button("pad_clear", () => this.clear())
            ),
            this.error
        );
    }

    listen() {
        const on = (kind, action) => this.canvas.addEventListener(kind, action);
        on("pointerdown", (pointer) => this.begin(pointer));
        on("pointermove", (pointer) => this.move(pointer));
        on("pointerup", () => this.end());
        on("pointercancel", () => this.end());
        on("lostpointercapture", () => this.end());
    }

    /** Follow the pad's size (turned phone, zoom): the ink keeps its shape. */
    resize() {
        const { width, height } = this.canvas.getBoundingClientRect();
        if (!width || !height) {
            return;
        }
        const factor = this.width ? width / this.width : 1;
        if (factor !== 1) {
            const scaled = ([x, y, ms]) => [round(x * factor), round(y * factor), ms];
            this.strokes = this.strokes.map((stroke) => stroke.map(scaled));
        }
        this.width = width;
        this.height = height;
        const density = window.devicePixelRatio || 1;
        this.canvas.width = Math.round(width * density);
        this.canvas.height = Math.round(height * density);
        this.paint();
    }

    begin(pointer) {
        if (!pointer.isPrimary || pointer.button !== 0 || this.count() >= MAX_POINTS) {
            return;
        }
        pointer.preventDefault();
        this.canvas.setPointerCapture(pointer.pointerId);
        this.startedAt = this.startedAt ?? pointer.timeStamp - this.lastMoment();
        this.stroke = [];
        this.strokes.push(this.stroke);
        this.add(pointer);
        this.error.textContent = "";
    }

    move(pointer) {
        if (!this.stroke) {
            return;
        }
        const all = pointer.getCoalescedEvents?.() ?? [];
        (all.length ? all : [pointer]).forEach((each) => this.add(each));
    }

    add(pointer) {
        const frame = this.canvas.getBoundingClientRect();
        const x = Math.min(Math.max(pointer.clientX - frame.left, 0), frame.width);
        const y = Math.min(Math.max(pointer.clientY - frame.top, 0), frame.height);
        const last = this.stroke[this.stroke.length - 1];
        const isNear = last && Math.hypot(x - last[0], y - last[1]) < STEP;
        if (isNear || this.count() >= MAX_POINTS) {
            return;
        }
        const ms = Math.max(0, Math.round(pointer.timeStamp - this.startedAt));
        this.stroke.push([round(x), round(y), ms]);
        this.paintSoon();
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
        announce(message);
        this.paint();
        this.onChange();
    }

    count() {
        return this.strokes.reduce((sum, stroke) => sum + stroke.length, 0);
    }

    lastMoment() {
        return this.strokes.at(-1)?.at(-1)?.[2] ?? 0;
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

    /** The signature to send, or null while there is none. */
    value() {
        if (!this.hasInk() || !this.width) {
            return null;
        }
        const { strokes, width } = this;
        const height = this.height ?? this.kept?.height;
        return { method: "drawn", strokes, width: round(width), height: round(height) };
    }

    refused() {
        this.complain();
    }

    complain() {
        this.error.textContent = t("drawn_needed");
        this.canvas.scrollIntoView({ block: "nearest" });
    }
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
