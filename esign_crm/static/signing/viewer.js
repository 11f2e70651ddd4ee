/** How the document is read: larger or smaller, and from page to page by small pictures of all. */

import { actionButton, announce, ask, el, t } from "./ui.js";

const LEVELS = [1, 1.5, 2, 3];
/** Pixels of the screen that the usual picture of a page fills; design section 12. */
const USUAL_PIXELS = 1200;

/** The bar above the pages; `pages` has their `node`, `sheets` (page facts) and `sharpen`. */
export class Viewer {
    constructor(pages) {
        this.pages = pages;
        this.level = 0;
        this.smaller = this.zoomButton("−", t("zoom_out"), -1);
        this.larger = this.zoomButton("+", t("zoom_in"), 1);
        this.percent = el("span", { class: "zoom-percent" });
        const zoom = [this.smaller, this.percent, this.larger];
        const name = { class: "zoom", role: "group", "aria-label": t("zoom") };
        this.node = el("div", { class: "viewer" }, this.position(), el("div", name, zoom));
        this.tellLevel();
        visualViewport?.addEventListener("resize", () => this.sharpenIfLarge());
    }

    zoomButton(sign, label, by) {
        const look = { class: "button button-small", "aria-label": label, title: label };
        return actionButton(sign, () => this.zoom(by), look);
    }

    /** "Page 3 of 12", which leads to all pages at a glance where there are several. */
    position() {
        const { facts } = this.pages;
        if (facts.length < 2) {
            return el("span", { class: "position" }, this.words(1));
        }
        const look = { type: "button", class: "button button-small", "aria-haspopup": "dialog" };
        const onclick = () => this.chooseAmongAll();
        this.where = el("button", { ...look, title: t("pages_all"), onclick }, this.words(1));
        let isPlanned = false;
        const follow = () => {
            isPlanned = false;
            this.follow();
        };
        const plan = () => {
            isPlanned ||= Boolean(requestAnimationFrame(follow));
        };
        addEventListener("scroll", plan, { passive: true });
        new IntersectionObserver(follow).observe(this.pages.node); // shown again after a later step
        return this.where;
    }

    words(n) {
        return t("page_of", { n, count: this.pages.facts.length });
    }

    /** Tell the page that is in the middle of the screen. */
    follow() {
        if (!this.pages.node.offsetParent) {
            return; // on phones the document is not shown beside the later steps
        }
        const words = this.words(numberOf(this.middle().page));
        if (this.where.textContent !== words) {
            this.where.textContent = words;
        }
    }

    async chooseAmongAll() {
        const grid = el(
            "div",
            { class: "thumbs" },
            this.pages.facts.map((facts) => this.thumb(facts))
        );
        const closing = { label: t("back_to_document") };
        const asked = ask(t("pages_all"), [grid], [closing]);
        fetchWhenSeen(grid);
        const chosen = await asked;
        if (chosen) {
            const page = document.getElementById(`esign-page-${chosen}`);
            page.scrollIntoView();
            page.tabIndex = -1;
            page.focus({ preventScroll: true });
        }
    }

    thumb({ n, src, width, height }) {
        const size = { width: Math.round(width), height: Math.round(height) };
        const picture = el("img", { ...size, "data-src": src, alt: "", class: "thumb-image" });
        const choose = () => button.closest("dialog").close(String(n));
        const isHere = n === numberOf(this.middle().page) && "true";
        const about = { class: "thumb", "aria-label": this.words(n), "aria-current": isHere };
        const button = el(
            "button",
            { type: "button", ...about, onclick: choose },
            picture,
            String(n)
        );
        return button;
    }

    zoom(by) {
        this.setLevel(Math.min(Math.max(this.level + by, 0), LEVELS.length - 1));
        announce(this.percent.textContent);
    }

    /** Make the pages as large as that level; what was in the middle of the screen stays there. */
    setLevel(level) {
        const place = this.middle();
        const wasWhole = this.level === 0;
        this.level = level;
        this.pages.node.style.setProperty("--zoom", LEVELS[level]);
        this.returnTo(place, wasWhole);
        this.tellLevel();
        this.sharpenIfLarge();
        this.onLevel?.();
    }

    canGrow() {
        return this.level < LEVELS.length - 1;
    }

    /** The page in the middle of the screen, else the nearest; how far down and how far right in it the middle is. */
    middle() {
        const pages = [...this.pages.node.querySelectorAll(".page")];
        const page = pages.find((each) => each.getBoundingClientRect().bottom > innerHeight / 2);
        const found = page ?? pages[pages.length - 1];
        const { top, height } = found.getBoundingClientRect();
        const scroller = found.querySelector(".page-scroll");
        const right = (scroller.scrollLeft + scroller.clientWidth / 2) / scroller.scrollWidth;
        return { page: found, down: (innerHeight / 2 - top) / height, right };
    }

    returnTo({ page, down, right }, wasWhole) {
        for (const each of this.pages.node.querySelectorAll(".page-scroll")) {
            // lines are read from their beginnings
            each.scrollLeft = wasWhole ? 0 : right * each.scrollWidth - each.clientWidth / 2;
            this.letKeysScroll(each);
        }
        const { top, height } = page.getBoundingClientRect();
        if (down > 0) {
            scrollBy({ top: top + down * height - innerHeight / 2, behavior: "instant" });
        }
    }

    /** What is wider than the screen is scrolled by keys too. */
    letKeysScroll(scroller) {
        if (this.level) {
            const about = {
                role: "group",
                "aria-label": scroller.querySelector(".page-image").alt,
            };
            scroller.tabIndex = 0;
            Object.entries(about).forEach((pair) => scroller.setAttribute(...pair));
        } else {
            ["tabindex", "role", "aria-label"].forEach((name) => scroller.removeAttribute(name));
        }
    }

    tellLevel() {
        this.percent.textContent = `${LEVELS[this.level] * 100} %`;
        this.smaller.setAttribute("aria-disabled", String(this.level === 0));
        this.larger.setAttribute("aria-disabled", String(!this.canGrow()));
    }

    sharpenIfLarge() {
        const pixels = this.pages.node.clientWidth * LEVELS[this.level] * devicePixelRatio;
        if (pixels * (visualViewport?.scale ?? 1) > USUAL_PIXELS * 1.1) {
            this.pages.sharpen();
        }
    }
}

/** Each small picture is fetched when it can be seen: a document may have many pages. */
function fetchWhenSeen(grid) {
    const near = new IntersectionObserver(
        (seen) => {
            for (const { target } of seen.filter(({ isIntersecting }) => isIntersecting)) {
                near.unobserve(target);
                target.src = target.dataset.src;
            }
        },
        { root: grid }
    );
    grid.querySelectorAll("img").forEach((picture) => near.observe(picture));
}

function numberOf(page) {
    return Number(page.id.split("-").pop());
}
