import { clamp, commonMove, resized, touches } from "./geometry";

const BEGINS = 4; // pixels until a press is a drag

/** What mouse, pen and finger do on the pages: drag, resize, select by a frame, drag out of the palette. */
export class Gestures {
    /**
     * @param {FieldLayout} layout
     * @param {Function} pages returns [{number, rect}] as they lie on the screen
     * @param {Object} actions add(type, page, point), isAdditive(ev), showFrame(frame)
     */
    constructor(layout, pages, actions) {
        Object.assign(this, { layout, pages, actions });
    }

    pageAt(x, y) {
        return this.pages().find(
            ({ rect }) => rect.left <= x && x < rect.right && rect.top <= y && y < rect.bottom
        );
    }

    /** Follow one pointer until it is lifted; `move` is told how far it has come. */
    follow(ev, { move, end }) {
        const target = ev.currentTarget;
        target.setPointerCapture(ev.pointerId);
        let hasBegun = false;
        const onMove = (next) => {
            const dx = next.clientX - ev.clientX;
            const dy = next.clientY - ev.clientY;
            hasBegun = hasBegun || Math.hypot(dx, dy) >= BEGINS;
            if (hasBegun) {
                move(dx, dy, next);
            }
        };
        const onEnd = (last) => {
            target.removeEventListener("pointermove", onMove);
            target.removeEventListener("pointerup", onEnd);
            target.removeEventListener("pointercancel", onEnd);
            end(hasBegun && last.type === "pointerup", last);
        };
        target.addEventListener("pointermove", onMove);
        target.addEventListener("pointerup", onEnd);
        target.addEventListener("pointercancel", onEnd);
    }

    /** Press on a field: select it, then drag what is selected, over pages too. */
    pressField(ev, field) {
        const isAdditive = this.actions.isAdditive(ev);
        const wasSelected = this.layout.isSelected(field.key);
        if (isAdditive) {
            this.layout.toggle(field.key);
        } else if (!wasSelected) {
            this.layout.select([field.key]);
        }
        const before = this.layout.snapshot();
        const boxes = before.filter((each) => this.layout.isSelected(each.key));
        const home = this.pages().find(({ number }) => number === field.page);
        this.follow(ev, {
            move: (dx, dy, next) => this.drag(boxes, field, home, { dx, dy, next }),
            end: (isDone) => {
                if (isDone) {
                    this.layout.record(before);
                } else if (wasSelected && !isAdditive) {
                    this.layout.select([field.key]);
                }
            },
        });
    }

    drag(boxes, field, home, { dx, dy, next }) {
        const over = this.pageAt(next.clientX, next.clientY) || home;
        const toOther = over.rect.top - home.rect.top;
        const toSide = over.rect.left - home.rect.left;
        const last = this.pages().length;
        const shift = over.number - home.number;
        const mayShift = boxes.every((box) => box.page + shift >= 1 && box.page + shift <= last);
        const [x, y] = commonMove(
            boxes,
            (dx - (mayShift ? toSide : 0)) / home.rect.width,
            (dy - (mayShift ? toOther : 0)) / home.rect.height
        );
        for (const box of boxes) {
            Object.assign(this.layout.find(box.key), {
                x: box.x + x,
                y: box.y + y,
                page: box.page + (mayShift ? shift : 0),
            });
        }
    }

    /** Press on the corner of a field: resize it, and the others that are selected with it. */
    pressCorner(ev, field) {
        if (!this.layout.isSelected(field.key)) {
            this.layout.select([field.key]);
        }
        const before = this.layout.snapshot();
        const boxes = before.filter((each) => this.layout.isSelected(each.key));
        const { rect } = this.pages().find(({ number }) => number === field.page);
        this.follow(ev, {
            move: (dx, dy) => {
                for (const box of boxes) {
                    const size = resized(box, dx / rect.width, dy / rect.height);
                    Object.assign(this.layout.find(box.key), size);
                }
            },
            end: () => this.layout.record(before),
        });
    }

    /** Press on the bare page: deselect, and draw a frame that selects what it touches. A finger scrolls instead. */
    pressPage(ev, number) {
        const kept = this.actions.isAdditive(ev) ? this.layout.selected : [];
        this.layout.select(kept);
        if (ev.pointerType === "touch") {
            return;
        }
        const { rect } = this.pages().find((page) => page.number === number);
        const ratio = (x, y) => [
            clamp((x - rect.left) / rect.width, 0, 1),
            clamp((y - rect.top) / rect.height, 0, 1),
        ];
        const [startX, startY] = ratio(ev.clientX, ev.clientY);
        this.follow(ev, {
            move: (_dx, _dy, next) => {
                const [x, y] = ratio(next.clientX, next.clientY);
                const frame = {
                    page: number,
                    x: Math.min(x, startX),
                    y: Math.min(y, startY),
                    width: Math.abs(x - startX),
                    height: Math.abs(y - startY),
                };
                this.actions.showFrame(frame);
                this.layout.select([...new Set([...kept, ...this.touchedBy(frame)])]);
            },
            end: () => this.actions.showFrame(null),
        });
    }

    touchedBy(frame) {
        return this.layout.fields
            .filter((field) => field.page === frame.page && touches(field, frame))
            .map((field) => field.key);
    }

    /** Press on a type of the palette: a click adds it to the page in view, a drag adds it where it is dropped. */
    pressType(ev, type) {
        this.follow(ev, {
            move: (_dx, _dy, next) => this.actions.showGhost(type, next.clientX, next.clientY),
            end: (isDone, last) => {
                this.actions.showGhost(null);
                const over = isDone && this.pageAt(last.clientX, last.clientY);
                if (over) {
                    const { number, rect } = over;
                    this.actions.add(type, number, {
                        x: (last.clientX - rect.left) / rect.width,
                        y: (last.clientY - rect.top) / rect.height,
                    });
                }
                this.wasDragged = isDone;
            },
        });
    }
}
