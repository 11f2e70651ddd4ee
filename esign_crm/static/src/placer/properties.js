import { Component, useState } from "@odoo/owl";
import { clamp, pageNumbers } from "./geometry";
import { newKey } from "./new_field";

/** What is known of the selected fields, and what can be done with them. */
export class PlacerProperties extends Component {
    static template = "esign_crm.PlacerProperties";
    static props = { layout: Object, data: Object, reveal: Function };

    setup() {
        this.layout = useState(this.props.layout);
        this.state = useState({ pages: "" });
    }

    get one() {
        return this.layout.selection.length === 1 ? this.layout.selection[0] : null;
    }

    get type() {
        return this.props.data.types.find((type) => type.type === this.one.type);
    }

    knows(name) {
        return this.props.data.properties.includes(name);
    }

    get fillers() {
        return this.props.data.fillers.filter(([code]) => this.type.fillers.includes(code));
    }

    get hasDefault() {
        return this.knows("default") && this.type.fillers.includes("sender");
    }

    /** The value that all selected fields share, or nothing. */
    shared(name) {
        const values = new Set(this.layout.selection.map((field) => field[name]));
        return values.size === 1 ? [...values][0] : "";
    }

    set(name, value) {
        const words = `${name} ${this.layout.selected.join()}`;
        this.layout.set({ [name]: value }, words);
    }

    /** Take the id of the answer that was chosen: templates have no `Number` of their own. */
    setRecord(name, ev) {
        const id = Number(ev.target.value);
        if (id) {
            this.set(name, id);
        }
    }

    setName(ev) {
        const name = ev.target.value.trim();
        if (name) {
            this.set("name", name);
        }
    }

    /** Put what is selected on another page, at the same place; the field keeps the page it has if that is no number. */
    setPage(ev) {
        const page = Math.round(Number(ev.target.value));
        if (page) {
            this.set("page", clamp(page, 1, this.props.data.pages.length));
            this.props.reveal(this.layout.selected[0]);
        }
        ev.target.value = this.shared("page");
    }

    duplicate() {
        this.layout.duplicate(newKey);
    }

    copyToPages() {
        const pages = pageNumbers(this.state.pages, this.props.data.pages.length);
        this.layout.copyToPages(pages, newKey);
        this.state.pages = "";
    }
}
