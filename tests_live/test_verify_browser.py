"""The public check in a real browser: by the QR code, by file, in six languages, without scripts, on a phone."""

import io
import re
from collections import Counter

import pypdfium2
import pytest
import qrcode
from qrcode.constants import ERROR_CORRECT_M

from tests_live.accessible import assert_accessible
from tests_live.people import Case
from tests_live.signing_page import DESKTOP, PHONE, press

SCALE = 4  # pixels for a point
WHITE = 255
QUIET = 9  # points of white around the QR code, which is 74 points wide
LANGUAGES = {
    "English": "en-US", "Deutsch": "de-DE", "Français": "fr-FR", "Italiano": "it-IT", "Polski": "pl-PL", "Русский": "ru-RU",
}  # fmt: skip


@pytest.fixture(scope="module")
def sealed(stack):
    """Give a sealed document: its case and its bytes."""
    case = Case(stack)
    case.director_signs()
    client = case.visitor(case.client)
    assert client.walk("Claude Client")["sealed"]
    case.pdf = client.download()
    return case


@pytest.fixture
def open_check(chromium, stack):
    """Give a function that opens the check in a browser of its own; its console must stay silent."""
    contexts, complaints = [], []

    def open_at(path="/esign/verify", **options):
        context = chromium.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("console", lambda line: complaints.append(line.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(stack.url + path)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert [each for each in complaints if "net::ERR" not in each] == []


def assert_fits(page):
    """Fail when the page scrolls sideways."""
    width, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= window, f"{width} in {window}"


def chosen(name, content):
    """Return a file as a person chooses it."""
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def verdict(page, words):
    """Wait for the verdict and return whether it bears the green mark."""
    page.locator("#verify-verdict", has_text=words).wait_for()
    assert_fits(page)
    return page.locator(".sign-good").count() == 1


def qr_modules(pdf, size):
    """Return the modules of the QR code on a PDF's certificate page as they are printed, read from its image."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    for number in range(len(document)):
        page = document[number]
        if "/esign/verify/" in page.get_textpage().get_text_range():
            image = page.render(scale=SCALE).to_pil().convert("L")
            return _modules(image, size)
    raise AssertionError("no page bears the address")


def _modules(image, size):
    """Find the white square around the code in its tinted panel, then look at the middle of each module."""
    side = (74 + 2 * QUIET) * SCALE
    rows = [image.crop((0, y, image.width, y + 1)).tobytes() for y in range(image.height)]
    ((tint, _count),) = Counter(image.tobytes().replace(b"\xff", b"")).most_common(1)
    edge = re.escape(bytes([tint]))
    square = re.compile(edge + b".{0,2}\xff{%d,%d}.{0,2}" % (side - 4, side + 4) + edge, re.DOTALL)
    top, found = next((y, found) for y, row in enumerate(rows) if (found := square.search(row)))
    left = found.start() + 1
    start, step = left + QUIET * SCALE, 74 * SCALE / size
    return [
        [rows[int(top + QUIET * SCALE + (down + 0.5) * step)][int(start + (across + 0.5) * step)] < 128
         for across in range(size)]
        for down in range(size)
    ]  # fmt: skip


def test_qr_code_of_the_sealed_file_leads_to_the_record_without_a_mark(sealed, stack, open_check):
    url = f"{stack.url}/esign/verify/{sealed.read('verification_code')['verification_code']}"
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=3)
    code.add_data(url)
    expected = [[bool(each) for each in row] for row in code.get_matrix()]
    assert qr_modules(sealed.pdf, len(expected)) == expected
    page = open_check(url.removeprefix(stack.url), **PHONE)
    assert not verdict(page, "A document with this code was signed")
    for shown in (
        sealed.read("name")["name"],
        "Dora D***",
        "Claude C***",
        sealed.read("sealed_sha256")["sealed_sha256"],
    ):
        page.get_by_text(shown).first.wait_for()
    assert page.get_by_text("Claude Client").count() == 0


def test_code_typed_by_hand_is_found(sealed, open_check):
    code = sealed.read("verification_code")["verification_code"].lower()
    page = open_check(**DESKTOP)
    page.get_by_label("Code from the certificate page").fill(f"{code[:4]} {code[4:]}")
    page.keyboard.press("Enter")
    assert not verdict(page, "A document with this code was signed")


def test_genuine_file_is_confirmed_without_leaving_the_device(sealed, open_check):
    page = open_check(**DESKTOP)
    with page.expect_request("**/esign/verify") as asked:
        page.locator("input[type=file]").set_input_files(chosen("signed.pdf", sealed.pdf))
    assert verdict(page, "The file is genuine and unchanged")
    assert len(asked.value.post_data_buffer) < 2000
    assert b"%PDF" not in asked.value.post_data_buffer
    assert page.evaluate("document.activeElement.id") == "verify-verdict"


def test_changed_file_is_told_only_after_an_upload_that_was_asked_for(sealed, open_check):
    changed = sealed.pdf[:2000] + bytes([sealed.pdf[2000] ^ 1]) + sealed.pdf[2001:]
    page = open_check(**PHONE)
    page.locator("input[type=file]").set_input_files(chosen("changed.pdf", changed))
    assert not verdict(page, "This is not a file that was sealed here")
    press(page, "Upload the file for a full check")
    assert not verdict(page, "Do not rely on this file")
    page.get_by_text("The content was changed after it was sealed.").wait_for()
    assert page.locator(".sign-stop").count() == 1


def test_dropped_file_is_checked(sealed, open_check):
    page = open_check(**DESKTOP)
    data = page.evaluate_handle(
        """(bytes) => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], "dropped.pdf", { type: "application/pdf" }));
            return data;
        }""",
        list(sealed.pdf + b"\n"),
    )
    page.dispatch_event("body", "dragover", {"dataTransfer": data})
    page.dispatch_event("body", "drop", {"dataTransfer": data})
    assert not verdict(page, "This is not a file that was sealed here")
    page.get_by_text("dropped.pdf").wait_for()


def test_file_is_chosen_and_uploaded_by_keyboard_alone(sealed, open_check):
    page = open_check(**DESKTOP)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "file"
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(chosen("signed.pdf", sealed.pdf))
    assert verdict(page, "The file is genuine and unchanged")
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith("Upload the file"):
            break
    with page.expect_request("**/esign/verify") as asked:
        page.keyboard.press("Enter")
    assert int(asked.value.all_headers()["content-length"]) > len(sealed.pdf)
    assert verdict(page, "The file is genuine and unchanged")


def test_what_cannot_be_checked_is_told_at_once_and_sent_nowhere(open_check):
    page = open_check(**PHONE)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    field = page.locator("input[type=file]")
    for content, words in (
        (b"", "No file was chosen, or it is empty."),
        (b"<html></html>", "The file is not a PDF."),
        (b"%PDF-" + bytes(26 * 1024 * 1024), "The file is larger than 25 MB."),
    ):
        field.set_input_files(chosen("odd.pdf", content))
        page.get_by_role("alert").filter(has_text=words).wait_for()
        assert_fits(page)
    assert asked == []


def test_lost_connection_is_told_and_made_up_for(sealed, open_check):
    page = open_check(**PHONE)
    page.context.set_offline(True)
    page.locator("input[type=file]").set_input_files(chosen("signed.pdf", sealed.pdf))
    page.get_by_role("alert").filter(has_text="No connection").wait_for()
    page.context.set_offline(False)
    press(page, "Try again")
    assert verdict(page, "The file is genuine and unchanged")


def test_page_speaks_six_languages_and_keeps_the_code(sealed, open_check):
    code = sealed.read("verification_code")["verification_code"]
    page = open_check(f"/esign/verify/{code}", locale="fr-CA", **PHONE)
    assert page.evaluate("document.documentElement.lang") == "fr-FR"
    for name, tag in LANGUAGES.items():
        page.get_by_role("link", name=name, exact=True).click()
        page.locator(f"html[lang={tag}]").wait_for()
        assert page.locator("[aria-current=true]").text_content() == name
        assert page.locator("#verify-verdict").text_content()
        page.get_by_text(sealed.read("name")["name"]).first.wait_for()
        assert_fits(page)


def test_plain_form_works_without_scripts(sealed, open_check):
    page = open_check(java_script_enabled=False, **PHONE)
    page.locator("input[type=file]").set_input_files(chosen("signed.pdf", sealed.pdf))
    press(page, "Check the file")
    page.get_by_text("The file is genuine and unchanged").wait_for()
    assert page.locator(".sign-good").count() == 1


def test_signer_who_switches_the_language_needs_a_new_code(stack, open_check):
    case = Case(stack)
    inbox = case.inbox(case.director)
    path = inbox.wait("links").removeprefix(stack.url)
    page = open_check(path, **PHONE)
    page.locator(".bar-bottom .button-primary").click()
    code = inbox.wait("codes")
    page.locator("summary").first.click()
    page.get_by_role("link", name="Italiano").click()
    page.locator("html[lang=it-IT]").wait_for()
    page.locator(".bar-bottom .button-primary").click()
    page.wait_for_function("document.querySelector('.code-sent')?.textContent.length > 20")
    assert page.locator(".countdown").text_content() == ""
    page.fill("#esign-code", code)
    page.locator("button[type=submit]").click()
    page.locator(".alert").wait_for()
    assert_fits(page)
    assert "code_confirmed" not in case.kinds()


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_check_page_is_accessible_in_every_situation(sealed, stack, open_check, device):
    stack.query("DELETE FROM esign_check")  # this address has made all its checks of the minute
    code = sealed.read("verification_code")["verification_code"]
    for language in ("en", "ru"):
        for path in ("", f"/{code}", f"/{'A' * 26}"):
            page = open_check(f"/esign/verify{path}?lang={language}", **device)
            assert_accessible(page)
    page = open_check(**device)
    page.locator("input[type=file]").set_input_files(chosen("signed.pdf", sealed.pdf))
    assert verdict(page, "The file is genuine and unchanged")
    assert_accessible(page)
    page.locator("input[type=file]").set_input_files(chosen("other.pdf", sealed.pdf[:3000]))
    page.locator("#verify-verdict, .upload-question, [role=alert]").first.wait_for()
    assert_accessible(page)
