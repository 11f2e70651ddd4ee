"""Where boxes can stand on a page: rectangles (x, y, width, height) in ratios of it."""

from collections.abc import Iterable, Sequence

Rect = tuple[float, float, float, float]

BOX_WIDTH, BOX_HEIGHT = 0.36, 0.09
COLUMNS = {"own": (0.08, 0.56), "client": (0.56, 0.08)}
ROWS = (0.80, 0.69, 0.58, 0.47, 0.36, 0.25, 0.14, 0.03)


def overlap(left: Rect, right: Rect) -> bool:
    """Tell whether two rectangles share any area."""
    return (
        left[0] < right[0] + right[2]
        and right[0] < left[0] + left[2]
        and left[1] < right[1] + right[3]
        and right[1] < left[1] + left[3]
    )


def free_place(side: str, taken: Iterable[Rect]) -> Rect | None:
    """Return a free place for a signature: our side left, the client right, from the bottom up; None for none."""
    taken = list(taken)
    for y in ROWS:
        for x in COLUMNS[side]:
            box = (x, y, BOX_WIDTH, BOX_HEIGHT)
            if not any(overlap(box, other) for other in taken):
                return box
    return None


def page_in(page: int, old_count: int, new_count: int) -> int:
    """Return the page of a new file that stands for ``page`` of an old one: what was on the last one stays there."""
    return new_count if page == old_count else page


def is_free(page: int, box: Rect, covers: Sequence[Iterable[Rect]]) -> bool:
    """Tell whether the file has this page and nothing on it would hide the box.

    :param covers: the rectangles of each page that would hide a mark
    """
    return 1 <= page <= len(covers) and not any(overlap(box, tuple(c)) for c in covers[page - 1])
