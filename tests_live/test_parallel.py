"""Many at once, on several real processes: caps hold, one seal, one set of messages."""

import time
from concurrent.futures import ThreadPoolExecutor

from tests_live.patience import until_heard
from tests_live.people import Case


def _at_once(count, work):
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(work, range(count)))


def test_fifty_parallel_wrong_tries_never_pass_the_cap(stack):
    case = Case(stack)
    visitor = case.visitor(case.director)
    visitor.step("code")
    code = case.inbox(case.director).wait("codes")
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    answers = _at_once(50, lambda _number: until_heard(lambda: visitor.step("confirm", code=wrong)))
    errors = [answer["error"] for answer in answers]
    assert errors.count("code_wrong") == 5, errors
    assert set(errors) == {"code_wrong", "code_void"}
    assert visitor.step("confirm", code=code)["error"] == "code_void"


def test_codes_asked_for_at_once_are_sent_once(stack):
    case = Case(stack)
    visitor = case.visitor(case.director)
    answers = _at_once(10, lambda _number: until_heard(lambda: visitor.step("code")))
    assert sum("error" not in answer for answer in answers) == 1, answers
    assert len(case.inbox(case.director).codes()) == 1


def test_two_last_signatures_at_once_make_one_seal_and_one_set_of_messages(stack):
    case = Case(stack)
    case.director_signs()
    visitor = case.visitor(case.client)
    visitor.confirm()
    answers = _at_once(4, lambda _number: visitor.sign("Claude Client"))
    assert {answer.get("state") for answer in answers} == {"signed"}, answers
    until = time.monotonic() + 90
    while case.read("state")["state"] != "done" and time.monotonic() < until:
        time.sleep(0.5)
    kinds = case.kinds()
    assert [kinds.count(kind) for kind in ("sealed", "completed")] == [1, 1]
    assert kinds.count("signed") == 2
    case.inbox(case.client).wait("texts", more_than=2)
    time.sleep(3)
    assert len(case.inbox(case.client).links()) == 2
    assert (
        len([mail for mail in case.inbox(case.director).mails() if list(mail.iter_attachments())])
        == 1
    )


def test_client_is_not_reached_before_our_side_whatever_is_called_at_once(stack):
    case = Case(stack)
    calls = ("action_remind", "action_send", "action_retry_seal", "action_remind")

    def call(number):
        try:
            case.session.call("esign.request", calls[number % 4], [case.id])
        except Exception as error:  # noqa: BLE001 - refusals are what is expected
            return str(error)
        return ""

    _at_once(12, call)
    time.sleep(3)
    assert not case.inbox(case.client).texts()
    assert not case.session.call(
        "esign.message", "search_count", [("request_id", "=", case.id), ("channel", "=", "sms")]
    )
