"""From a deal to files in everybody's hands, over real SMTP, SMS and HTTP, checked by tools that are not ours."""

import hashlib
import io
import subprocess
import time

import pypdf
import requests

from tests_live.people import Case


def _pdfsig(path):
    return subprocess.run(
        ["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False
    ).stdout


def test_everybody_gets_the_file_that_independent_tools_call_whole(stack, tmp_path):
    case = Case(stack)
    case.director_signs()
    client = case.visitor(case.client)
    assert client.walk("Claude Client") == {"state": "signed", "sealed": True}
    sealed = client.download()
    path = tmp_path / "signed.pdf"
    path.write_bytes(sealed)

    printed = _pdfsig(path)
    assert "Signature is Valid" in printed
    assert "Total document signed" in printed
    assert case.read("sealed_sha256")["sealed_sha256"] == hashlib.sha256(sealed).hexdigest()

    mails = case.inbox(case.director)
    mails.wait("mails", more_than=2)
    attached = [part.get_content() for mail in mails.mails() for part in mail.iter_attachments()]
    assert attached == [sealed]
    case.inbox(case.client).wait("links", more_than=1)
    assert len(case.inbox(case.client).links()) == 2, "invitation and finished document"

    code = case.read("verification_code")["verification_code"]
    record = requests.get(
        f"{stack.url}/esign/verify/{code}", headers={"Accept": "application/json"}, timeout=30
    ).json()
    assert (record["verdict"], record["checked"]) == ("valid", "record")
    assert _check(stack, sealed)["verdict"] == "valid"


def test_changed_files_are_invalid_each_with_its_reason(stack):
    case = Case(stack)
    case.director_signs()
    client = case.visitor(case.client)
    client.walk("Claude Client")
    sealed = client.download()
    middle = len(sealed) // 3
    flipped = sealed[:middle] + bytes([sealed[middle] ^ 1]) + sealed[middle + 1 :]
    assert _check(stack, flipped)["verdict"] == "invalid"
    assert "content_changed" in _check(stack, flipped)["reasons"]
    assert "hash_differs" in _check(stack, flipped)["reasons"]
    trailing = _check(stack, sealed + b"\n% added later\n")
    assert trailing["verdict"] == "invalid"
    assert "trailing_bytes" in trailing["reasons"], trailing
    rewritten = _check(stack, _rewritten(sealed))
    assert rewritten["verdict"] == "invalid", rewritten
    assert "hash_differs" in rewritten["reasons"]
    stranger = _check(stack, b"%PDF-1.4\nnothing of ours\n%%EOF\n")
    assert stranger["verdict"] == "unknown"


def _rewritten(sealed):
    """Return the same pages saved anew by another program: the look without the seal."""
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    for page in pypdf.PdfReader(io.BytesIO(sealed)).pages:
        writer.add_page(page).compress_content_streams()
    writer.write(out)
    return out.getvalue()


def _check(stack, content):
    answer = requests.post(
        f"{stack.url}/esign/verify", files={"file": ("x.pdf", content)}, headers={"Accept": "application/json"},
        timeout=60,
    )  # fmt: skip
    return answer.json()


def test_bounced_code_confirms_nothing(stack):
    case = Case(stack)
    visitor = case.visitor(case.director)
    stack.mail.behave(mode="refuse", code=550, message="mailbox unavailable", to=case.director)
    try:
        assert visitor.step("code")["error"] == "code_undeliverable"
    finally:
        stack.mail.behave()
    assert visitor.step("confirm", code="123456")["error"] == "code_void"
    assert visitor.sign("Dora Director")["error"] == "not_confirmed"


def test_gateway_that_hangs_up_after_accepting_sends_nothing_twice(stack):
    case = Case(stack)
    stack.sms.behave(mode="hang_up", times=1, to=case.client)
    try:
        case.director_signs()
        case.inbox(case.client).wait("links", patience=120)
        time.sleep(3)
    finally:
        stack.sms.behave()
    assert len(case.inbox(case.client).links()) == 1
