"""Documents that need more than a simple signature are not sent."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .template_common import TemplateCommon

REASON = "the law asks for a notary."


@tagged("post_install", "-at_install")
class TestEsignDocumentKind(TemplateCommon):
    """Kinds known by their words, and marked templates."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(cls.env, "kind_manager", groups="esign_crm.group_manager")
        cls.admin = new_test_user(cls.env, "kind_admin", groups="esign_crm.group_admin")

    def mark(self, name="Bank guarantee", **values):
        kinds = self.env["esign.document.kind"].with_user(values.pop("by", self.manager))
        return kinds.create({"name": name, "reason": REASON} | values)

    def draft(self, title="Act of works"):
        request = self.make_request(send=False).with_user(self.rep)
        request.title = title
        return request

    def assert_refused(self, request, words):
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            request.action_send()
        self.assertEqual(request.state, "draft")
        self.assertFalse(request.message_out_ids or request.event_ids)

    # --- kinds -------------------------------------------------------------------------------------------------------

    def test_marked_kind_is_refused_with_its_reason_before_anything_is_sent(self):
        self.mark()
        self.assert_refused(
            self.draft("Bank guarantee no. 7"),
            "“Bank guarantee” is not for a simple signature: the law asks for a notary.",
        )

    def test_file_name_counts_as_well_as_the_title(self):
        self.mark("act")  # the file is act.pdf
        self.assert_refused(self.draft("Something else"), "“act” is not for a simple signature")

    def test_other_kinds_are_sent(self):
        self.mark()
        self.mark("Act of works", active=False)
        request = self.draft()
        request.action_send()
        self.assertEqual(request.state, "sent")

    def test_mark_of_another_company_does_not_count(self):
        other = self.env["res.company"].create({"name": "Other company"})
        self.mark(by=self.env.user, company_id=other.id)
        request = self.draft("Bank guarantee")
        request.action_send()
        self.assertEqual(request.state, "sent")

    def test_name_without_a_word_is_refused(self):
        with self.assertRaisesRegex(UserError, "no word"):
            self.mark("2026")

    # --- who marks ---------------------------------------------------------------------------------------------------

    def test_settings_say_who_marks(self):
        kind = self.mark()
        self.company.esign_kinds_by = "admin"
        for attempt in (self.mark, lambda: kind.write({"name": "X"}), kind.unlink):
            with self.assertRaisesRegex(AccessError, "Only administrators"):
                attempt()
        self.mark(by=self.admin)
        with self.assertRaises(AccessError):
            self.mark(by=self.rep)

    def test_rep_neither_marks_a_template_nor_takes_a_mark_away(self):
        for values in ({"not_simple": True}, {"not_simple": False}):
            with self.assertRaisesRegex(AccessError, "Only managers"):
                self.template.write(values)
        with self.assertRaisesRegex(AccessError, "Only managers"):
            self.template.create({"name": "Marked", "not_simple": True})
        self.assertFalse(self.template.may_mark)
        self.assertTrue(self.template.with_user(self.manager).may_mark)

    # --- templates ---------------------------------------------------------------------------------------------------

    def test_marked_template_is_refused_also_for_drafts_made_before(self):
        request = self.use()
        self.template.with_user(self.manager).write(
            {"not_simple": True, "not_simple_reason": REASON}
        )
        self.assert_refused(request, "“Act of works” is not for a simple signature: the law")
        self.template.with_user(self.manager).not_simple_reason = False
        self.assert_refused(request, "“Act of works” is not for a simple signature.")

    def test_mark_goes_along_to_copies(self):
        self.template.with_user(self.manager).not_simple = True
        self.assertTrue(self.template.copy().not_simple)
        saved = self.env["esign.template"].browse(self.use().action_save_as_template()["res_id"])
        self.assertTrue(saved.not_simple)
