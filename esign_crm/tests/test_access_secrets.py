"""What even an administrator neither reads nor replaces."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_access import PEOPLE, AccessCommon

SECRETS = {
    "esign.signer": {"signature", "sign_digest", "draft"},
    "esign.field": {"value"},
    "esign.message": {"payload", "key"},
    "esign.sealing.key": {"private_key_wrapped"},
}


@tagged("post_install", "-at_install")
class TestAccessSecrets(AccessCommon):
    """Secrets, stored bytes, and what only the signing process writes."""

    def test_secret_fields_are_read_by_nobody(self):
        for model, names in SECRETS.items():
            admins = self._secret_holders()[model].with_user(self.people["admin"])
            self.assertFalse(names & set(admins.fields_get()), model)
            for name in names:
                for way, attempt in self._ways(admins, name).items():
                    self.assertTrue(self._is_refused(attempt), f"{way} {model}.{name}")

    def test_those_ways_do_read_a_plain_field(self):
        for model, records in self._secret_holders().items():
            plain = "type" if model == "esign.field" else "state"
            for way, attempt in self._ways(records.with_user(self.people["admin"]), plain).items():
                self.assertFalse(self._is_refused(attempt), f"{way} {model}.{plain}")

    def _secret_holders(self):
        request = self.make_request()
        return {
            "esign.signer": request.signer_ids,
            "esign.field": request.field_ids,
            "esign.message": request.message_out_ids,
            "esign.sealing.key": self.env["esign.sealing.key"].sudo()._get_for(self.company),
        }

    def _ways(self, records, name):
        """Return each way by which a client asks for a field."""
        ways = {
            "read": lambda: records.read([name]),
            "web_read": lambda: records.web_read({name: {}}),
            "search": lambda: records.search([(name, "!=", False)]),
            "order": lambda: records.search([], order=name),
            "group": lambda: records.formatted_read_group([], [name], ["__count"]),
            "aggregate": lambda: records._read_group([], [], [f"{name}:count"]),
            "export": lambda: records.export_data([name]),
            "mapped": lambda: records.mapped(name),
        }
        path = {
            "esign.signer": "signer_ids",
            "esign.field": "field_ids",
            "esign.message": "message_out_ids",
        }
        if records._name in path:
            requests = self.env["esign.request"].with_user(records.env.user)
            ways["path"] = lambda: requests.search([(f"{path[records._name]}.{name}", "!=", False)])
        return ways

    def _is_refused(self, attempt):
        """Tell whether ``attempt`` ends as one that may not, or as one about a field that does not exist."""
        try:
            with self.env.cr.savepoint():
                attempt()
        except (AccessError, ValueError):
            return True
        return False

    def test_links_and_codes_are_seen_by_nobody(self):
        self.make_request()
        for model in ("esign.link", "esign.otp"):
            for who in PEOPLE:
                with self.assertRaises(AccessError):
                    self.env[model].with_user(self.people[who]).search([])

    def test_documents_are_changed_by_nobody(self):
        document = self.make_request().frozen_document_id
        for who in PEOPLE:
            mine = document.with_user(self.people[who])
            for attempt in (
                lambda mine=mine: mine.write({"sha256": "0" * 64}), mine.unlink,
                lambda mine=mine: mine.create({"kind": "sealed", "name": "x.pdf", "sha256": "0", "size": 1, "page_count": 1}),
            ):  # fmt: skip
                with self.assertRaises(UserError, msg=who):
                    attempt()

    def test_stored_bytes_are_overwritten_moved_or_deleted_by_nobody(self):
        request = self.make_request()
        for document in request.uploaded_document_id | request.frozen_document_id:
            before = document._bytes()
            for who in PEOPLE:
                self._assert_attachment_fixed(
                    document.attachment_id.with_user(self.people[who]), document, who
                )
            self.env.invalidate_all()
            self.assertEqual(document._bytes(), before)

    def _assert_attachment_fixed(self, attachment, document, who):
        note = {"res_model": "res.partner", "res_id": self.partner.id}
        mine = {
            "name": "mine.pdf",
            "raw": b"%PDF-",
            "res_model": document._name,
            "res_id": document.id,
        }
        for attempt in (
            lambda: attachment.write({"raw": b"%PDF-forged"}), lambda: attachment.write({"name": "other.pdf"}),
            lambda: attachment.write(note), lambda: attachment.write({"public": True}), attachment.unlink,
            lambda: attachment.create(mine), attachment.generate_access_token,
        ):  # fmt: skip
            self.assertTrue(self._is_refused(attempt), who)

    def test_attachment_cannot_be_moved_onto_a_document(self):
        document = self.make_request().frozen_document_id
        own = (
            self.env["ir.attachment"]
            .with_user(self.people["admin"])
            .create({"name": "own.pdf", "raw": b"%PDF-"})
        )
        with self.assertRaises(AccessError):
            own.write({"res_model": document._name, "res_id": document.id})

    def test_attachments_follow_the_rights_of_their_request(self):
        attachment = self.make_request().frozen_document_id.attachment_id
        for who, may in (
            ("manager", True),
            ("user", False),
            ("employee", False),
            ("portal", False),
            ("public", False),
        ):
            mine = attachment.with_user(self.people[who])
            self.assertEqual(bool(mine.search([("id", "=", attachment.id)])), may, who)
            if not may:
                with self.assertRaises(AccessError, msg=who):
                    mine.read(["raw"])

    def test_system_fields_are_written_by_no_hand(self):
        request = self.make_request().with_user(self.people["admin"])
        for values in (
            {"state": "done"},
            {"sealed_sha256": "0"},
            {"verification_code": "X"},
            {"frozen_document_id": False},
        ):
            with self.assertRaises(AccessError):
                request.write(values)
        with self.assertRaises(AccessError):
            request.signer_ids.write({"state": "signed"})

    def test_sealing_key_is_written_by_nobody(self):
        key = self.env["esign.sealing.key"].sudo()._get_for(self.company)
        for who in PEOPLE:
            mine = key.with_user(self.people[who])
            for attempt in (lambda mine=mine: mine.write({"state": "retired"}), mine.unlink):
                with self.assertRaises(AccessError):
                    attempt()
