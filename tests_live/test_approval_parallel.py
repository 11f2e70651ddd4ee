"""A draft that somebody changes while it is approved: what is added is approved or refused, never sent unseen."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from dev.lib.rpc import Refused
from tests_live.locks import held, until
from tests_live.people import Case, approving

PLACE = {"page": 1, "x": 0.6, "y": 0.5, "width": 0.3, "height": 0.03}


@pytest.fixture(scope="module")
def staff(stack):
    """Give a rep and a manager of a company whose managers approve everything, for as long as these tests run."""
    with approving(stack, above=0) as people:
        yield people


def _asked(stack, staff):
    """Return a request of the rep's that waits for approval, and the function with which the manager gives it."""
    case = Case(
        stack,
        login=staff["rep"],
        fields=[PLACE | {"role": "Client", "type": "text", "name": "Place"}],
    )
    approval = case.read("approval_id")["approval_id"][0]
    manager = stack.session(staff["manager"])
    return case, lambda: manager.call("esign.approval", "action_approve", [approval])


def _until_it_waits_in(stack, words):
    until(stack, f"wait_event_type = 'Lock' AND query LIKE '%{words}%'")


def _outcome(call):
    try:
        return call.result()
    except Refused as refused:
        return refused.message


def _late_box(case):
    """Return (model, row held, values) of a box that waits for a value of deals."""
    client = case.session.call(
        "esign.signer", "search", [("request_id", "=", case.id), ("side", "=", "client")]
    )[0]
    value = case.session.call("esign.crm.value", "search", [])[0]
    box = {
        "request_id": case.id,
        "signer_id": client,
        "type": "crm_value",
        "name": "Late",
        "crm_value_id": value,
    }
    return "esign.field", ("esign_crm_value", value), box | PLACE


def _late_signer(case):
    """Return (model, row held, values) of a copy for a contact."""
    partner = case.stack.session().call("res.partner", "create", {"name": "Late"})
    copy = {"request_id": case.id, "side": "client", "kind": "copy", "role": "Late", "name": "Late",
            "email": "late@client.example.com", "partner_id": partner}  # fmt: skip
    return "esign.signer", ("res_partner", partner), copy


@pytest.mark.parametrize("late", [_late_box, _late_signer])
def test_what_is_added_while_a_request_is_approved_is_refused_or_asked_for_anew(stack, staff, late):
    case, approve = _asked(stack, staff)
    model, row, values = late(case)
    table, domain = model.replace(".", "_"), [("request_id", "=", case.id)]
    before = case.session.call(model, "search_count", domain)
    with ThreadPoolExecutor(2) as pool:
        with held(stack, *row):
            adding = pool.submit(case.session.call, model, "create", values)
            _until_it_waits_in(stack, f'INSERT INTO "{table}"')
            approving = pool.submit(approve)
            _until_it_waits_in(stack, f"FROM esign_request WHERE id = {case.id} FOR UPDATE")
        added, answer = _outcome(adding), _outcome(approving)
    is_sent = case.read("state")["state"] == "sent"
    assert is_sent == (answer is True), answer
    assert is_sent == ("The request was sent" in str(added)), added
    after = case.session.call(model, "search_count", domain)
    assert after - before == (0 if is_sent else 1)


def test_what_was_changed_before_an_approval_is_asked_for_anew(stack, staff):
    case, approve = _asked(stack, staff)
    box = case.session.call(
        "esign.field", "search", [("request_id", "=", case.id), ("name", "=", "Place")]
    )
    value = case.session.call("esign.crm.value", "search", [])[0]
    change = {"name": "Changed", "type": "crm_value", "crm_value_id": value, "required": False}
    with ThreadPoolExecutor(2) as pool:
        with held(stack, "esign_crm_value", value):
            changing = pool.submit(case.session.call, "esign.field", "write", box, change)
            _until_it_waits_in(stack, 'UPDATE "esign_field"')
            approving = pool.submit(approve)
            _until_it_waits_in(stack, f"esign_request WHERE id = {case.id} FOR NO KEY UPDATE")
        assert changing.result() is True
        answer = _outcome(approving)
    assert "was not sent" in answer["params"]["title"], answer
    assert case.read("state", "approval_state") == {
        "id": case.id, "state": "draft", "approval_state": "asked",
    }  # fmt: skip
