/** Boxes in ratios of their page: where they may be, and how several of them are put in order. */

export const SMALLEST = 0.012;

export function clamp(value, low, high) {
    return Math.min(Math.max(value, low), Math.max(low, high));
}

/** Move a box by these ratios, as far as its page goes. */
export function moved(box, dx, dy) {
    return {
        x: clamp(box.x + dx, 0, 1 - box.width),
        y: clamp(box.y + dy, 0, 1 - box.height),
    };
}

/** Drag the lower right corner by these ratios, as far as the page goes. */
export function resized(box, dx, dy) {
    return {
        width: clamp(box.width + dx, SMALLEST, 1 - box.x),
        height: clamp(box.height + dy, SMALLEST, 1 - box.y),
    };
}

/** How far all boxes can be moved together without leaving their pages. */
export function commonMove(boxes, dx, dy) {
    const least = (values) => Math.max(...values);
    const most = (values) => Math.min(...values);
    return [
        clamp(dx, least(boxes.map((b) => -b.x)), most(boxes.map((b) => 1 - b.width - b.x))),
        clamp(dy, least(boxes.map((b) => -b.y)), most(boxes.map((b) => 1 - b.height - b.y))),
    ];
}

const EDGES = {
    left: (boxes) => {
        const x = Math.min(...boxes.map((b) => b.x));
        return () => ({ x });
    },
    right: (boxes) => {
        const end = Math.max(...boxes.map((b) => b.x + b.width));
        return (box) => ({ x: end - box.width });
    },
    top: (boxes) => {
        const y = Math.min(...boxes.map((b) => b.y));
        return () => ({ y });
    },
    bottom: (boxes) => {
        const end = Math.max(...boxes.map((b) => b.y + b.height));
        return (box) => ({ y: end - box.height });
    },
    size: ([first]) => {
        const { width, height } = first;
        return (box) => ({
            width: Math.min(width, 1 - box.x),
            height: Math.min(height, 1 - box.y),
        });
    },
};

/** What to change of each box so that they share an edge, or a size. */
export function aligned(boxes, edge) {
    const change = EDGES[edge](boxes);
    return boxes.map(change);
}

/** What to change of each box so that the gaps between them are equal. */
export function distributed(boxes, axis) {
    const size = axis === "x" ? "width" : "height";
    const order = [...boxes].sort((a, b) => a[axis] - b[axis]);
    const last = order.at(-1);
    const start = order[0][axis];
    const taken = order.reduce((sum, box) => sum + box[size], 0);
    const gap = (last[axis] + last[size] - start - taken) / (order.length - 1);
    const places = new Map();
    order.reduce((at, box) => {
        places.set(box, at);
        return at + box[size] + gap;
    }, start);
    return boxes.map((box) => ({ [axis]: clamp(places.get(box), 0, 1 - box[size]) }));
}

/** Tell whether two boxes share any area. */
export function touches(a, b) {
    return (
        a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
    );
}

/** Read “2-4, 7” as numbers of pages; empty means all of them. */
export function pageNumbers(text, count) {
    const all = Array.from({ length: count }, (_none, index) => index + 1);
    const parts = text.split(",").filter((part) => part.trim());
    if (!parts.length) {
        return all;
    }
    const ranges = parts.map((part) => part.split("-").map((word) => parseInt(word, 10)));
    return all.filter((page) => ranges.some(([from, to = from]) => from <= page && page <= to));
}
