"""What a sample says in one language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """`clauses` are (heading, text); `own` and `client` name the two roles, `entry` the line that is filled in."""

    name: str
    title: str
    clauses: tuple[tuple[str, str], ...]
    own: str
    client: str
    entry: str = ""
