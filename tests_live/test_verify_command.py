"""`dev/verify`: what it says of files, and its exit status."""

import os
import subprocess
import sys
from datetime import datetime, timezone

import pytest

from dev.lib import paths

sys.path.insert(0, str(paths.ADDON))  # `tools` without Odoo

from tools.pdf.certificate_page import Block, CertificatePage, Row, draw
from tools.sealing import key
from tools.sealing.seal import seal

NOW = datetime(2026, 11, 20, 9, 45, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """Return the path of a sealed file and the fingerprint of its key."""
    row = Row("Document", "Act of completed works")
    page = CertificatePage(
        title="Certificate",
        company="Northwind",
        lead=(row,),
        parties=(Block("Client", (row,)),),
        technical=Block("Technical facts", (row,)),
        audit=(row,),
        check_heading="How to check",
        check_text="Scan the code.",
        qr_url="https://sign.example.com/esign/verify/K7QJ2M4X9TBDZW3RPL6AUY5C2Q",
        legal_line="Simple electronic signatures.",
        footer="ES00012",
    )
    identity = key.generate("Northwind", "Northwind Traders Ltd", NOW, 1)
    drawn = draw(page)
    facts = {"now": NOW, "reason": "ES00012", "location": "Berlin", "random_bytes": os.urandom}
    path = tmp_path_factory.mktemp("verify") / "signed.pdf"
    path.write_bytes(seal(drawn, (), drawn, identity, **facts).content)
    return path, key.fingerprint(identity.certificate_der)


def _verify(*arguments):
    command = [sys.executable, "-m", "dev.lib.verify", *map(str, arguments)]
    return subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)


def test_whole_file_ends_with_0_and_says_what_was_not_asked(sealed):
    path, fingerprint = sealed
    done = _verify(path)
    assert done.returncode == 0, done
    assert f"{path}: The seal is whole." in done.stdout
    assert fingerprint in done.stdout
    assert "registry was not asked" in done.stdout
    assert "anybody can make a key in any name" in done.stdout


def test_named_key_must_be_the_one_that_sealed(sealed):
    path, fingerprint = sealed
    colons = ":".join(fingerprint[at : at + 2] for at in range(0, 64, 2)).upper()
    done = _verify("--fingerprint", colons, path)
    assert done.returncode == 0, done
    assert "anybody can make a key" not in done.stdout
    done = _verify("--fingerprint", "0" * 64, path)
    assert done.returncode == 1, done
    assert "sealed with another key" in done.stdout


def test_one_changed_file_among_whole_ones_ends_with_1(sealed, tmp_path):
    path, _fingerprint = sealed
    changed = tmp_path / "changed.pdf"
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    changed.write_bytes(content)
    done = _verify(path, changed)
    assert done.returncode == 1, done
    assert f"{path}: The seal is whole." in done.stdout
    assert f"{changed}: This file must not be relied on." in done.stdout
    assert "The content was changed after it was sealed." in done.stdout


def test_what_is_no_pdf_or_not_there_ends_in_plain_words(tmp_path):
    text = tmp_path / "letter.pdf"
    text.write_text("Dear Sirs,")
    done = _verify(text)
    assert done.returncode == 1, done
    assert "The file is not a PDF." in done.stdout
    done = _verify(tmp_path / "missing.pdf")
    assert done.returncode == 1, done
    assert done.stderr.startswith("dev: cannot read"), done.stderr
    assert "Traceback" not in done.stderr
