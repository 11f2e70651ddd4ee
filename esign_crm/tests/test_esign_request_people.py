"""What those are called who were given no role: in the language of the document, whoever sends it."""

from odoo.tests import tagged

from .act_common import EsignActCommon
from .send_common import SendCommon
from .template_common import TemplateCommon

GERMAN = {"own": "Unsere Seite", "client": "Kunde"}
POLISH = {"own": "Nasza strona", "client": "Klient"}


@tagged("post_install", "-at_install")
class TestEsignRequestPeople(SendCommon, TemplateCommon, EsignActCommon):
    """The rep reads English, our director French, the client German."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("de_DE", "fr_FR", "pl_PL"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.partner.lang = "de_DE"

    def roles(self, request):
        return {each.side: each.role for each in request.signer_ids if each.kind == "signer"}

    def nameless(self, **client):
        own, other = ({**each, "role": None} for each in self.signers(**client))
        return [own | {"lang": "fr_FR"}, other]

    def test_signers_without_a_role_get_the_usual_one_in_the_clients_language(self):
        request = self.make_request(send=False, signers=self.nameless(lang="de_DE"))
        self.assertEqual(self.roles(request), GERMAN)
        request = self.make_request(send=False, signers=self.nameless(lang="xx_XX"))
        self.assertEqual(self.roles(request), {"own": "Our side", "client": "Client"})

    def test_first_client_decides_as_he_does_for_the_certificate_page(self):
        second = {"side": "client", "role": "Zeuge", "name": "Paul", "email": "paul@client.example.org"}  # fmt: skip
        signers = [second | {"sequence": 3, "lang": "pl_PL"}, *self.nameless(lang="de_DE")]
        request = self.make_request(send=False, signers=signers)
        request.invalidate_recordset()
        self.assertEqual(request._paper_lang(), "de_DE")
        self.assertEqual(set(request.signer_ids.mapped("role")), {"Unsere Seite", "Kunde", "Zeuge"})

    def test_people_of_the_deal_and_the_form_are_called_alike(self):
        made = self.make_request(send=False, signers=None)
        self.assertEqual(self.roles(made), GERMAN)
        form = self.filled()
        self.assertEqual(self.roles(self.sent(form)), GERMAN)
        form = self.filled()
        form.client_lang = "pl_PL"
        self.assertEqual(self.roles(self.sent(form)), POLISH)

    def test_copy_of_a_request_keeps_the_words_of_its_document(self):
        request = self.make_request(signers=self.nameless(lang="de_DE"))
        self.assertEqual(self.roles(request.with_user(self.rep)._as_new_draft()), GERMAN)

    def test_act_names_both_in_its_own_language(self):
        act = self.make_act(lang="pl_PL")
        self.wizard(act).action_send()
        self.assertEqual(self.roles(act.request_id), POLISH)

    def test_roles_of_a_template_stay_as_they_are_called(self):
        request = self.use(signers=self.nameless(lang="de_DE"))
        self.assertEqual(self.roles(request), {"own": "Our director", "client": "Customer"})
        ours = self.template.role_ids.filtered(lambda role: role.side == "own")
        self.template.field_ids.filtered(lambda field: field.role_id == ours).unlink()
        ours.unlink()
        request = self.use(signers=self.nameless(lang="de_DE"))
        self.assertEqual(self.roles(request), {"own": "Unsere Seite", "client": "Customer"})

    def test_field_may_name_a_usual_role_in_its_callers_language(self):
        box = {"type": "text", "name": "Remarks", "page": 1, "x": 0.1, "y": 0.3, "width": 0.3}
        boxes = [box | {"height": 0.05, "role": role} for role in ("Client", "Kunde")]
        request = self.make_request(
            send=False, signers=self.nameless(lang="de_DE"), fields=[boxes[0]]
        )
        remarks = request.field_ids.filtered(lambda field: field.type == "text")
        self.assertEqual(remarks.signer_id.side, "client")
        request = self.make_request(
            send=False, signers=self.nameless(lang="de_DE"), fields=[boxes[1]]
        )
        self.assertEqual(len(request.field_ids), 3)
