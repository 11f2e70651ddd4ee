/** The fields where they stand in the document: one at a time, beside its box. */

import { actionButton, announce, el, t } from "./ui.js";

/** So near (CSS pixels) a touch counts for a box, which may be smaller than a finger. */
const REACH = 22;
/** A box lower than this (CSS pixels) cannot be read while it is filled in: the page gets larger. */
const LEGIBLE = 24;

export class PlacedFields {
    /**
     * `entries` in the order of the document; `state` (whether they are kept) moves from its `home`
     * into the card; `onTouch(entry)` is called for a box that was touched, `onFinish()` from the last
     * card, `onClose()` after one was left.
     */
    constructor({ pages, entries, state, home, ...calls }) {
        Object.assign(this, { pages, entries, state, home, ...calls });
        this.card = null;
        this.onClick = (click) => this.touch(click);
        this.onResize = () => this.follow();
    }

    enter() {
        this.pages.node.addEventListener("click", this.onClick);
        addEventListener("resize", this.onResize);
        this.levelBefore = this.pages.viewer.level;
        this.pages.viewer.onLevel = () => this.card && this.lay();
    }

    /** The phone was turned; a bar of the browser that comes or goes moves nothing. */
    follow() {
        if (this.card && this.width !== innerWidth) {
            this.settle();
        }
    }

    leave() {
        this.pages.node.removeEventListener("click", this.onClick);
        removeEventListener("resize", this.onResize);
        this.close();
        this.pages.viewer.onLevel = null;
        this.pages.viewer.setLevel(this.levelBefore);
    }

    /** Tell of the box that was touched, or the nearest that a finger may have meant. */
    touch({ target, clientX, clientY }) {
        if (target.closest(".entry-card, .viewer, details")) {
            return;
        }
        const distances = this.entries.map((entry) => {
            const { left, right, top, bottom } = this.boxOf(entry).getBoundingClientRect();
            const across = Math.max(left - clientX, clientX - right, 0);
            return [Math.hypot(across, Math.max(top - clientY, clientY - bottom, 0)), entry];
        });
        const [distance, nearest] = distances.sort(([one], [other]) => one - other)[0];
        if (distance <= REACH) {
            this.onTouch(nearest);
        }
    }

    boxOf(entry) {
        return this.pages.boxes.get(entry.field.id).node;
    }

    open(entry) {
        this.close();
        this.entry = entry;
        const place = { n: this.entries.indexOf(entry) + 1, count: this.entries.length };
        const words = t("field_of", place);
        const about = { class: "entry-card", role: "group", "aria-label": words };
        const parts = [this.head(words), entry.node, this.tools(place.n), this.state];
        this.card = el("div", about, parts);
        this.card.addEventListener("keydown", (pressed) => this.onKey(pressed));
        this.boxOf(entry).classList.add("is-current");
        this.boxOf(entry).closest(".page").append(this.card);
        this.settle();
        entry.focus();
        announce(words);
    }

    head(words) {
        const look = { class: "button button-small button-quiet", "aria-label": t("close") };
        const end = actionButton("✕", () => this.closeByHand(), look);
        return el("div", { class: "entry-head" }, el("p", { "aria-hidden": "true" }, words), end);
    }

    tools(n) {
        const last = n === this.entries.length;
        const to = (index) => () => this.open(this.entries[index]);
        const on = last ? () => this.onFinish() : to(n);
        const look = { class: "button button-primary" };
        return el(
            "div",
            { class: "tools" },
            actionButton(t(last ? "continue" : "field_next"), on, look),
            n > 1 && actionButton(t("field_previous"), to(n - 2))
        );
    }

    /** Enter goes on, but in lines of text; Escape closes. */
    onKey(pressed) {
        const isOneLine = pressed.target.matches("input:not([type=file])");
        if (pressed.key === "Escape") {
            this.closeByHand();
        } else if (pressed.key === "Enter" && isOneLine) {
            pressed.preventDefault();
            this.card.querySelector(".button-primary").click();
        }
    }

    /** Make the box legible, bring it into sight, and lay the card below it. */
    settle() {
        this.width = innerWidth;
        const box = this.boxOf(this.entry);
        const { viewer } = this.pages;
        while (box.offsetHeight < LEGIBLE && viewer.canGrow()) {
            viewer.setLevel(viewer.level + 1);
        }
        box.scrollIntoView({ block: "start", inline: "center", behavior: "instant" });
        this.lay();
    }

    /** Put the card below its box, within the page's width. */
    lay() {
        const box = this.boxOf(this.entry);
        const [page, place] = [this.card.parentNode, box].map((node) =>
            node.getBoundingClientRect()
        );
        const room = page.width - this.card.offsetWidth;
        const left = Math.min(Math.max(place.left - page.left, 0), Math.max(room, 0));
        this.card.style.setProperty("left", `${left}px`);
        this.card.style.setProperty("top", `${place.bottom - page.top}px`);
    }

    closeByHand() {
        this.close();
        this.onClose();
    }

    close() {
        if (this.card) {
            this.boxOf(this.entry).classList.remove("is-current");
            this.home.append(this.state);
            this.card.remove();
            this.card = null;
        }
    }
}
