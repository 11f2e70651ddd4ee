import {
    Component,
    onMounted,
    onPatched,
    onWillStart,
    onWillUnmount,
    useRef,
    useState,
} from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { FieldLayout } from "./field_layout";
import { Gestures } from "./gestures";
import { pressKey } from "./keyboard";
import { newField, newKey } from "./new_field";
import { PlacerProperties } from "./properties";
import { Saver } from "./saver";

const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2];
const PAGE_WIDTH = 820;

/** Places fields on the pages of a template or of a draft: by mouse, by touch and by keyboard alone. */
export class Placer extends Component {
    static template = "esign_crm.Placer";
    static components = { Layout, PlacerProperties };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.model = this.props.action.res_model;
        this.id = this.props.action.context.active_id;
        this.scroller = useRef("scroller");
        this.layout = useState(new FieldLayout());
        this.save = useState({ name: "saved", message: "" });
        this.view = useState({ zoom: 1, role: 0, isSeveral: false, frame: null, ghost: null });
        this.shownVersion = 0;
        this.display = { controlPanel: {} };
        this.gestures = new Gestures(this.layout, () => this.pagesOnScreen(), {
            add: (type, page, point) => this.add(type, page, point),
            isAdditive: (ev) => ev.shiftKey || ev.ctrlKey || this.view.isSeveral,
            showFrame: (frame) => Object.assign(this.view, { frame }),
            showGhost: (type, x, y) => Object.assign(this.view, { ghost: type && { type, x, y } }),
        });
        onWillStart(() => this.load());
        onMounted(() => this.fitWidth());
        onPatched(() => this.afterPatch());
        onWillUnmount(() => this.saver.end());
    }

    // --- data --------------------------------------------------------------------------------------------------------

    async load() {
        this.data = await this.orm.call(this.model, "layout_load", [[this.id]]);
        this.env.config.setDisplayName(_t("Fields of %s", this.data.name));
        this.layout.fields = this.data.fields;
        this.view.role = this.data.roles[0]?.id;
        const { orm, model, id, save } = this;
        const fieldsOf = () => this.layout.fields;
        this.saver = new Saver({ orm, model, id, state: save, fieldsOf });
        const kept = this.data.is_editable && this.saver.begin(this.data);
        if (kept) {
            this.layout.replace(kept);
        }
    }

    /** Save when something changed, and put the focus on what was added by keyboard. */
    afterPatch() {
        if (this.layout.version !== this.shownVersion) {
            this.shownVersion = this.layout.version;
            this.saver.changed();
        }
        if (this.toReveal) {
            this.boxElement(this.toReveal)?.scrollIntoView({ block: "center" });
            this.toReveal = null;
        }
        if (this.toFocus) {
            this.boxElement(this.toFocus)?.focus();
            this.toFocus = null;
        } else if (document.activeElement === document.body) {
            // what had the focus was deleted: the keys must go on working
            this.scroller.el.focus({ preventScroll: true });
        }
    }

    /** Another one saved meanwhile: show what it saved (undoing brings back one's own), or save one's own over it. */
    async settle(isMine) {
        const loaded = await this.orm.call(this.model, "layout_load", [[this.id]]);
        if (!isMine) {
            this.layout.replace(loaded.fields);
            this.shownVersion = this.layout.version;
        }
        await this.saver.settle(loaded.revision, isMine);
    }

    get saveWords() {
        return {
            saved: _t("Saved"),
            pending: _t("Saving…"),
            saving: _t("Saving…"),
            offline: _t("No connection: your changes are kept in this browser."),
            error: _t("Not saved: %s", this.save.message),
            conflict: _t("These fields were changed elsewhere meanwhile."),
        }[this.save.name];
    }

    get needsRetry() {
        return ["offline", "error"].includes(this.save.name);
    }

    // --- pages -------------------------------------------------------------------------------------------------------

    fitWidth() {
        const room = this.scroller.el.clientWidth - 32;
        this.view.zoom = Math.min(1, room / PAGE_WIDTH);
    }

    zoomBy(step) {
        const next = step > 0 ? ZOOMS : [...ZOOMS].reverse();
        this.view.zoom =
            next.find((zoom) => (zoom - this.view.zoom) * step > 0.01) || this.view.zoom;
    }

    get zoomWords() {
        return `${Math.round(this.view.zoom * 100)} %`;
    }

    pageStyle(page) {
        return `width: ${PAGE_WIDTH * this.view.zoom}px; aspect-ratio: ${page.width} / ${page.height};`;
    }

    pageElements() {
        return [...this.scroller.el.querySelectorAll(".o_esign_placer_page")];
    }

    pagesOnScreen() {
        return this.pageElements().map((element) => ({
            number: Number(element.dataset.page),
            rect: element.getBoundingClientRect(),
        }));
    }

    /** The page that fills most of the view. */
    pageInView() {
        const { top, bottom } = this.scroller.el.getBoundingClientRect();
        const shown = ({ rect }) => Math.min(rect.bottom, bottom) - Math.max(rect.top, top);
        return this.pagesOnScreen().reduce((a, b) => (shown(b) > shown(a) ? b : a));
    }

    fieldsOf(page) {
        return this.layout.fields.filter((field) => field.page === page.number);
    }

    get leftOver() {
        return this.layout.fields.filter((field) => field.page > this.data.pages.length);
    }

    /** Put fields that lie beyond the last page onto it. */
    rescue(field) {
        this.layout.select([field.key]);
        this.layout.set({ page: this.data.pages.length });
    }

    drop(field) {
        this.layout.select([field.key]);
        this.layout.remove();
    }

    // --- fields ------------------------------------------------------------------------------------------------------

    typeOf(code) {
        return this.data.types.find((each) => each.type === code);
    }

    roleIndex(id) {
        return this.data.roles.findIndex((role) => role.id === id);
    }

    boxStyle(box) {
        const sides = { left: box.x, top: box.y, width: box.width, height: box.height };
        return Object.entries(sides)
            .map(([side, ratio]) => `${side}: ${ratio * 100}%`)
            .join("; ");
    }

    boxWords(field) {
        const role = this.data.roles[this.roleIndex(field.role)]?.name || "";
        const type = this.typeOf(field.type).label;
        return _t("%(label)s: %(type)s of %(role)s, page %(page)s", {
            label: field.name,
            type,
            role,
            page: field.page,
        });
    }

    boxElement(key) {
        return this.scroller.el.querySelector(`[data-key="${CSS.escape(key)}"]`);
    }

    /** Bring a field into view once it stands where it was put. */
    reveal(key) {
        this.toReveal = key;
    }

    add(type, page, point) {
        const place = { page, point, role: this.view.role };
        const field = newField(type, place, this.data, this.layout.fields);
        this.layout.add(field);
        this.toFocus = field.key;
    }

    /** A click on a type, or Enter: into the middle of what is seen. A drag has done it already. */
    clickType(type) {
        if (this.gestures.wasDragged) {
            this.gestures.wasDragged = false;
            return;
        }
        const { number, rect } = this.pageInView();
        const { top, bottom } = this.scroller.el.getBoundingClientRect();
        const middle = (Math.max(rect.top, top) + Math.min(rect.bottom, bottom)) / 2;
        this.add(type, number, { x: 0.5, y: (middle - rect.top) / rect.height });
    }

    /** Coming by Tab selects; a press has selected before. */
    focusField(field) {
        if (!this.layout.isSelected(field.key) && !this.view.isSeveral && !this.isPressing) {
            this.layout.select([field.key]);
        }
    }

    pressField(ev, field) {
        if (ev.button || !this.data.is_editable) {
            return;
        }
        this.isPressing = true;
        ev.currentTarget.focus({ preventScroll: true });
        this.isPressing = false;
        this.gestures.pressField(ev, field);
    }

    pressPage(ev, page) {
        if (!ev.button && ev.target === ev.currentTarget && this.data.is_editable) {
            this.gestures.pressPage(ev, page.number);
        }
    }

    pressKey(ev) {
        const isTyping = ev.target.matches("input:not([type=checkbox]), textarea, select");
        const isOutside = ev.target.closest(".o_control_panel");
        if (isTyping || isOutside || !this.data.is_editable) {
            return;
        }
        if (this.toggleByKey(ev) || pressKey(ev, this.layout, newKey)) {
            ev.preventDefault();
            ev.stopPropagation();
            this.toFocus = this.layout.selected.at(-1);
        }
    }

    /** The space bar on a field adds it to those selected, or takes it away. */
    toggleByKey(ev) {
        const key = ev.key === " " && ev.target.dataset.key;
        if (key) {
            this.layout.toggle(key);
        }
        return Boolean(key);
    }
}

registry.category("actions").add("esign_crm.placer", Placer);
