"""After a full flow: people and deals come and go, the addon is updated and uninstalled; the evidence stays, no trace."""

import pytest

from dev.lib.rpc import Refused
from tests_live.people import Case


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """Give a stack whose database these tests use up, with a finished request."""
    from dev.lib.stack import Stack  # noqa: PLC0415

    with Stack(tmp_path_factory.mktemp("lived")) as running:
        case = Case(running)
        case.director_signs()
        assert case.visitor(case.client).walk("Claude Client")["sealed"]
        running.case = case
        yield running


def test_user_who_sent_can_be_deleted(lived):
    session = lived.session()
    group = session.call(
        "ir.model.data",
        "search_read",
        [("module", "=", "sales_team"), ("name", "=", "group_sale_manager")],
        ["res_id"],
    )
    user = session.call("res.users", "create", {
        "name": "Short Stay", "login": "short@example.com", "password": "short@example.com",
        "email": "short@example.com", "group_ids": [(4, group[0]["res_id"])],
    })  # fmt: skip
    case = Case(lived, login="short@example.com")
    case.director_signs()
    session.call("res.users", "unlink", [user])
    case.session = session
    assert case.read("state", "user_id") == {"id": case.id, "state": "sent", "user_id": False}
    assert case.visitor(case.client).walk("Claude Client")["sealed"]


def test_partners_can_be_merged_and_deleted(lived):
    session = lived.session()
    partners = session.call(
        "res.partner",
        "create",
        [{"name": f"Twin {n}", "email": f"twin{n}@client.example.com"} for n in range(2)],
    )
    case = Case(lived, client={"partner_id": partners[0]})
    wizard = session.call("base.partner.merge.automatic.wizard", "create", {
        "partner_ids": [(6, 0, partners)], "dst_partner_id": partners[1], "state": "selection",
    })  # fmt: skip
    session.call("base.partner.merge.automatic.wizard", "action_merge", [wizard])
    signer = session.call(
        "esign.signer",
        "search_read",
        [("request_id", "=", case.id), ("side", "=", "client")],
        ["partner_id", "name"],
    )[0]
    assert (signer["partner_id"][0], signer["name"]) == (partners[1], "Claude Client")
    session.call("res.partner", "unlink", [partners[1]])
    signer = session.call("esign.signer", "read", [signer["id"]], ["partner_id", "name"])[0]
    assert (signer["partner_id"], signer["name"]) == (False, "Claude Client")


def test_merged_deals_keep_their_requests(lived):
    session = lived.session()
    one, other = Case(lived), Case(lived)
    session.call("crm.lead", "merge_opportunity", [one.lead, other.lead])
    leads = {case.read("lead_id")["lead_id"][0] for case in (one, other)}
    assert len(leads) == 1


def test_deal_with_sent_request_cannot_be_deleted(lived):
    case = Case(lived)
    with pytest.raises(Refused):
        lived.session().call("crm.lead", "unlink", [case.lead])


def test_update_and_uninstall_leave_nothing_behind(lived):
    lived.server.options["crons"] = 0  # while one runs, Odoo refuses to change modules
    lived.server.options["arguments"] = ("--limit-time-real=900", "--limit-time-cpu=900")
    lived.server.restart()
    session = lived.session()
    module = session.call("ir.module.module", "search", [("name", "=", "esign_crm")])
    before = lived.case.read("sealed_sha256", "state")
    lived.query(
        "UPDATE ir_module_module SET latest_version = '19.0.1.0.0' WHERE name = 'esign_crm'"
    )
    lived.query(
        "UPDATE res_lang SET active = FALSE WHERE code IN ('de_DE', 'fr_FR', 'it_IT', 'pl_PL', 'ru_RU')"
    )
    session.call("ir.module.module", "button_immediate_upgrade", module)
    assert lived.case.read("sealed_sha256", "state") == before
    assert lived.query("SELECT count(*) FROM res_lang WHERE active") == "6"
    known = len(lived.server.errors())
    session.call("ir.module.module", "button_immediate_uninstall", module)
    assert lived.query("SELECT count(*) FROM pg_trigger WHERE tgname LIKE '%esign%'") == "0"
    assert lived.query("SELECT count(*) FROM pg_proc WHERE proname LIKE '%esign%'") == "0"
    assert lived.query("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'esign%'") == "0"
    errors = [line for line in lived.server.errors()[known:] if "selfie_segmentation" not in line]
    assert not errors, errors
