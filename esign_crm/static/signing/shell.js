/** The frame of every view: header, one panel with its heading, and the document beside it. */

import { lost } from "./rpc.js";
import { el, t } from "./ui.js";

export class Shell {
    constructor(page) {
        this.title = page.request?.title || page.request?.number || "";
        this.root = document.getElementById("esign-app");
        this.panel = el("section", { class: "panel", "aria-labelledby": "esign-heading" });
        this.beside = el("div", { class: "beside" });
        this.line = el("div", { class: "line", role: "alert" });
        document.body.prepend(this.line);
        this.root.replaceChildren(this.panel, this.beside);
        this.isFirst = true;
        fillHeader(page);
        addEventListener("offline", () => lost("network"));
        addEventListener("esign-lost", ({ detail }) =>
            this.line.replaceChildren(t(`line_${detail}`))
        );
        addEventListener("esign-back", () => this.line.replaceChildren());
    }

    /** Show the document's pages beside the panel; null takes them away. */
    setDocument(node) {
        this.beside.replaceChildren(...(node ? [node] : []));
        this.root.classList.toggle("has-document", Boolean(node));
    }

    /**
     * Fill the panel. `view` names it for the stylesheet, `progress` is `{n, count}` or null. The
     * focus moves to the heading, except at the first view, where the browser's own order holds.
     */
    show({ view, heading, body, above = null, progress = null }) {
        const title = el("h1", { id: "esign-heading", tabindex: "-1" }, heading);
        this.root.dataset.view = view;
        document.body.dataset.view = view;
        document.title =
            this.title && heading !== this.title ? `${heading} – ${this.title}` : heading;
        const content = [progress && progressBar(progress), above, title, ...body];
        this.panel.replaceChildren(...content.filter(Boolean));
        if (!this.isFirst) {
            scrollTo(0, 0);
            title.focus({ preventScroll: true });
        }
        this.isFirst = false;
    }
}

function progressBar({ n, count }) {
    const bars = Array.from({ length: count }, (_, index) =>
        el("span", { class: index < n ? "bar bar-done" : "bar" })
    );
    return el(
        "div",
        { class: "progress" },
        el("p", {}, t("step_of", { n, count })),
        el("div", { class: "bars", "aria-hidden": "true" }, bars)
    );
}

function fillHeader(page) {
    const header = document.getElementById("esign-header");
    const { name = "", logo } = page.company ?? {};
    header?.replaceChildren(
        el(
            "span",
            { class: "company" },
            logo && el("img", { class: "logo", src: logo, alt: "" }),
            name
        ),
        el("span", { class: "number" }, page.request?.number ?? "")
    );
}
