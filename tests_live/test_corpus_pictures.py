"""Each picture of the corpus as somebody's signature and stamp: upright and in its box on the sealed PDF, or refused in words."""

import base64
import importlib.util
import io
import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest

from dev.benchmarks.seal import samples
from dev.lib import paths
from tests_live.people import Case, fresh_phone

REFUSED = {
    "bomb_13000x13000.png",
    "fully_transparent.png",
    "one_pixel.png",
    "sig.gif",
    "sig_1bit.tif",
    "svg_named.png",
}
UPRIGHT = "stamp_12mp_exif6.jpg"  # its red mark is on top when it is shown as it was taken
EXTRA_MB = 50
SCALE = 3  # pixels a point
WIDTH, HEIGHT = 0.2, 0.05


class Crowd(Case):
    """One request with a client for each picture, all in turn at once."""

    def __init__(self, stack, names):
        """Send a page with a signature and a stamp for each."""
        self.stack, self.session = stack, stack.session()
        self.director = f"director-{secrets.token_hex(4)}@vendor.example.com"
        self.phones = {name: fresh_phone() for name in names}
        deal = {"name": "A crowd", "type": "opportunity"}
        self.lead = self.session.call("crm.lead", "create", deal)
        own = {
            "side": "own",
            "role": "Our director",
            "name": "Dora Director",
            "email": self.director,
            "channel": "email",
            "sequence": 1,
        }
        clients = [
            {
                "side": "client",
                "role": name,
                "name": "Claude Client",
                "phone": phone,
                "channel": "sms",
                "sequence": 2,
            }
            for name, phone in self.phones.items()
        ]
        self.id = self.session.call(
            "esign.request", "create_from_deal", self.lead, send=True, signers=[own, *clients],
            document={"name": "act.pdf", "content": base64.b64encode(samples().plain_pdf()).decode()},
            fields=[field for row, name in enumerate(names) for field in boxes(row, name)],
        )  # fmt: skip


def boxes(row, name):
    """Return the boxes of one client: what he signs with, and a stamp that may be left out."""
    place = {"role": name, "page": 1, "y": 0.3 + row * 0.06, "width": WIDTH, "height": HEIGHT}
    yield place | {"type": "signature", "name": f"Signature {row}", "x": 0.1}
    yield place | {"type": "stamp", "name": f"Stamp {row}", "x": 0.6, "required": False}


def memory(pid, name):
    """Return an entry of Linux's account of a process, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1000


@pytest.fixture
def pictures():
    """Give the corpus; without it there is nothing to check."""
    spec = importlib.util.spec_from_file_location("corpus", paths.ADDON / "tests" / "corpus.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)  # without the package around it, which is Odoo's
    found = module.corpus("img")
    if not found:
        pytest.skip("the corpus is not at hand: ESIGN_CORPUS names its folder")
    return found


def try_picture(visitor, content):
    """Sign with a picture and a stamp; return the refusals of both, and the answer to the signature."""
    stamp = next(str(each["id"]) for each in visitor.page()["fields"] if each["type"] == "stamp")
    assert visitor.confirm() == {"confirmed": True}
    image = base64.b64encode(content).decode()
    sent = {"signature": image, stamp: image}
    kept = visitor.step_in_turn("draft", values={}, signature={"method": "image"}, pictures=sent)
    assert kept.get("saved"), kept
    refused = {str(each["picture"]): each["message"] for each in kept.get("refused", ())}
    signature = (
        {"method": "image", "image": image}
        if not refused
        else {"method": "typed", "name": "Claude Client"}
    )
    answer = visitor.sign(
        "Claude Client", signature=signature, values={} if refused else {stamp: image}
    )
    return refused, answer


def warm_up(stack):
    """Let every worker load what signing and sealing need: what a picture costs is to be measured, not a first use."""
    cases = [Case(stack) for _each in range(6)]
    for case in cases:
        case.director_signs()
    with ThreadPoolExecutor(len(cases)) as pool:
        answers = list(
            pool.map(lambda case: case.visitor(case.client).walk("Claude Client"), cases)
        )
    assert all(answer.get("sealed") for answer in answers), answers


def test_each_picture_stands_upright_in_its_box_or_is_refused_in_words(stack, pictures):
    crowd = Crowd(stack, list(pictures))
    crowd.director_signs()
    warm_up(stack)
    workers = stack.server.workers()
    for pid in workers:
        Path(f"/proc/{pid}/clear_refs").write_text("5")  # the peak starts from here
    before = {pid: memory(pid, "VmRSS") for pid in workers}
    for name, content in pictures.items():
        refused, answer = try_picture(crowd.visitor(crowd.phones[name]), content)
        assert answer.get("state") == "signed", (name, answer)
        assert len(refused) == (2 if name in REFUSED else 0), (name, refused)
        assert all(words.endswith(".") for words in refused.values()), refused
    grown = {pid: memory(pid, "VmHWM") - before[pid] for pid in workers}
    assert max(grown.values()) <= EXTRA_MB, grown

    look(crowd, list(pictures))


def look(crowd, names):
    """Check the ink on the sealed page: in the boxes, and the photograph upright."""
    page = sealed_page(crowd)
    for row, name in enumerate(names):
        for left in (0.1, 0.6):
            box = [
                part * size
                for part, size in zip(
                    (left, 0.3 + row * 0.06, left + WIDTH, 0.35 + row * 0.06),
                    page.size * 2,
                    strict=True,
                )
            ]
            ink = page.crop(tuple(map(round, box)))
            is_empty = name in REFUSED and left == 0.6
            assert (ink.convert("L").getextrema()[0] > 200) == is_empty, (name, left)
            if name == UPRIGHT:
                assert red_height(ink) < 0.5, name


def red_height(ink):
    """Return how far down the red is in the middle: 0 at the top, 1 at the foot."""
    rows = [
        y for y in range(ink.height) for x in range(ink.width)
        if (pixel := ink.getpixel((x, y)))[0] > 150 and max(pixel[1:3]) < 110
    ]  # fmt: skip
    return sum(rows) / len(rows) / ink.height


def sealed_page(crowd):
    """Return the first page of the sealed PDF as a picture."""
    (attachment, _name) = crowd.read("sealed_attachment_id")["sealed_attachment_id"]
    (row,) = crowd.session.call("ir.attachment", "read", [attachment], ["datas"])
    document = pypdfium2.PdfDocument(io.BytesIO(base64.b64decode(row["datas"])))
    return document[0].render(scale=SCALE).to_pil().convert("RGB")
