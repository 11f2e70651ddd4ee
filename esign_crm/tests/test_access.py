"""Who may do what: every model, each operation, each kind of user."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import EsignCommon

OPERATIONS = ("read", "write", "create", "unlink")
EVERYTHING, NOTHING, READ = set(OPERATIONS), set(), {"read"}
PEOPLE = ("user", "leader", "manager", "admin", "employee", "portal", "public")
# model → what each kind of user may do with it at all; who is not named may do nothing
RIGHTS = {
    "esign.request": dict.fromkeys(("user", "leader", "manager", "admin"), EVERYTHING),
    "esign.signer": dict.fromkeys(("user", "leader", "manager", "admin"), EVERYTHING),
    "esign.field": dict.fromkeys(("user", "leader", "manager", "admin"), EVERYTHING),
    "esign.party": dict.fromkeys(("user", "leader", "manager", "admin"), EVERYTHING),
    "esign.template": dict.fromkeys(("user", "leader", "manager", "admin"), EVERYTHING),
    "esign.template.role": dict.fromkeys(("user", "leader", "manager", "admin"), EVERYTHING),
    "esign.act": dict.fromkeys(("user", "leader", "manager", "admin"), EVERYTHING),
    "esign.act.line": dict.fromkeys(("user", "leader", "manager", "admin"), EVERYTHING),
    "esign.crm.value": {"user": READ, "leader": READ, "manager": READ, "admin": EVERYTHING},
    "esign.document.kind": {
        "user": READ,
        "leader": READ,
        "manager": EVERYTHING,
        "admin": EVERYTHING,
    },
    "esign.document": dict.fromkeys(("user", "leader", "manager", "admin"), READ),
    "esign.event": dict.fromkeys(("user", "leader", "manager", "admin"), READ),
    "esign.approval": dict.fromkeys(("user", "leader", "manager", "admin"), READ),
    "esign.delegation": dict.fromkeys(("user", "leader", "manager", "admin"), READ),
    "esign.contact.change": dict.fromkeys(("user", "leader", "manager", "admin"), READ),
    "esign.message": dict.fromkeys(("user", "leader", "manager", "admin"), READ),
    "esign.stage": {"user": READ, "leader": READ, "manager": EVERYTHING, "admin": EVERYTHING},
    "esign.rule": {"user": READ, "leader": READ, "manager": EVERYTHING, "admin": EVERYTHING},
    "esign.rule.run": dict.fromkeys(("user", "leader", "manager", "admin"), READ),
    "esign.sealing.key": {"admin": READ},
    "esign.endpoint": {"manager": READ, "admin": EVERYTHING},
    "esign.webhook.call": {"manager": READ, "admin": READ},
    "esign.webhook.attempt": {"manager": READ, "admin": READ},
    "esign.act.printing": {},
    "esign.check": {},
    "esign.link": {},
    "esign.otp": {},
    "esign.paper": {},
}


class AccessCommon(EsignCommon):
    """One user of each kind, and a request of each kind of owner."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {
            "user": cls._user("user", "esign_crm.group_user"),
            "leader": cls._user("leader", "esign_crm.group_team_leader"),
            "manager": cls._user("manager", "esign_crm.group_manager"),
            "admin": cls.env.ref("base.user_admin"),
            "employee": cls._user("employee", "base.group_user"),
            "portal": cls._user("portal", "base.group_portal"),
            "public": cls.env.ref("base.public_user"),
        }
        cls.team = cls.env["crm.team"].create({"name": "Mills", "user_id": cls.people["leader"].id})

    @classmethod
    def _user(cls, name, group):
        return new_test_user(
            cls.env, f"access_{name}", groups=group, email=f"{name}@vendor.example.com"
        )

    def _children(self, request):
        """Return the records of ``request`` in every model that hangs on it."""
        return [
            request, request.signer_ids, request.field_ids, request.event_ids, request.message_out_ids,
            request.uploaded_document_id | request.frozen_document_id,
        ]  # fmt: skip

    def assert_sees(self, who, request, expected):
        for records in self._children(request):
            mine = records.with_user(self.people[who])
            self.assertTrue(records, records._name)
            found = (
                mine.search([("id", "in", records.ids)])
                if mine.has_access("read") or expected
                else mine.browse()
            )
            self.assertEqual(bool(found), expected, f"{who} finding {records._name}")
            if not expected:
                with self.assertRaises(AccessError, msg=f"{who} reading {records._name}"):
                    mine.read(["id", "display_name"])


@tagged("post_install", "-at_install")
class TestAccessModels(AccessCommon):
    """Rights on models and on single records."""

    def test_every_model_has_its_row_in_the_matrix(self):
        stored = {
            name for name, model in self.env.registry.items()
            if name.startswith("esign.") and not model._abstract and not model._transient
        }  # fmt: skip
        self.assertEqual(stored, set(RIGHTS))

    def test_matrix(self):
        for model, rights in RIGHTS.items():
            for who in PEOPLE:
                records = self.env[model].with_user(self.people[who])
                allowed = {operation for operation in OPERATIONS if records.has_access(operation)}
                self.assertEqual(allowed, rights.get(who, NOTHING), f"{who} on {model}")

    def test_only_e_sign_users_open_the_wizards(self):
        for model in ("esign.send.wizard", "esign.cancel.wizard"):
            for who in PEOPLE:
                may = self.env[model].with_user(self.people[who]).has_access("create")
                self.assertEqual(
                    may, who in ("user", "leader", "manager", "admin"), f"{who} on {model}"
                )

    def test_sales_groups_bring_e_sign_groups(self):
        rep = new_test_user(
            self.env, "access_rep", groups="sales_team.group_sale_salesman_all_leads"
        )
        boss = new_test_user(self.env, "access_boss", groups="sales_team.group_sale_manager")
        self.assertTrue(rep.has_group("esign_crm.group_user"))
        self.assertFalse(rep.has_group("esign_crm.group_team_leader"))
        self.assertTrue(boss.has_group("esign_crm.group_manager"))
        self.assertFalse(boss.has_group("esign_crm.group_admin"))
        self.assertFalse(self.people["manager"].has_group("sales_team.group_sale_salesman"))

    # --- whose requests --------------------------------------------------------------------------------------------

    def test_user_sees_his_own_requests_only(self):
        request = self.make_request()
        self.assert_sees("user", request, expected=False)
        request.user_id = self.people["user"]
        self.assert_sees("user", request, expected=True)

    def test_leader_sees_the_requests_of_his_team(self):
        request = self.make_request()
        self.assert_sees("leader", request, expected=False)
        request.team_id = self.team
        self.assert_sees("leader", request, expected=True)

    def test_leader_sees_the_teams_that_he_belongs_to(self):
        other = self.env["crm.team"].create({"name": "Bakeries"})
        member = self.env["crm.team.member"].create(
            {"crm_team_id": other.id, "user_id": self.people["leader"].id}
        )
        request = self.make_request()
        request.team_id = other
        self.assert_sees("leader", request, expected=True)
        member.active = False
        self.env.invalidate_all()
        self.assert_sees("leader", request, expected=False)

    def test_manager_and_administrator_see_everything_of_the_company(self):
        request = self.make_request()
        self.assert_sees("manager", request, expected=True)
        self.assert_sees("admin", request, expected=True)

    def test_strangers_see_nothing(self):
        request = self.make_request()
        for who in ("employee", "portal", "public"):
            self.assert_sees(who, request, expected=False)

    def test_nobody_sees_another_companys_requests(self):
        other = self.env["res.company"].create({"name": "Other company"})
        request = self.make_request()
        self.env.cr.execute(
            "UPDATE esign_request SET company_id = %s WHERE id = %s", (other.id, request.id)
        )
        self.env.cr.execute("ALTER TABLE esign_event DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE esign_event SET company = %s WHERE request_id = %s", (other.id, request.id)
        )
        self.env.cr.execute(
            "UPDATE esign_message SET company_id = %s WHERE request_id = %s", (other.id, request.id)
        )
        self.env.invalidate_all()
        for who in ("manager", "leader", "user"):
            self.assert_sees(who, request, expected=False)
        for records in self._children(request):
            mine = records.with_user(self.people["admin"]).with_context(
                allowed_company_ids=self.company.ids
            )
            self.assertFalse(mine.search([("id", "in", records.ids)]), records._name)

    def test_user_changes_no_colleagues_draft(self):
        draft = self.make_request(send=False).with_user(self.people["user"])
        for attempt in (
            lambda: draft.write({"title": "Mine"}), draft.unlink, draft.action_send,
            lambda: draft.signer_ids.write({"email": "me@example.org"}), lambda: draft.field_ids.write({"page": 1}),
        ):  # fmt: skip
            with self.assertRaises(AccessError):
                attempt()

    def test_request_for_a_colleague_is_not_created(self):
        requests = self.env["esign.request"].with_user(self.people["user"])
        with self.assertRaises(AccessError):
            requests.create({"title": "In his name", "user_id": self.rep.id})

    def test_drafts_are_deleted_sent_requests_by_nobody(self):
        for who in ("user", "manager", "admin"):
            draft = self.make_request(send=False)
            draft.user_id = self.people[who]
            draft.with_user(self.people[who]).unlink()
            self.assertFalse(draft.exists())
            sent = self.make_request()
            sent.user_id = self.people[who]
            with self.assertRaisesRegex(Exception, "Only drafts"), self.env.cr.savepoint():
                sent.with_user(self.people[who]).unlink()
