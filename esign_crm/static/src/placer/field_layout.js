import { aligned, commonMove, distributed, moved, resized } from "./geometry";

const MOST_STEPS = 200;
const copyOf = (fields) => JSON.parse(JSON.stringify(fields));

/** The fields on the pages, which of them are selected, and the way back. Knows neither screen nor server. */
export class FieldLayout {
    constructor(fields = []) {
        this.fields = fields;
        this.selected = [];
        this.past = [];
        this.future = [];
        this.version = 0;
        this.merging = null;
    }

    get selection() {
        return this.fields.filter((field) => this.selected.includes(field.key));
    }

    find(key) {
        return this.fields.find((field) => field.key === key);
    }

    isSelected(key) {
        return this.selected.includes(key);
    }

    // --- selecting ---------------------------------------------------------------------------------------------------

    select(keys) {
        this.selected = keys;
        this.merging = null;
    }

    toggle(key) {
        const others = this.selected.filter((each) => each !== key);
        this.select(others.length === this.selected.length ? [...others, key] : others);
    }

    selectAll() {
        this.select(this.fields.map((field) => field.key));
    }

    // --- changing ----------------------------------------------------------------------------------------------------

    /**
     * Change something in one step of the way back. Steps in a row with the same word are one: pressing an arrow ten
     * times is undone at once.
     */
    change(action, word = null) {
        const before = copyOf(this.fields);
        action();
        this.record(before, word);
    }

    /** Note what the fields were before a change that has happened, e.g. while dragging. */
    record(before, word = null) {
        if (JSON.stringify(before) === JSON.stringify(this.fields)) {
            return;
        }
        if (!word || word !== this.merging) {
            this.past = [...this.past.slice(-MOST_STEPS), before];
        }
        this.merging = word;
        this.future = [];
        this.version++;
    }

    snapshot() {
        return copyOf(this.fields);
    }

    add(field) {
        this.change(() => this.fields.push(field));
        this.select([field.key]);
    }

    remove() {
        this.change(() => {
            this.fields = this.fields.filter((field) => !this.isSelected(field.key));
        });
        this.select([]);
    }

    set(values, word = null) {
        this.change(() => this.selection.forEach((field) => Object.assign(field, values)), word);
    }

    nudge(dx, dy) {
        const [x, y] = commonMove(this.selection, dx, dy);
        this.change(
            () => this.selection.forEach((field) => Object.assign(field, moved(field, x, y))),
            "move"
        );
    }

    grow(dx, dy) {
        this.change(
            () => this.selection.forEach((field) => Object.assign(field, resized(field, dx, dy))),
            "resize"
        );
    }

    arrange(changes) {
        this.change(() => this.selection.forEach((f, index) => Object.assign(f, changes[index])));
    }

    align(edge) {
        this.arrange(aligned(this.selection, edge));
    }

    distribute(axis) {
        this.arrange(distributed(this.selection, axis));
    }

    /** Put copies beside the selected fields and select them. */
    duplicate(newKey) {
        const copies = this.selection.map((field) => ({
            ...field,
            ...moved(field, 0.02, 0.02),
            key: newKey(),
        }));
        this.change(() => this.fields.push(...copies));
        this.select(copies.map((field) => field.key));
    }

    /** Put copies of the selected fields at the same place of these pages. */
    copyToPages(pages, newKey) {
        const copies = this.selection.flatMap((field) =>
            pages
                .filter((page) => page !== field.page)
                .map((page) => ({ ...field, page, key: newKey() }))
        );
        this.change(() => this.fields.push(...copies));
        return copies.length;
    }

    // --- the way back ------------------------------------------------------------------------------------------------

    undo() {
        this.travel("past", "future");
    }

    redo() {
        this.travel("future", "past");
    }

    travel(from, to) {
        if (!this[from].length) {
            return;
        }
        const steps = [...this[from]];
        this[to] = [...this[to], copyOf(this.fields)];
        this.fields = steps.pop();
        this[from] = steps;
        this.merging = null;
        this.version++;
        this.select(this.selected.filter((key) => this.find(key)));
    }

    /** Show other fields; the present ones come back by undoing. */
    replace(fields) {
        this.change(() => {
            this.fields = fields;
        });
        this.select([]);
    }
}
