"""A rep who proposes another address, and who may decide about it."""

from odoo.service.model import call_kw
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .common import EsignHttpCommon

NEW = "claude@client.example.com"
REASON = "Claude told me by phone"


class ContactCommon(EsignHttpCommon):
    """A rep, the leader of his team, a leader of another team, a manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leader = cls._user("leader", "group_team_leader", "Lea Leader")
        cls.other_leader = cls._user("other", "group_team_leader", "Otto Other")
        cls.manager = cls._user("manager", "group_manager", "Max Manager")
        cls.team = cls.env["crm.team"].create({"name": "Mills", "user_id": cls.leader.id})
        cls.env["crm.team"].create({"name": "Bakeries", "user_id": cls.other_leader.id})

    @classmethod
    def _user(cls, name, group, full_name):
        return new_test_user(
            cls.env,
            f"contact_{name}",
            groups=f"esign_crm.{group}",
            email=f"{name}@vendor.example.com",
            name=full_name,
        )

    def setUp(self):
        super().setUp()
        self.request = self.make_request()
        self.request.team_id = self.team
        self.director, self.client = self.request.signer_ids.sorted("sequence")

    def run_typed(self, record, code):
        """Run code that somebody typed into a server action on ``record``."""
        action = self.env["ir.actions.server"].create(
            {
                "name": "In his name",
                "model_id": self.env["ir.model"]._get_id(record._name),
                "state": "code",
                "code": code,
            }
        )
        with mute_logger("odoo.addons.base.models.ir_actions"):
            action.with_context(active_id=record.id, active_model=record._name).run()

    def propose(self, signer=None, *, channel="email", address=NEW, user=None, reason=REASON):
        """Return the proposal that ``user`` (the rep) makes for ``signer`` (the client)."""
        signer = (signer or self.client).with_user(user or self.rep)
        change_id = signer.action_correct_contact(channel, address, reason)
        return self.env["esign.contact.change"].browse(change_id)

    def approve(self, change, user=None):
        """Approve as the web client does."""
        records = self.env["esign.contact.change"].with_user(user or self.leader)
        call_kw(records, "action_approve", [change.ids], {})
        self.env.invalidate_all()

    def director_signs(self):
        """Let our side sign; return the client's token."""
        self.walk(self.DIRECTOR, "Dora Director")
        self.deliver()
        return self.wires.last_token(self.CLIENT)
