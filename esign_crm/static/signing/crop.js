/** Cuts a part out of a picture, and turns it: by mouse, finger, pen or arrow keys. */

import { packed } from "./picture.js";
import { el, place, t } from "./ui.js";

/** Ratios of the picture. */
const INSET = 0.05;
const LEAST = 0.08;
const STEP = 0.02;
const SMALL_STEP = 0.005;
/** From which edges each corner is made: 0 left or top, 1 right or bottom. */
const CORNERS = [
    ["corner_upper_left", 0, 0],
    ["corner_upper_right", 1, 0],
    ["corner_lower_left", 0, 1],
    ["corner_lower_right", 1, 1],
];
const ARROWS = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
};

const between = (value, low, high) => Math.min(Math.max(value, low), high);

/** Ask which part of a picture (`data:` address) is meant; resolves to its address, null for none. */
export async function askForPart(source) {
    const image = el("img");
    image.src = source;
    await image.decode();
    return new CropDialog(image, source.startsWith("data:image/png")).ask();
}

class CropDialog {
    constructor(image, isPng) {
        this.isPng = isPng;
        this.canvas = el("canvas", { class: "crop-picture", "aria-hidden": "true" });
        draw(this.canvas, image, image.naturalWidth, image.naturalHeight);
        this.selection = el("div", { class: "crop-selection" });
        this.selection.append(...CORNERS.map((corner) => this.handle(...corner)));
        this.frame = el("div", { class: "crop-frame" }, this.canvas, this.selection);
        this.listen();
        this.reset();
        this.build();
    }

    build() {
        const button = (key, onclick, kind = "") =>
            el("button", { type: "button", class: `button ${kind}`, onclick }, t(key));
        this.dialog = el(
            "dialog",
            { class: "dialog", "aria-labelledby": "esign-crop-title" },
            el("h2", { id: "esign-crop-title" }, t("crop_title")),
            el("p", {}, t("crop_hint")),
            this.frame,
            el(
                "div",
                { class: "actions" },
                button("crop_use", () => this.dialog.close("use"), "button-primary"),
                button("crop_turn", () => this.turn()),
                button("crop_cancel", () => this.dialog.close(""))
            )
        );
    }

    ask() {
        document.body.append(this.dialog);
        this.dialog.showModal();
        return new Promise((resolve) => {
            this.dialog.addEventListener("close", () => {
                this.dialog.remove();
                resolve(this.dialog.returnValue === "use" ? this.part() : null);
            });
        });
    }

    handle(key, right, low) {
        const node = el("button", { type: "button", class: "crop-corner", "aria-label": t(key) });
        node.classList.add(right ? "is-right" : "is-left", low ? "is-low" : "is-high");
        node.addEventListener("keydown", (press) => {
            const [across, down] = ARROWS[press.key] ?? [];
            if (across !== undefined) {
                press.preventDefault();
                const step = press.shiftKey ? SMALL_STEP : STEP;
                this.pull([right, low], across * step, down * step);
            }
        });
        node.corner = [right, low];
        return node;
    }

    listen() {
        const on = (kind, action) => this.frame.addEventListener(kind, action);
        on("pointerdown", (pointer) => this.begin(pointer));
        on("pointermove", (pointer) => this.drag(pointer));
        on("pointerup", () => this.end());
        on("pointercancel", () => this.end());
    }

    begin(pointer) {
        if (pointer.isPrimary && this.selection.contains(pointer.target)) {
            this.frame.setPointerCapture(pointer.pointerId);
            this.held = { corner: pointer.target.corner, at: this.spot(pointer) };
        }
    }

    drag(pointer) {
        if (!this.held) {
            return;
        }
        const [x, y] = this.spot(pointer);
        const [beforeX, beforeY] = this.held.at;
        this.held.at = [x, y];
        const action = this.held.corner
            ? this.pull.bind(this, this.held.corner)
            : this.shift.bind(this);
        action(x - beforeX, y - beforeY);
    }

    end() {
        this.held = null;
    }

    /** Where a pointer is, in ratios of the picture. */
    spot({ clientX, clientY }) {
        const { left, top, width, height } = this.frame.getBoundingClientRect();
        return [(clientX - left) / width, (clientY - top) / height];
    }

    pull([right, low], across, down) {
        const edges = this.edges;
        const move = (edge, other, by) => {
            const [least, most] = edge < 2 ? [0, edges[other] - LEAST] : [edges[other] + LEAST, 1];
            edges[edge] = between(edges[edge] + by, least, most);
        };
        move(right ? 2 : 0, right ? 0 : 2, across);
        move(low ? 3 : 1, low ? 1 : 3, down);
        this.show();
    }

    shift(across, down) {
        const [left, top, right, bottom] = this.edges;
        const x = between(across, -left, 1 - right);
        const y = between(down, -top, 1 - bottom);
        this.edges = [left + x, top + y, right + x, bottom + y];
        this.show();
    }

    reset() {
        this.edges = [INSET, INSET, 1 - INSET, 1 - INSET];
        this.held = null;
        this.show();
    }

    show() {
        const [x, y, right, bottom] = this.edges;
        place(this.selection, { x, y, width: right - x, height: bottom - y });
    }

    /** A quarter to the right. */
    turn() {
        const before = el("canvas");
        const { width, height } = this.canvas;
        draw(before, this.canvas, width, height);
        this.canvas.width = height;
        this.canvas.height = width;
        const pen = this.canvas.getContext("2d");
        pen.translate(height, 0);
        pen.rotate(Math.PI / 2);
        pen.drawImage(before, 0, 0);
        this.reset();
    }

    part() {
        const { width, height } = this.canvas;
        const [x, y, right, bottom] = this.edges;
        const part = el("canvas");
        part.width = Math.max(1, Math.round((right - x) * width));
        part.height = Math.max(1, Math.round((bottom - y) * height));
        part.getContext("2d").drawImage(
            this.canvas,
            -Math.round(x * width),
            -Math.round(y * height)
        );
        return packed(part, this.isPng);
    }
}

function draw(canvas, image, width, height) {
    canvas.width = width;
    canvas.height = height;
    canvas.getContext("2d").drawImage(image, 0, 0);
}
