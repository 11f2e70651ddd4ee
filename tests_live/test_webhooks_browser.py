"""Webhook endpoints in a real browser: the administrator sets one up and tests it, a manager may only look at calls."""

import secrets

import pytest

from dev.sinks.webhook import WebhookSink
from tests_live.desk import PHONE, logged_in
from tests_live.patience import settled

DOTS = "••••••••"


@pytest.fixture(scope="module")
def manager(stack):
    """Give the log-in of a manager who has no further rights."""
    session, login = stack.session(), f"manager-{secrets.token_hex(3)}"
    domain = [("module", "=", "esign_crm"), ("name", "=", "group_manager")]
    group = session.call("ir.model.data", "search_read", domain, ["res_id"])[0]["res_id"]
    vals = {"name": "Mira Manager", "login": login, "password": login, "group_ids": [(4, group)]}
    session.call("res.users", "create", vals)
    return login


def endpoint_of(stack, sink, **values):
    """Return the id of a new endpoint that leads to the receiver."""
    vals = {"name": "Bookkeeping", "url": sink.url, "secret": sink.secret, "allow_private": True}
    return stack.session().call("esign.endpoint", "create", vals | values)


def field(page, name):
    """Return the input of a form's field."""
    return page.locator(f".o_field_widget[name={name}] input")


def test_administrator_sets_up_and_tests_an_endpoint(stack, chromium):
    with WebhookSink(secrets.token_hex(8)) as sink, logged_in(chromium, stack, "admin") as desk:
        page = desk.open("action-esign_crm.esign_endpoint_action/new")
        field(page, "name").fill("Bookkeeping of the mill")
        field(page, "url").fill(sink.url)
        field(page, "secret").fill(sink.secret)
        field(page, "allow_private").check()
        page.locator(".o_form_button_save").click()
        page.wait_for_function(
            "(dots) => document.querySelector('.o_field_widget[name=secret] input').value === dots",
            arg=DOTS,
        )
        page.get_by_role("button", name="Send a test").click()
        row = page.locator(".o_data_row", has_text="Bookkeeping of the mill")
        row.wait_for()
        tries = (
            "SELECT count(*) FROM esign_webhook_attempt a JOIN esign_webhook_call c ON c.id = a.call_id"
            f" JOIN esign_endpoint e ON e.id = c.endpoint_id WHERE e.url = '{sink.url}'"
        )
        # the receiver knows before it is noted
        assert settled(page, lambda: stack.query(tries), "1".__eq__) == "1"
        assert sink.calls[0][1]["event"] == "test"
        row.locator("td[name=trigger]").click()
        page.locator(".o_field_widget[name=attempt_ids] .o_data_row").wait_for()
        assert sink.secret not in page.content()


def test_manager_finds_calls_and_no_endpoint_to_change(stack, chromium, manager):
    with WebhookSink(secrets.token_hex(8)) as sink:
        endpoint = endpoint_of(stack, sink)
        with logged_in(chromium, stack, manager) as desk:
            page = desk.open(f"action-esign_crm.esign_endpoint_action/{endpoint}")
            page.locator(".o_form_view .o_field_widget[name=name]").wait_for()
            assert (
                page.locator(".o_field_widget[name=url], .o_field_widget[name=secret]").count() == 0
            )
            assert page.get_by_role("button", name="Send a test").count() == 0
            assert page.locator(".o_form_view .o_field_widget input:not([disabled])").count() == 0
            desk.open("action-esign_crm.esign_webhook_call_action")
            page.locator(".o_list_view, .o_view_nocontent").first.wait_for()
            page.get_by_role("button", name="Configuration").click()
            page.get_by_role("menuitem", name="Webhook calls").wait_for()
            assert page.get_by_role("menuitem", name="Webhook endpoints").count() == 0


@pytest.mark.parametrize("path", ["esign_endpoint_action", "esign_webhook_call_action"])
def test_screens_fit_a_phone(stack, chromium, path):
    with WebhookSink(secrets.token_hex(8)) as sink:
        endpoint = endpoint_of(stack, sink, name="The bookkeeping of the mill by the river " * 3)
        stack.session().call("esign.endpoint", "action_test", [endpoint])
        record = f"/{endpoint}" if path == "esign_endpoint_action" else ""
        with logged_in(chromium, stack, "admin", PHONE) as desk:
            page = desk.open(f"action-esign_crm.{path}{record}")
            page.locator(".o_form_view, .o_kanban_record").first.wait_for()
            width, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            assert width <= window
