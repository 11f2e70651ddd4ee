import { Component, onMounted, onPatched, onWillUnmount, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const NEAR = "0px 300px"; // pictures are made this far beside what is seen

/**
 * Small pictures of the pages with the places of the marks; a click shows one large. Only pages that come into view
 * are asked for: a document of 300 pages costs no more than one of three.
 */
export class PagesPreview extends Component {
    static template = "esign_crm.PagesPreview";
    static props = { ...standardFieldProps };

    setup() {
        this.strip = useRef("strip");
        this.state = useState({ wanted: {}, done: {}, large: 0, url: "" });
        this.observer = new IntersectionObserver((seen) => this.want(seen), { rootMargin: NEAR });
        onMounted(() => this.watch());
        onPatched(() => this.watch());
        onWillUnmount(() => this.observer.disconnect());
    }

    get value() {
        return this.props.record.data[this.props.name] || { url: "", pages: [], boxes: [] };
    }

    get pages() {
        return this.value.pages.map(([width, height], index) => ({
            number: index + 1,
            ratio: `aspect-ratio: ${width} / ${height}`,
            boxes: this.value.boxes.filter((box) => box.page === index + 1),
        }));
    }

    get large() {
        return this.pages[this.state.large - 1];
    }

    /** Another document: forget what was shown of the former one, and watch its pages. */
    watch() {
        if (this.state.url !== this.value.url) {
            Object.assign(this.state, { wanted: {}, done: {}, large: 0, url: this.value.url });
        }
        this.observer.disconnect();
        for (const page of this.strip.el?.querySelectorAll("[data-page]") ?? []) {
            if (!this.state.wanted[page.dataset.page]) {
                this.observer.observe(page);
            }
        }
    }

    want(seen) {
        for (const { target, isIntersecting } of seen) {
            if (isIntersecting) {
                this.state.wanted[target.dataset.page] = true;
            }
        }
    }

    source(number, size) {
        const url = this.value.url.replace("%d", number);
        return `${url}&size=${size}`;
    }

    end(number, outcome) {
        this.state.done[number] = outcome;
    }

    get progressWords() {
        const wanted = Object.keys(this.state.wanted).length;
        const done = Object.keys(this.state.done).length;
        return done < wanted ? _t("Making pictures of the pages: %s of %s", done, wanted) : "";
    }

    pageWords(page) {
        const count = this.value.pages.length;
        return _t("Page %(number)s of %(count)s, places to fill in: %(boxes)s", {
            number: page.number,
            count,
            boxes: page.boxes.length,
        });
    }

    boxStyle(box) {
        const sides = { left: box.x, top: box.y, width: box.width, height: box.height };
        return Object.entries(sides)
            .map(([side, ratio]) => `${side}: ${ratio * 100}%`)
            .join("; ");
    }

    boxWords(box) {
        const side = box.side === "own" ? _t("Our side") : _t("Client");
        return `${box.name} · ${box.role || side}`;
    }

    show(number) {
        this.state.large = this.state.large === number ? 0 : number;
    }
}

registry.category("fields").add("esign_pages", {
    component: PagesPreview,
    supportedTypes: ["json"],
});
