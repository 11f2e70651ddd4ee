"""A connection that goes, a tab that the phone throws away, two devices: nothing is lost, and nothing is done twice."""

import pytest

from tests_live.people import Case
from tests_live.signing_page import heading, press
from tests_live.situations import away, offline
from tests_live.test_browser import draw

PHONE = {"viewport": {"width": 375, "height": 667}, "has_touch": True, "is_mobile": True}
PLACE = {"role": "Client", "page": 1, "x": 0.55, "y": 0.10, "width": 0.38, "height": 0.03}
FIELDS = [PLACE | {"type": "text", "name": "Place"}]


@pytest.fixture
def device(chromium):
    """Give a function that makes a phone's browser; what is lost on purpose is complained about in its console."""
    contexts = []

    def make():
        contexts.append(chromium.new_context(**PHONE))
        contexts[-1].set_default_timeout(20_000)
        return contexts[-1]

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def case(stack):
    """Give a request that waits for the client."""
    case = Case(stack, fields=FIELDS)
    case.director_signs()
    case.inbox(case.client).wait("links")
    return case


def opened(context, case):
    """Open the client's link in a browser."""
    page = context.new_page()
    page.goto(case.inbox(case.client).links()[-1])
    heading(page, "")
    return page


def at_the_code(context, case):
    """Return a page on which the client has asked for the code."""
    page = opened(context, case)
    press(page, "Sign")
    case.inbox(case.client).wait("codes")
    return page


def at_the_fields(context, case):
    """Return a page on which the client has confirmed the code."""
    page = at_the_code(context, case)
    type_code(page, case)
    fields_as_list(page)
    return page


def fields_as_list(page):
    """Wait for the fields, and show them all at once."""
    heading(page, "Fill in the fields")
    press(page, "Show as a list")


def type_code(page, case):
    """Type the code that arrived."""
    page.fill("#esign-code", case.inbox(case.client).codes()[-1])
    press(page, "Continue")


def at_the_signature(page):
    """Go on from the fields, and draw."""
    press(page, "Continue")
    heading(page, "Your signature")
    draw(page)
    page.check("#esign-consent")


def test_lost_connection_in_the_middle_of_each_step_loses_nothing(case, device):
    context = device()
    page = opened(context, case)
    with offline(page):
        page.get_by_text("No connection.").first.wait_for()
    press(page, "Sign")
    case.inbox(case.client).wait("codes")
    with offline(page):
        type_code(page, case)
        page.get_by_role("button", name="Try again").wait_for()
    fields_as_list(page)  # sent again by itself
    with offline(page):
        page.get_by_label("Place").fill("Łódź")
        page.get_by_text("Your entries are not saved yet").wait_for()
    at_the_signature(page)
    with offline(page):
        press(page, "Sign")
        page.get_by_role("button", name="Try again").wait_for()
    assert case.read("state")["state"] == "sent"  # nobody signs by himself
    press(page, "Try again")
    heading(page, "The document is signed")
    assert case.kinds().count("signed") == 2


def test_server_that_is_away_is_told_in_words_and_asked_again(case, device):
    page = at_the_fields(device(), case)
    page.get_by_label("Place").fill("Rouen")
    at_the_signature(page)
    with away(page):
        press(page, "Sign")
        page.locator(".alert", has_text="Our server does not answer just now.").wait_for()
    press(page, "Try again")
    heading(page, "The document is signed")


def test_tab_that_was_thrown_away_while_the_code_was_read_comes_back_to_the_code(case, device):
    context = device()
    at_the_code(context, case).close()
    page = opened(context, case)
    heading(page, "Confirm that it is you")
    page.get_by_text("We have sent a code by SMS").wait_for()
    assert len(case.inbox(case.client).codes()) == 1
    page.go_back()
    page.locator(".facts").wait_for()  # the document can be read all the same
    page.go_forward()
    page.reload()
    type_code(page, case)
    fields_as_list(page)
    page.get_by_label("Place").fill("Rouen")
    page.get_by_text("Your entries are saved.").wait_for()
    page.close()
    page = opened(context, case)
    press(page, "Sign")
    fields_as_list(page)
    assert page.get_by_label("Place").input_value() == "Rouen"


def test_code_asked_for_on_one_device_is_typed_on_the_other_and_both_learn_of_the_signature(
    case, device
):
    first = at_the_code(device(), case)
    second = opened(device(), case)
    type_code(second, case)
    fields_as_list(second)
    second.get_by_label("Place").fill("Rouen")
    at_the_signature(second)
    press(second, "Sign")
    heading(second, "The document is signed")
    type_code(first, case)
    heading(first, "The document is signed")
    assert case.kinds().count("signed") == 2


def test_signature_given_meanwhile_on_another_device_is_told_at_the_signature(case, device):
    page = at_the_fields(device(), case)
    page.get_by_label("Place").fill("Rouen")
    at_the_signature(page)
    case.stack.query("UPDATE esign_otp SET reserved_at = reserved_at - interval '2 minutes'")
    other = case.visitor(case.client)
    texts = [field for field in other.page()["fields"] if field["type"] == "text"]
    values = {str(field["id"]): "Rouen" for field in texts}
    answer = other.walk("Claude Client", values=values)
    assert answer.get("state") == "signed", answer
    press(page, "Sign")
    heading(page, "The document is signed")
    assert case.kinds().count("signed") == 2


def test_sign_at_once_after_a_question_was_left_leads_to_the_code(case, device):
    page = opened(device(), case)
    press(page, "Decline")
    page.get_by_role("dialog").wait_for()
    page.evaluate(
        "document.querySelector('dialog').close();"
        "document.querySelector('.bar-bottom .button-primary').click()"
    )
    page.locator("#esign-code").wait_for()
    page.wait_for_timeout(500)  # a turn of the history
    assert page.locator("#esign-code").is_visible()


def test_right_code_that_arrives_after_its_step_was_left_declines_nothing(case, device):
    page = opened(device(), case)
    press(page, "Decline")
    page.get_by_role("dialog").get_by_role("textbox").fill("Too dear")
    page.locator("dialog [type=submit]").click()
    page.fill("#esign-code", case.inbox(case.client).wait("codes"))
    on_the_way = []

    def hold(route):
        on_the_way.append(route)

    page.route("**/confirm", hold)
    press(page, "Continue")
    press(page, "Back to the document")
    press(page, "Continue signing")
    page.locator("#esign-code").wait_for()
    on_the_way[0].continue_()
    fields_as_list(page)  # the code was good all the same
    assert case.read("state")["state"] == "sent"
