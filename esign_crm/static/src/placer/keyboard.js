/** The keys of the placer; each returns true if it was one. */

const STEP = 0.005;
const ARROWS = {
    ArrowLeft: [-STEP, 0],
    ArrowRight: [STEP, 0],
    ArrowUp: [0, -STEP],
    ArrowDown: [0, STEP],
};

function withControl(ev, layout, newKey) {
    const commands = {
        a: () => layout.selectAll(),
        d: () => layout.selected.length && layout.duplicate(newKey),
        y: () => layout.redo(),
        z: () => (ev.shiftKey ? layout.redo() : layout.undo()),
    };
    const command = commands[ev.key.toLowerCase()];
    command?.();
    return Boolean(command);
}

function onSelection(ev, layout) {
    const arrow = ARROWS[ev.key];
    if (arrow) {
        const far = ev.altKey ? 5 : 1;
        const [dx, dy] = arrow.map((step) => step * far);
        if (ev.shiftKey) {
            layout.grow(dx, dy);
        } else {
            layout.nudge(dx, dy);
        }
        return true;
    }
    if (ev.key === "Delete" || ev.key === "Backspace") {
        layout.remove();
        return true;
    }
    return false;
}

/** Do what a key means for the fields. Keys in inputs are the inputs' own. */
export function pressKey(ev, layout, newKey) {
    if (ev.ctrlKey || ev.metaKey) {
        return withControl(ev, layout, newKey);
    }
    if (ev.key === "Escape" && layout.selected.length) {
        layout.select([]);
        return true;
    }
    return layout.selected.length > 0 && onSelection(ev, layout);
}
