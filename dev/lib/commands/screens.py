"""`dev/screens [DIR]`: pictures of every situation of the signing page, as docs/signing-page.md shows them.

Takes the tour of the checks (`tests_live/situations.py`) on a real server, and writes `<situation>-phone.png` and
`<situation>-desktop.png`; what lay in the folder before goes.
"""

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from dev.lib import paths
from dev.lib.stack import Stack
from dev.lib.trouble import ends_plainly, say
from tests_live.conftest import FLAGS
from tests_live.situations import Tour

FOLDER = paths.ROOT / "docs" / "images" / "situations"
SIZES = {"phone": (375, 667), "desktop": (1280, 800)}
WIDTHS = {"phone": 450, "desktop": 900}  # of the pictures, in pixels
COLOURS = (48, 32, 16)
LARGEST = 36_000  # bytes
SHOWN_TWICE_AS_LARGE = 2


@ends_plainly
def main(folder=FOLDER):
    """Write all pictures into the folder."""
    folder = Path(folder)
    with (
        tempfile.TemporaryDirectory() as out,
        Stack(out) as stack,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        taken = dict(_pictures(browser, Tour(stack)))
        browser.close()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    for name, content in taken.items():
        (folder / f"{name}.png").write_bytes(content)
    say(f"{len(taken)} pictures, {sum(map(len, taken.values())) // 1000} kB, in {folder}")
    return 0


def _pictures(browser, tour):
    """Yield name and content of each picture."""
    context = browser.new_context(has_touch=True, device_scale_factor=SHOWN_TWICE_AS_LARGE)
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.set_viewport_size(_size("phone"))
    for name in tour.all(page, "en"):
        say(f"  {name}")
        for device in ("desktop", "phone"):
            page.set_viewport_size(_size(device))
            page.wait_for_timeout(200)  # the document's pictures come and the layout settles
            yield f"{name}-{device}", _small(page.screenshot(), WIDTHS[device])
    context.close()


def _size(device):
    width, height = SIZES[device]
    return {"width": width, "height": height}


def _small(content, width):
    """Return a picture of that width with few colours, as small as it has to be."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    image = image.resize((width, round(image.height * width / image.width)), Image.LANCZOS)
    for colours in COLOURS:
        stored = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(stored, "PNG", optimize=True)
        if stored.tell() <= LARGEST:
            break
    return stored.getvalue()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
