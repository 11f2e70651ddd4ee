/** Cuts a part out of a picture, and turns it: by mouse, finger, pen or arrow keys. */

import { drawn, packed } from "./picture.js";
import { ask, el, place, t } from "./ui.js";

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
    return new Cropper(image, source.startsWith("data:image/png")).ask();
}

class Cropper {
    constructor(image, isPng) {
        this.isPng = isPng;
        this.canvas = drawn(image, image.naturalWidth, image.naturalHeight, 0, 0);
        this.canvas.className = "crop-picture";
        this.selection = el("div", { class: "crop-selection" });
        this.selection.append(...CORNERS.map((corner) => this.handle(...corner)));
        this.frame = el("div", { class: "crop-frame" }, this.canvas, this.selection);
        this.listen();
        this.reset();
    }

    async ask() {
        const body = [el("p", {}, t("crop_hint")), this.frame];
        const answer = await ask(t("crop_title"), body, [
            { label: t("crop_use"), answer: "use", kind: "button-primary" },
            { label: t("crop_turn"), action: () => this.turn() },
            { label: t("crop_cancel") },
        ]);
        return answer ? this.part() : null;
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
        const { corner } = pointer.target;
        if (pointer.isPrimary && this.selection.contains(pointer.target)) {
            this.frame.setPointerCapture(pointer.pointerId);
            this.spot = spotOf(pointer);
            this.held = (across, down) =>
                corner ? this.pull(corner, across, down) : this.shift(across, down);
        }
    }

    drag(pointer) {
        if (this.held) {
            const { width, height } = this.frame.getBoundingClientRect();
            const [beforeX, beforeY] = this.spot;
            this.spot = spotOf(pointer);
            this.held((this.spot[0] - beforeX) / width, (this.spot[1] - beforeY) / height);
        }
    }

    end() {
        this.held = null;
    }

    pull([right, low], across, down) {
        this.move(right ? 2 : 0, across);
        this.move(low ? 3 : 1, down);
        this.show();
    }

    /** Move one edge, which stays on its side of the opposite one. */
    move(edge, by) {
        const opposite = this.edges[(edge + 2) % 4];
        const [least, most] = edge < 2 ? [0, opposite - LEAST] : [opposite + LEAST, 1];
        this.edges[edge] = between(this.edges[edge] + by, least, most);
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
        const { width, height } = this.canvas;
        const before = drawn(this.canvas, width, height, 0, 0);
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
        const [left, top, right, bottom] = this.edges.map((edge, index) =>
            Math.round(edge * (index % 2 ? height : width))
        );
        const part = drawn(this.canvas, right - left, bottom - top, -left, -top);
        return packed(part, this.isPng);
    }
}

const spotOf = ({ clientX, clientY }) => [clientX, clientY];
