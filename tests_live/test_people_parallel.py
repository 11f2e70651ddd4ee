"""Corrections at once, on several real processes: decided once, never beside a signature."""

import secrets
from concurrent.futures import ThreadPoolExecutor

import pytest

from dev.lib.rpc import Refused
from tests_live.locks import held
from tests_live.people import Case, hire


@pytest.fixture(scope="module")
def staff(stack):
    """Give a rep, the leader of his team, and a manager."""
    return hire(stack.session())


def _at_once(*works):
    """Run the functions at once; return their answers, a refusal as its words."""

    def answer(work):
        try:
            return work()
        except Refused as refused:
            return refused.message

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(answer, works))


def _propose(case, staff):
    """Return the new address and the function that approves it."""
    client = case.session.call(
        "esign.signer", "search", [("request_id", "=", case.id), ("side", "=", "client")]
    )
    new = f"claude-{secrets.token_hex(3)}@client.example.com"
    change = case.session.call(
        "esign.signer", "action_correct_contact", client, "email", new, "He told me"
    )
    leader = case.stack.session(staff["leader"])
    return new, lambda: leader.call("esign.contact.change", "action_approve", [change])


def test_document_is_withdrawn_once(stack, staff):
    case = Case.of_rep(stack, staff)
    assert case.visitor(case.client).walk("Claude Client")["sealed"]
    manager = stack.session(staff["manager"])

    def withdraw():
        return manager.call("esign.request", "action_withdraw", [case.id], "Wrong period")

    answers = _at_once(*[withdraw] * 6)
    assert answers.count(True) == 1, answers
    assert case.kinds().count("withdrawn") == 1


def test_change_waits_for_a_request_that_is_held_for_a_moment(stack, staff):
    case = Case.of_rep(stack, staff)
    with held(stack, "esign_request", case.id, seconds=2):
        _propose(case, staff)


def test_change_of_a_request_that_stays_held_is_refused_in_words(stack, staff):
    case = Case.of_rep(stack, staff)
    with (
        held(stack, "esign_request", case.id),
        pytest.raises(Refused, match="is being changed at this moment"),
    ):
        _propose(case, staff)


def test_address_is_approved_once(stack, staff):
    case = Case.of_rep(stack, staff)
    new, approve = _propose(case, staff)
    answers = _at_once(*[approve] * 6)
    assert answers.count(True) == 1, answers
    assert case.kinds().count("contact_changed") == 1
    case.inbox(new).wait("links")
    assert len(set(case.inbox(new).links())) == 1


def test_signature_and_change_of_address_exclude_each_other(stack, staff):
    case = Case.of_rep(stack, staff)
    visitor = case.visitor(case.client)
    visitor.confirm()
    _new, approve = _propose(case, staff)
    signed, approved = _at_once(lambda: visitor.sign("Claude Client"), approve)
    kinds = case.kinds()
    changed, done = kinds.count("contact_changed"), kinds.count("signed") == 2
    assert changed + done == 1, (signed, approved, kinds)
    assert (approved is True) == bool(changed)
    assert (signed.get("state") == "signed") == done
