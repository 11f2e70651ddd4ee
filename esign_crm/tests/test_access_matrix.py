"""The matrix on real rows: every model, each operation, each kind of user, whose request it is."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .rows import insert_row
from .test_access import NOTHING, OPERATIONS, READ, RIGHTS, AccessCommon

# Models that hang on no request: where their rows belong. A new model with `request_id` needs no line here.
ELSEWHERE = {
    "esign.stage": "everywhere",
    "esign.party": "shared",  # all of the company read it; who changes it goes by whose it is
    "esign.rule": "company",
    "esign.sealing.key": "company",
    "esign.endpoint": "company",
    "esign.webhook.call": "company",
    "esign.webhook.attempt": "company",
    "esign.check": "everywhere",
    "esign.paper": "everywhere",
    "esign.template": "shared",
    "esign.crm.value": "everywhere",
    "esign.document.kind": "shared",
    "esign.template.role": "shared",
    "esign.link": "request",
    "esign.otp": "request",
    "esign.act.line": "request",
    "esign.act.printing": "request",
}
# Wizards and pages: who may open one. A new one needs its line.
OPENS = {
    "esign.send.wizard": {"user", "leader", "manager", "admin"},
    "esign.send.many.wizard": {"user", "leader", "manager", "admin"},
    "esign.send.many.wizard.line": {"user", "leader", "manager", "admin"},
    "esign.send.wizard.person": {"user", "leader", "manager", "admin"},
    "esign.cancel.wizard": {"user", "leader", "manager", "admin"},
    "esign.contact.wizard": {"user", "leader", "manager", "admin"},
    "esign.party.merge.wizard": {"user", "leader", "manager", "admin"},
    "esign.refuse.wizard": {"user", "leader", "manager", "admin"},
    "esign.extend.wizard": {"user", "leader", "manager", "admin"},
    "esign.withdraw.wizard": {"manager", "admin"},
    "esign.setup.wizard": {"manager", "admin"},
    "esign.settings": {"admin"},
}
SEES = {  # whose requests → who sees them
    "own": {"user", "manager", "admin"},
    "team": {"leader", "manager", "admin"},
    "colleague": {"manager", "admin"},
    "foreign": {"stranger"},
}
HOW = "a new model: say in test_access.RIGHTS what each group may, and in test_access_matrix where its rows belong"


@tagged("post_install", "-at_install")
class TestAccessMatrix(AccessCommon):
    """Rows of four requests: the user's own, the team's, a colleague's, another company's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other company"})
        cls.people["stranger"] = new_test_user(
            cls.env, "access_stranger", groups="esign_crm.group_manager",
            company_id=cls.other.id, company_ids=[(6, 0, cls.other.ids)],
        )  # fmt: skip
        cls.requests = {
            "own": cls._request(user_id=cls.people["user"].id),
            "team": cls._request(user_id=cls.rep.id, team_id=cls.team.id),
            "colleague": cls._request(user_id=cls.rep.id),
            "foreign": cls._request(user_id=cls.rep.id, company_id=cls.other.id),
        }

    @classmethod
    def _request(cls, **values):
        values = {"company_id": cls.company.id, "lead_id": cls.lead.id, "state": "draft"} | values
        return insert_row(
            cls.env,
            "esign.request",
            {"esign.stage": cls.env["esign.stage"]._for_state("draft").id},
            **values,
        )

    def as_person(self, records, who):
        """Return the records as this person sees them in his own company."""
        person = self.people[who]
        return records.with_user(person).with_context(allowed_company_ids=person.company_id.ids)

    def row(self, model, whose):
        """Return a row of ``model`` that belongs to one of the four requests."""
        request = self.requests[whose]
        if model == "esign.request":
            return request
        known = {"esign.request": request.id, "res.company": request.company_id.id}
        if model == "esign.template.role":
            known["esign.template"] = self.row("esign.template", whose).id
        fields, values = self.env[model]._fields, {}
        if "signer_id" in fields or model == "esign.field":
            known["esign.signer"] = insert_row(self.env, "esign.signer", known).id
        if model.startswith("esign.act"):  # has an owner of its own
            owner = {"user_id": request.user_id.id, "team_id": request.team_id.id or None}
            act = insert_row(self.env, "esign.act", known, **owner)
            if model == "esign.act":
                return act
            known["esign.act"] = act.id
        for name, value in (
            ("company", request.company_id.id),
            ("signer_id", known.get("esign.signer")),
            *self._owner(model, request),
        ):
            if name in fields and value:
                values[name] = value
        return insert_row(self.env, model, known, **values)

    def _owner(self, model, request):
        """Return whose a row without a request is, where it is somebody's."""
        if ELSEWHERE.get(model) != "shared":
            return ()
        return ("side", "client"), ("user_id", request.user_id.id), ("team_id", request.team_id.id)

    def sees(self, model, whose):
        """Return who may use his rights on rows of ``model`` that belong to this request."""
        place = ELSEWHERE.get(model, "request")
        if place in ("request", "shared"):
            return SEES[whose]
        here = {"user", "leader", "manager", "admin"}
        if place == "everywhere":
            return here | {"stranger"}
        return SEES["foreign"] if whose == "foreign" else here

    def test_every_row(self):
        for model, rights in RIGHTS.items():
            has_place = "request_id" in self.env[model]._fields or model in ELSEWHERE
            self.assertTrue(has_place or model == "esign.request", f"{model}: {HOW}")
            for whose in SEES:
                row = self.row(model, whose)
                for who in self.people:
                    with self.subTest(model=model, whose=whose, who=who):
                        self._check_row(row, who, rights, self.sees(model, whose))

    def _check_row(self, row, who, rights, sees):
        mine = self.as_person(row, who)
        granted = rights.get("manager" if who == "stranger" else who, NOTHING)
        expected = granted if who in sees else NOTHING
        if self._may_use(row, who):
            expected = expected | READ
        allowed = {operation for operation in OPERATIONS if mine.has_access(operation)}
        self.assertEqual(allowed, expected)
        if "read" in granted:
            self.assertEqual(bool(mine.search([("id", "=", row.id)])), "read" in expected)
        if "read" not in expected:
            with self.assertRaises(AccessError):
                mine.read(["id", "display_name"])

    def _may_use(self, row, who):
        """Tell whether somebody may read a row that is shared within its company."""
        senders = ("user", "leader", "manager", "admin", "stranger")
        if ELSEWHERE.get(row._name) != "shared" or who not in senders:
            return False
        owner_sudo = row.sudo()
        if "template_id" in owner_sudo._fields:
            owner_sudo = owner_sudo.template_id
        return self.people[who].company_id == owner_sudo.company_id

    def test_stored_files_follow_their_request(self):
        for whose, sees in SEES.items():
            document = self.row("esign.document", whose)
            attachment = self.env["esign.document"]._attach_sudo(
                document, "x.pdf", b"%PDF-", "application/pdf"
            )
            for who in self.people:
                mine = self.as_person(attachment.sudo(False), who)
                expected = READ if who in sees else NOTHING
                allowed = {operation for operation in OPERATIONS if mine.has_access(operation)}
                self.assertEqual(allowed, expected, f"{who}: a file of the {whose} request")
                self.assertEqual(bool(mine.search([("id", "=", attachment.id)])), bool(expected))

    def test_what_is_written_about_a_request_follows_it(self):
        for whose, request in self.requests.items():
            request.sudo().message_post(body="A note")
            activity = request.sudo().activity_schedule(
                "mail.mail_activity_data_todo", user_id=self.rep.id
            )
            for who in self.people:
                expected = who in SEES[whose]
                for records in (request.message_ids, activity):
                    mine = self.as_person(records.sudo(False), who)
                    found = mine.has_access("read") and mine.search([("id", "in", records.ids)])
                    self.assertEqual(
                        bool(found), expected, f"{who}: {records._name} of the {whose} request"
                    )

    def test_deal_shows_and_counts_only_what_its_reader_sees(self):
        seller = self.env.ref("sales_team.group_sale_salesman_all_leads")
        for who, expected in (
            ("user", ("own",)),
            ("leader", ("team",)),
            ("manager", ("own", "team", "colleague")),
        ):
            self.people[who].group_ids |= seller
            lead = self.as_person(self.lead, who)
            wanted = self.env["esign.request"].union(*(self.requests[whose] for whose in expected))
            self.assertEqual(set(lead.esign_request_ids.ids), set(wanted.ids), who)
            self.assertEqual(lead.esign_request_count, len(wanted), who)

    def test_switching_companies_changes_what_is_seen(self):
        manager = self.people["manager"]
        manager.company_ids |= self.other
        domain = [("id", "in", [request.id for request in self.requests.values()])]
        requests = self.env["esign.request"].with_user(manager)
        for companies, count in (
            (self.company, 3),
            (self.other, 1),
            (self.company | self.other, 4),
        ):
            here = requests.with_context(allowed_company_ids=companies.ids)
            self.assertEqual(here.search_count(domain), count)
            self.assertEqual(
                len(here.web_read_group(domain, ["company_id"], ["__count"])["groups"]),
                len(companies),
            )

    def test_every_page_and_wizard_opens_for_its_people_only(self):
        transient = {
            name for name, model in self.env.registry.items() if name.startswith("esign.") and model._transient
        }  # fmt: skip
        self.assertEqual(transient, set(OPENS), HOW)
        for model, opens in OPENS.items():
            for who in self.people:
                may = who in (opens | {"stranger"} if "manager" in opens else opens)
                records = self.as_person(self.env[model], who)
                self.assertEqual(records.has_access("create"), may, f"{who} on {model}")
                self.assertEqual(records.has_access("read"), may, f"{who} on {model}")

    def test_what_one_person_fills_in_nobody_else_reads(self):
        rules = self.env["ir.rule"]
        for model in OPENS:
            with self.subTest(model=model):
                domain = rules.with_user(self.people["admin"])._compute_domain(model, "read")
                mine, theirs = (
                    self.env[model].new({"create_uid": person.id})
                    for person in (self.people["admin"], self.people["user"])
                )
                self.assertTrue(mine.filtered_domain(domain))
                self.assertFalse(theirs.filtered_domain(domain))
        form = self.as_person(self.env["esign.send.many.wizard"], "user").create({})
        with self.assertRaises(AccessError):
            self.as_person(form, "manager").read(["create_uid"])

    def test_drafts_are_deleted_where_they_are_seen(self):
        for whose, request in self.requests.items():
            for who in sorted(self.people.keys() - SEES[whose]):
                with self.assertRaises(AccessError, msg=f"{who}: the {whose} draft"):
                    self.as_person(request, who).unlink()
            for who in sorted(SEES[whose]):
                with self.env.cr.savepoint() as savepoint:
                    self.as_person(request, who).unlink()
                    self.assertFalse(request.exists())
                    savepoint.rollback()
                self.env.invalidate_all()
