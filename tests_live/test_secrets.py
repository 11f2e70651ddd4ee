"""After a full flow: no live link and no code is left anywhere that somebody inside could read."""

import re
import subprocess

import pytest

from dev.lib import paths
from dev.lib.rpc import Refused
from dev.lib.visitor import LINK
from tests_live.people import Case

MODELS = (
    "request",
    "signer",
    "document",
    "field",
    "link",
    "otp",
    "event",
    "message",
    "sealing.key",
    "stage",
)


@pytest.fixture(scope="module")
def finished(stack):
    """Give a finished request, with the secrets that left the house."""
    case = Case(stack)
    case.director_signs()
    case.visitor(case.client).walk("Claude Client")
    case.inbox(case.director).wait("mails", more_than=2)
    case.inbox(case.client).wait("texts", more_than=2)
    inboxes = [case.inbox(case.director), case.inbox(case.client)]
    case.secrets = [link.rpartition("/")[2] for inbox in inboxes for link in inbox.links()]
    case.codes = [code for inbox in inboxes for code in inbox.codes()]
    assert len(case.secrets) >= 4
    return case


def test_database_dump_and_filestore_hold_no_link(stack, finished):
    dump = _dump(stack)
    store = b"".join(path.read_bytes() for path in _filestore(stack))
    for secret in finished.secrets:
        assert secret.encode() not in dump
        assert secret.encode() not in store


def _dump(stack):
    cluster = stack.databases.cluster
    command = [cluster.programs / "pg_dump", stack.name]
    return subprocess.run(
        command, env=cluster.environment(), capture_output=True, check=True
    ).stdout


def _filestore(stack):
    return [
        path
        for path in (paths.HOME / "data" / "filestore" / stack.name).rglob("*")
        if path.is_file()
    ]


def test_logs_hold_no_link(stack, finished):
    log = stack.server.text()
    assert "/esign/s/" in log, "the access log was on"
    for secret in finished.secrets:
        assert secret not in log
    assert not LINK.search(log)


@pytest.mark.parametrize("login", ["admin", "demo"])
def test_no_user_reads_a_link_or_code(stack, finished, login):
    session = stack.session(login)
    for model in (
        *[f"esign.{name}" for name in MODELS],
        "mail.message",
        "mail.mail",
        "sms.sms",
        "crm.lead",
        "ir.logging",
    ):
        text = _all_that_is_readable(session, model)
        for secret in finished.secrets:
            assert secret not in text, model
        for code in finished.codes:
            assert not re.search(rf"(?<![0-9A-Za-z+]){code}(?![0-9A-Za-z])", text), (model, code)


def _all_that_is_readable(session, model):
    """Return all fields that the user may read of a model's records, as text."""
    try:
        names = [
            name
            for name, field in session.call(model, "fields_get").items()
            if field["type"] not in ("binary",)
        ]
        return str(session.call(model, "search_read", [], names, limit=500))
    except Refused:
        return ""


def test_administrator_reads_neither_key_nor_signatures(stack, finished):
    admin = stack.session("admin")
    for model, names in {
        "esign.sealing.key": ["private_key_wrapped"],
        "esign.signer": ["signature", "sign_digest", "draft"],
        "esign.message": ["payload"],
        "esign.field": ["value"],
    }.items():
        for name in names:
            with pytest.raises(Refused):
                admin.call(model, "search_read", [], [name])
    attached = admin.call(
        "ir.attachment",
        "search_read",
        [("res_field", "in", ["signature", "private_key_wrapped", "payload"])],
        ["name"],
    )
    assert attached == []


def test_administrator_cannot_touch_stored_documents(stack, finished):
    admin = stack.session("admin")
    ids = admin.call("ir.attachment", "search", [("res_model", "=", "esign.document")])
    assert ids
    for method, arguments in (
        ("write", [ids, {"raw": "x"}]),
        ("write", [ids, {"res_id": 1}]),
        ("unlink", [ids]),
    ):
        with pytest.raises(Refused):
            admin.call("ir.attachment", method, *arguments)
    for model in ("esign.event", "esign.document"):
        found = admin.call(model, "search", [])
        with pytest.raises(Refused):
            admin.call(model, "unlink", found)


def test_seal_is_called_valid_by_the_offline_command(stack, finished, tmp_path):
    sealed = finished.visitor(finished.client).download()
    path = tmp_path / "signed.pdf"
    path.write_bytes(sealed)
    ran = subprocess.run(
        [paths.ROOT / "dev" / "verify", str(path)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
