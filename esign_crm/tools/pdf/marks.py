"""What can be put into a box of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .fonts import HAND
from .geometry import Box

Point = Sequence[float]


@dataclass(frozen=True)
class TextContent:
    """Words in the plain font, made smaller until they fit.

    :ivar size_max: in points, where they begin
    """

    text: str
    size_max: float = 11.0
    align: Literal["left", "center", "right"] = "left"
    multiline: bool = False


@dataclass(frozen=True)
class NameContent:
    """A typed signature: a name in a bundled hand, as large as the box allows.

    :ivar hand: the font's name, one of the values of `fonts.HANDS`
    """

    text: str
    hand: str = HAND


@dataclass(frozen=True)
class StrokesContent:
    """A drawn signature, kept as what the pen did.

    :ivar strokes: lists of `(x, y, milliseconds)`; x and y in ratios of the pad, from its top left
    :ivar aspect: the pad's width divided by its height
    """

    strokes: Sequence[Sequence[Point]]
    aspect: float


@dataclass(frozen=True)
class ImageContent:
    """An image that `images.prepare_in_jail` has made."""

    png: bytes


@dataclass(frozen=True)
class CheckContent:
    """A tick."""


Content = TextContent | NameContent | StrokesContent | ImageContent | CheckContent


@dataclass(frozen=True)
class Mark:
    """Something to draw on a page.

    :ivar caption: small words under a signature; a line break starts a new line
    """

    box: Box
    content: Content
    caption: str = ""
