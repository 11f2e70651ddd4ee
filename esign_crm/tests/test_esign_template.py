"""Templates: their file, roles and fields, what is kept of used ones, and who may do what."""

import base64

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .pdf_samples import plain_pdf
from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestTemplate(TemplateCommon):
    """The rep's own template, as he and others use it."""

    def replace(self, **arguments):
        self.template.write(
            {"upload": base64.b64encode(plain_pdf(**arguments)), "upload_name": "new.pdf"}
        )

    # --- document and roles ----------------------------------------------------------------------------------------

    def test_upload_becomes_the_document_and_is_never_shown_again(self):
        self.assertEqual(self.template.document_id.page_count, 2)
        self.assertEqual(self.template.document_id.template_id, self.template)
        self.assertFalse(self.template.upload)

    def test_file_that_cannot_be_signed_is_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "act.pdf"):
            self.template.write({"upload": base64.b64encode(b"no pdf"), "upload_name": "act.pdf"})

    def test_new_template_starts_with_the_usual_roles(self):
        template = self.env["esign.template"].with_user(self.rep).create({"name": "Contract"})
        self.assertEqual(template.role_ids.mapped("side"), ["own", "client"])

    @mute_logger("odoo.sql_db")
    def test_role_is_unique(self):
        role = self.template.role_ids[0]
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            role.create({"template_id": self.template.id, "name": role.name})
            self.env.flush_all()

    def test_role_with_fields_is_not_deleted(self):
        with self.assertRaisesRegex(UserError, "still has fields"):
            self.template.role_ids[0].unlink()

    @mute_logger("odoo.sql_db")
    def test_field_has_exactly_one_owner(self):
        request = self.make_request(send=False)
        values = self.box(self.template, self.template.role_ids[0], "Both")
        both = values | {"request_id": request.id, "signer_id": request.signer_ids[0].id}
        none = {
            key: value for key, value in values.items() if key not in ("template_id", "role_id")
        }
        for vals in (both, none):
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.env["esign.field"].create(vals)
                self.env.flush_all()

    def test_field_of_another_templates_role_is_refused(self):
        other = self.make_template()
        with self.assertRaisesRegex(UserError, "role of another template"):
            self.template.field_ids[0].role_id = other.role_ids[0]

    def test_field_beyond_the_last_page_is_refused(self):
        with self.assertRaisesRegex(UserError, "no page 3"):
            self.template.field_ids[0].page = 3

    # --- another file --------------------------------------------------------------------------------------------------

    def test_replaced_file_keeps_the_fields_and_names_those_without_page(self):
        before, former = self.plain(self.template.field_ids), self.template.document_id
        files = former.attachment_id
        self.replace(pages=1)
        self.assertEqual(self.plain(self.template.field_ids), before)
        self.assertEqual(self.template.document_id.page_count, 1)
        self.assertIn("Remarks (page 2)", self.template.problem)
        self.assertFalse(former.exists() or files.exists())
        with self.assertRaisesRegex(UserError, "Remarks"):
            self.use()
        self.template.field_ids.write({"page": 1})
        self.assertFalse(self.template.problem)
        self.assertTrue(self.use())

    # --- versions ------------------------------------------------------------------------------------------------------

    def test_change_of_a_used_template_leaves_the_used_version_as_it_was(self):
        before = self.plain(self.template.field_ids)
        request = self.use()
        self.assertEqual(request.template_id, self.template)
        used = request.template_version_id
        self.assertEqual((used.version, used.active, used.current_id), (1, False, self.template))
        self.template.field_ids.filtered(lambda field: field.type == "text").name = "Notes"
        self.replace(pages=3)
        self.template.role_ids[0].name = "The director"
        self.assertEqual(self.template.version, 2)
        self.assertEqual(self.plain(used.field_ids), before)
        self.assertEqual(used.document_id.page_count, 2)
        self.assertTrue(used.document_id._bytes())
        self.assertIn("Our director", used.role_ids.mapped("name"))
        self.assertEqual(self.use().template_version_id.version, 2)
        self.assertEqual(request.template_version_id, used)

    def test_use_without_change_keeps_one_version(self):
        self.assertEqual(self.use().template_version_id, self.use().template_version_id)
        self.template.name = "Another name is no other version"
        self.assertEqual(self.template.version, 1)

    def test_kept_version_is_fixed(self):
        used = self.use().template_version_id
        for attempt in (
            lambda: used.write({"name": "x"}),
            lambda: used.field_ids[0].write({"name": "x"}),
            used.field_ids[0].unlink,
            lambda: used.role_ids[0].write({"name": "x"}),
            lambda: used.write({"active": True}),
        ):
            with self.assertRaisesRegex(UserError, "kept version"):
                attempt()

    def test_used_template_is_archived_not_deleted(self):
        self.use()
        with self.assertRaisesRegex(UserError, "archive"):
            self.template.unlink()
        self.template.active = False
        self.assertNotIn(self.template, self.template.search([]))
        with self.assertRaisesRegex(UserError, "there is no template"):
            self.use()

    def test_unused_template_goes_with_its_files(self):
        draft, document = self.use(), self.template.document_id
        files = document.attachment_id
        draft.unlink()
        self.template.unlink()
        self.assertFalse(document.exists() or files.exists())

    def test_system_fields_are_not_written_by_hand(self):
        for values in ({"version": 9}, {"document_id": False}, {"current_id": self.template.id}):
            with self.assertRaises(AccessError):
                self.template.write(values)
            with self.assertRaises(AccessError):
                self.template.create({"name": "x"} | values)

    # --- copies --------------------------------------------------------------------------------------------------------

    def test_duplicate_has_document_roles_and_fields_of_its_own(self):
        copy = self.template.copy()
        self.assertEqual(copy.name, "Act of works (copy)")
        self.assertEqual(self.plain(copy.field_ids), self.plain(self.template.field_ids))
        self.assertEqual(copy.field_ids.role_id, copy.role_ids)
        self.assertNotEqual(copy.document_id, self.template.document_id)
        self.assertEqual(copy.document_id.sha256, self.template.document_id.sha256)

    def test_duplicate_of_a_colleagues_template_is_ones_own(self):
        other = new_test_user(self.env, "template_other", groups="esign_crm.group_user")
        copy = self.template.with_user(other).copy()
        self.assertEqual((copy.user_id, copy.is_editable), (other, True))

    def test_request_becomes_a_template(self):
        request = self.make_request(content=plain_pdf(pages=2))
        action = request.with_user(self.rep).action_save_as_template()
        template = self.env["esign.template"].browse(action["res_id"])
        self.assertEqual(template.role_ids.mapped("name"), ["Our director", "Client"])
        self.assertEqual(self.plain(template.field_ids), self.plain(request.field_ids))
        self.assertEqual(template.document_id.sha256, request.uploaded_document_id.sha256)
        self.assertEqual(self.plain(self.use(template).field_ids), self.plain(request.field_ids))

    # --- rights --------------------------------------------------------------------------------------------------------

    def test_colleague_uses_a_template_but_does_not_change_it(self):
        other = new_test_user(self.env, "template_user", groups="sales_team.group_sale_salesman")
        mine = self.template.with_user(other)
        self.assertEqual(len(mine.field_ids), 3)
        self.assertFalse(mine.is_editable)
        self.lead.user_id = other
        request = (
            self.env["esign.request"]
            .with_user(other)
            .create_from_deal(self.lead.id, template_id=self.template.id)
        )
        self.assertTrue(request)
        for attempt in (
            lambda: mine.write({"name": "x"}), mine.unlink, lambda: mine.field_ids[0].write({"page": 2}),
            mine.field_ids[0].unlink, lambda: mine.role_ids[0].write({"name": "x"}),
            lambda: mine.field_ids.create(self.box(mine, mine.role_ids[0], "x")),
            lambda: mine._replace_file(plain_pdf(), "x.pdf"),
            lambda: mine.layout_save(0, "t", []),
        ):  # fmt: skip
            with self.assertRaises(AccessError):
                attempt()

    def test_leader_changes_his_teams_templates_and_a_manager_all(self):
        leader = new_test_user(self.env, "template_leader", groups="esign_crm.group_team_leader")
        manager = new_test_user(self.env, "template_manager", groups="esign_crm.group_manager")
        self.assertFalse(self.template.with_user(leader).has_access("write"))
        self.template.team_id = self.env["crm.team"].create({"name": "T", "user_id": leader.id})
        for who in (leader, manager):
            mine = self.template.with_user(who)
            mine.field_ids[0].name = who.name
            mine.role_ids[0].sequence = 3
            self.assertTrue(mine.is_editable)

    def test_strangers_and_other_companies_see_no_template(self):
        portal = new_test_user(self.env, "template_portal", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.template.with_user(portal).read(["name"])
        company = self.env["res.company"].create({"name": "Other"})
        manager = new_test_user(
            self.env, "template_far", groups="esign_crm.group_manager",
            company_id=company.id, company_ids=[(6, 0, company.ids)],
        )  # fmt: skip
        for records in (
            self.template, self.template.role_ids, self.template.field_ids, self.template.document_id,
            self.template.document_id.attachment_id,
        ):  # fmt: skip
            self.assertFalse(records.with_user(manager).search([("id", "in", records.ids)]))
        self.template.sudo().company_id = False
        self.assertTrue(self.template.document_id.with_user(manager)._bytes())
