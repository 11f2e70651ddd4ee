"""What the field placer reads and saves, on templates and on drafts."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestLayout(TemplateCommon):
    """``layout_load`` and ``layout_save``."""

    def save(self, owner, layout, revision=None, token="t1"):
        revision = owner.layout_revision if revision is None else revision
        return owner.layout_save(revision, token, layout)

    def new(self, owner, key="n1", **values):
        role = owner._layout_roles()[0].id
        return {
            "key": key, "role": role, "type": "text", "name": "New", "page": 1, "required": True,
            "x": 0.5, "y": 0.5, "width": 0.2, "height": 0.05,
        } | values  # fmt: skip

    def owners(self):
        return self.template, self.make_request(send=False).with_user(self.rep)

    def test_load_tells_all_that_the_placer_shows(self):
        shown = self.template.layout_load()
        self.assertEqual([page["number"] for page in shown["pages"]], [1, 2])
        self.assertEqual([role["name"] for role in shown["roles"]], ["Our director", "Customer"])
        self.assertTrue(shown["is_editable"])
        self.assertEqual(len(shown["fields"]), 3)
        types = {each["type"]: each["fillers"] for each in shown["types"]}
        self.assertEqual(set(types), set(dict(self.env["esign.field"]._fields["type"].selection)))
        self.assertEqual(types["date_signed"], ["system"])
        may_require = {each["type"] for each in shown["types"] if each["may_require"]}
        self.assertIn("crm_value", may_require, "a deal may have nothing to put there")
        self.assertFalse({"date_signed", "document_number", "requisites"} & may_require)

    def test_what_was_loaded_saves_without_a_change(self):
        for owner in self.owners():
            before = owner.field_ids.read()
            answer = self.save(owner, owner.layout_load()["fields"])
            self.assertEqual(answer, {"revision": owner.layout_revision})
            self.assertEqual(owner.field_ids.read(), before)

    def test_save_creates_changes_and_deletes(self):
        for owner in self.owners():
            first, *_others = owner.layout_load()["fields"]
            self.save(owner, [first | {"x": 0.25, "name": "Moved"}, self.new(owner)])
            self.assertEqual(sorted(owner.field_ids.mapped("name")), ["Moved", "New"])
            self.assertEqual(owner.field_ids.filtered(lambda field: field.name == "Moved").x, 0.25)
            keys = [field["key"] for field in owner.layout_load()["fields"]]
            self.assertEqual(keys[1], "n1", "the placer's own name for it stays")

    def test_same_saving_again_answers_the_same(self):
        layout = [self.new(self.template)]
        start = self.template.layout_revision
        answer = self.save(self.template, layout, revision=start)
        self.assertEqual(self.save(self.template, layout, revision=start), answer)
        self.assertEqual(len(self.template.field_ids), 1)

    def test_second_tab_overwrites_nothing(self):
        start = self.template.layout_revision
        self.save(self.template, [self.new(self.template)], revision=start, token="tab 1")
        answer = self.save(self.template, [], revision=start, token="tab 2")
        self.assertEqual(answer, {"conflict": start + 1})
        self.assertEqual(len(self.template.field_ids), 1)

    def test_new_file_is_a_conflict_too(self):
        loaded = self.template.layout_load()
        self.template._replace_file(self.template.document_id._bytes(), "same.pdf")
        answer = self.save(self.template, loaded["fields"], revision=loaded["revision"])
        self.assertIn("conflict", answer)

    def test_wrong_fields_are_refused_with_their_number(self):
        other, start = self.make_template().role_ids[0], self.template.layout_revision
        for wrong, words in (
            ({"x": 0.9}, "no. 1: the box"), ({"x": "0"}, "no. 1: x"), ({"page": 3}, "no page 3"),
            ({"role": other.id}, "no. 1: this role"), ({"name": " "}, "no. 1: name"),
            ({"template_id": 1}, "no. 1: unknown"), ({"type": "nonsense"}, "nonsense"), ({"key": ""}, "no. 1: key"),
        ):  # fmt: skip
            with self.assertRaisesRegex(Exception, words), self.env.cr.savepoint():
                self.save(self.template, [self.new(self.template, **wrong)])
        self.assertEqual(self.template.layout_revision, start)

    def test_saving_a_used_template_starts_the_next_version(self):
        used = self.use().template_version_id
        self.save(self.template, [self.new(self.template)])
        self.assertEqual((self.template.version, len(used.field_ids)), (2, 3))
        self.assertFalse(used.layout_load()["is_editable"])
        with self.assertRaises(UserError):
            self.save(used.with_user(self.rep), [])

    def test_sent_request_is_fixed(self):
        request = self.make_request().with_user(self.rep)
        shown = request.layout_load()
        self.assertFalse(shown["is_editable"])
        with self.assertRaisesRegex(UserError, "fixed"):
            self.save(request, [])

    def test_colleague_reads_and_saves_no_draft(self):
        draft = self.make_request(send=False)
        other = new_test_user(self.env, "layout_other", groups="esign_crm.group_user")
        mine = draft.with_user(other)
        for attempt in (mine.layout_load, lambda: mine.layout_save(0, "t", [])):
            with self.assertRaises(AccessError):
                attempt()
