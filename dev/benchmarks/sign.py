"""The last signer's POST beside the closest rival's: seconds until it is answered, processor time of the server's workers.

Over real HTTP, both addons in one Odoo and one run, documents of 1 and 20 pages, medians of rounds in turn. Ours answers
when the PDF is sealed, with its certificate page, and has passed our own verification; the rival draws the signature
onto the page, seals nothing and makes no such page. So our first signer's POST, after which nothing is sealed either, is
told as well.
"""

import io
import math
import os
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import requests
from PIL import Image, ImageDraw

from dev.benchmarks.seal import samples
from dev.lib import rival
from dev.lib.stack import Stack
from dev.lib.trouble import Trouble, progress, say
from tests_live.people import Case

ROUNDS = 9
PAGES = (1, 20)
LIMIT = 1.5  # design section 12: ours beside the rival's
OURS, FIRST, RIVALS = "esign_crm", "our first signer", "sign_oca"
QUIET = 1.5  # seconds that mails and rules of the POST before get
BOX = {
    "role": "Client",
    "type": "signature",
    "name": "Signature",
    "x": 0.6,
    "y": 0.75,
    "width": 0.25,
    "height": 0.08,
}
WAVE = [[[20 + 4 * n, 60 + round(30 * math.sin(n / 5)), 16 * n] for n in range(60)]]
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Post:
    """What one POST took, in seconds."""

    wall: float
    cpu: float


def measure():
    """Print the figures and return whether ours keep within the budget."""
    taken = {(name, pages): [] for pages in PAGES for name in (OURS, FIRST, RIVALS)}
    with tempfile.TemporaryDirectory() as folder, Stack(folder, extra=rival.addons()) as stack:
        for number in range(ROUNDS + 1):
            with progress(f"round {number} of {ROUNDS}" if number else "warming up"):
                for pages in PAGES:
                    for name, post in _in_turn(stack, pages, number):
                        taken[name, pages].append(_timed(stack, post))
    medians = {key: _median(posts[1:]) for key, posts in taken.items()}  # but for the warm-up
    return _tell(medians)


def _in_turn(stack, pages, number):
    """Yield name and POST of each signature, once all before it is done; whose last one is first takes turns."""
    content = samples().plain_pdf(pages)
    case = Case(stack, content=content, fields=[BOX | {"page": pages}])
    yield FIRST, _ours(case, case.director, is_last=False)
    last = [
        (OURS, _ours(case, case.client, is_last=True)),
        (RIVALS, _rivals(stack, content, pages)),
    ]
    yield from last if number % 2 else reversed(last)


def _ours(case, address, *, is_last):
    visitor = case.visitor(address)
    visitor.page()
    if not visitor.confirm().get("confirmed"):
        raise Trouble("the signer could not confirm the code.")

    def post():
        drawn = {"method": "drawn", "strokes": WAVE}
        answer = visitor.step("sign", values={}, signature=drawn, consent=True)
        if answer.get("state") != "signed" or bool(answer.get("sealed")) != is_last:
            raise Trouble(f"not signed as it should be: {answer}")

    return post


def _rivals(stack, content, pages):
    session = stack.session()
    address = stack.url + rival.send(session, content, pages)
    params = rival.signature(session, _picture(), pages)
    browser = requests.Session()
    browser.get(address, timeout=60).raise_for_status()

    def post():
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = browser.post(address.replace("/document/", "/sign/"), json=body, timeout=60)
        if "url" not in answer.json().get("result", {}):
            raise Trouble(f"the rival did not sign: {answer.text[:500]}")

    return post


def _picture():
    """Return the same wave as the rival's page would send it."""
    image = Image.new("RGBA", (300, 120), (255, 255, 255, 0))
    ImageDraw.Draw(image).line([(x, y) for x, y, _ms in WAVE[0]], fill="black", width=3)
    stored = io.BytesIO()
    image.save(stored, "PNG")
    return stored.getvalue()


def _timed(stack, post):
    time.sleep(QUIET)
    before, started = _processor(stack), time.perf_counter()
    post()
    wall = time.perf_counter() - started
    return Post(wall, _processor(stack) - before)


def _processor(stack):
    """Return what the workers that answer have used so far, their children included, in seconds."""
    return sum(_used(Path(f"/proc/{pid}")) for pid in stack.server.workers())


def _used(process):
    own = sum(int(file.read_text().split()[0]) for file in process.glob("task/*/schedstat"))
    of_children = process.joinpath("stat").read_text().rpartition(")")[2].split()[13:15]
    return own / 1e9 + sum(map(int, of_children)) / TICKS


def _median(posts):
    return Post(
        *(statistics.median(getattr(post, part) for post in posts) for part in ("wall", "cpu"))
    )


def _tell(medians):
    say(
        f"{'medians of ' + str(ROUNDS) + ' rounds':26}{OURS:>11}{RIVALS:>11}{'ratio':>8}{'at most':>9}{FIRST:>19}{'ratio':>8}"
    )
    kept = [_line(medians, pages, part) for pages in PAGES for part in ("wall", "cpu")]
    return all(kept)


def _line(medians, pages, part):
    ours, first, other = (getattr(medians[name, pages], part) for name in (OURS, FIRST, RIVALS))
    is_judged = part == "wall"
    is_kept = not is_judged or ours / other <= LIMIT
    words = (
        f"{pages} page{'s' if pages > 1 else ''}, {'until answered' if is_judged else 'processor'}"
    )
    limit = f"{LIMIT:>9.1f}" if is_judged else " " * 9
    say(
        f"{words:26}{ours * 1000:>8.0f} ms{other * 1000:>8.0f} ms{ours / other:>8.2f}{limit}{first * 1000:>16.0f} ms"
        f"{first / other:>8.2f}{'' if is_kept else '  OVER'}"
    )
    return is_kept
