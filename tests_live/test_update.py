"""An update from the last landed version: every row and value is kept, sealed files are genuine, links open."""

import hashlib

import pytest
import requests

from dev.lib.stack import Stack, databases
from tests_live import former
from tests_live.people import Case

PLACE = {"role": "Client", "type": "text", "page": 1, "x": 0.6, "width": 0.3, "height": 0.03}
ODOOS_OWN = {"write_uid", "write_date"}  # set anew where Odoo fills a new column of an old row
FIELDS = [PLACE | {"name": "Place", "y": 0.5}]


class Updated:
    """A database that lived under the former version and was updated: its rows before and after, and its cases."""

    def __init__(self, stack):
        """Let people work with the former version, then update."""
        self.stack = stack
        self.draft = Case(stack, send=False, fields=FIELDS)
        self.sent = Case(stack, fields=FIELDS)
        self.sent.director_signs()
        self.reader = self.sent.visitor(self.sent.client)
        self.reader.page()
        self.reader.step("opened")
        assert self.reader.confirm()["confirmed"]
        assert self.reader.step_in_turn("draft", values={str(self._field()): "Pump hall"})["saved"]
        self.sealed = Case(stack)
        self.sealed.director_signs()
        self.signed = self.sealed.visitor(self.sealed.client)
        assert self.signed.walk("Claude Client")["sealed"]
        self.file = self.signed.download()
        self._update()

    def _field(self):
        domain = [("request_id", "=", self.sent.id)]
        return self.sent.session.call("esign.field", "search", domain)[0]

    def _update(self):
        stack = self.stack
        stack.server.stop()
        self.before = former.rows(stack)
        stack.databases = stack.server.databases = databases()
        stack.databases.run_odoo(stack.name, "-u", "esign_crm")
        self.after = former.rows(stack)
        stack.server.start()


@pytest.fixture(scope="module")
def updated(tmp_path_factory):
    folder = tmp_path_factory.mktemp("former")
    if not former.unpack(folder):
        pytest.skip(
            f"this clone's history lacks {former.COMMIT[:7]}, the version to update from: it is a shallow clone"
        )
    stack = Stack(tmp_path_factory.mktemp("received"))
    stack.databases = former.FormerDatabases(databases(), folder)
    with stack:
        yield Updated(stack)


def test_every_row_and_value_is_kept(updated):
    lost = [
        fault
        for table, rows in updated.before.items()
        for key, row in rows.items()
        for fault in _lost_of(f"{table} {key}", row, updated.after.get(table, {}).get(key))
    ]
    assert not lost, "\n".join(lost)


def _lost_of(where, row, kept):
    """Return what of a row is gone or has another value."""
    if kept is None:
        return [f"{where}: the row is gone"]
    return [
        f"{where}.{column}: {value!r} is now {kept.get(column)!r}"
        for column, value in row.items()
        if column not in ODOOS_OWN and not _is_kept(value, kept.get(column))
    ]


def _is_kept(value, kept):
    """Tell whether a value is the same; a translated one may speak more languages."""
    is_translated = isinstance(value, dict) and isinstance(kept, dict) and "en_US" in value
    return value == kept or (is_translated and value.items() <= kept.items())


def test_sealed_file_is_the_same_and_genuine(updated):
    assert updated.signed.download() == updated.file
    checked = requests.post(
        f"{updated.stack.url}/esign/verify",
        files={"file": ("signed.pdf", updated.file, "application/pdf")},
        headers={"Accept": "application/json"},
        timeout=60,
    ).json()
    assert checked["verdict"] == "valid", checked
    assert checked["facts"]["sha256"] == hashlib.sha256(updated.file).hexdigest()


def test_signer_goes_on_where_he_was(updated):
    page = updated.reader.page()
    assert "Pump hall" in str(page), page
    answer = updated.reader.sign("Claude Client", values={str(updated._field()): "Pump hall"})
    assert answer == {"state": "signed", "sealed": True}, answer


def test_draft_can_be_sent(updated):
    draft = updated.draft
    draft.session.call("esign.request", "action_send", [draft.id])
    assert draft.inbox(draft.director).wait("links")
