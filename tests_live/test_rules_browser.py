"""Rules in a real browser: a rep reads, a manager makes one without developer mode, an administrator releases an action."""

import re
import secrets

import pytest

from tests_live.desk import DESKTOP, PHONE, logged_in
from tests_live.people import Case
from tests_live.test_rules import code_action, wait_until_over

RULES = "e-signature-rules"
ROW = ".o_data_row"


@pytest.fixture
def manager(stack):
    """Give the log-in of a new sales manager without rights to Settings."""
    session, login = stack.session(), f"manager-{secrets.token_hex(3)}"
    (group,) = session.call(
        "ir.model.data", "search_read",
        [("module", "=", "sales_team"), ("name", "=", "group_sale_manager")], ["res_id"],
    )  # fmt: skip
    session.call(
        "res.users", "create",
        {"name": "Mona Manager", "login": login, "email": f"{login}@vendor.example.com", "password": login,
         "group_ids": [(4, group["res_id"])]},
    )  # fmt: skip
    return login


def open_menu(desk, *names):
    """Walk to a menu of the addon as people do; return Playwright's page."""
    page = desk.open("e-signature")
    page.locator(".o_menu_sections").get_by_text("Configuration").click()
    for name in names:
        page.get_by_role("menuitem", name=name, exact=True).click()
    return page


def choose(page, field, words):
    """Choose from a selection."""
    page.locator(f".o_field_widget[name={field}] input").click()
    page.locator(".o_select_menu_item", has_text=re.compile(f"^{re.escape(words)}$")).click()


def test_rep_reads_rules_and_changes_none(stack, chromium):
    with logged_in(chromium, stack, "demo") as desk:
        page = open_menu(desk, "Rules")
        page.locator(ROW, has_text="everybody has signed").click()
        page.locator(".o_form_view").get_by_text("mark the deal as won").first.wait_for()
        assert page.locator(".o_form_button_create").count() == 0
        assert page.locator(".o_field_widget[name=trigger] input").count() == 0


def test_manager_makes_a_rule_without_developer_mode(stack, chromium, manager):
    tag = secrets.token_hex(3)
    with logged_in(chromium, stack, manager) as desk:
        page = open_menu(desk, "Rules")
        page.locator(".o_list_button_add").click()
        choose(page, "trigger", "a signer declines")
        choose(page, "side", "of the client")
        choose(page, "action", "write a note")
        page.locator(".o_field_widget[name=note] textarea").fill(f"Call them {tag}")
        page.locator(".o_field_widget[name=name] input").fill(f"Refusals {tag}")
        page.locator(".o_form_view").get_by_text(
            "When a signer declines (of the client): write a note"
        ).first.wait_for()
        page.locator(".o_form_button_save").click()
        page.locator(".o_form_saved").wait_for(state="attached")
        desk.open(RULES)
        page.locator(ROW, has_text="When a signer declines (of the client)").first.wait_for()
    session = stack.session()
    (rule,) = session.call(
        "esign.rule", "search_read", [("name", "=", f"Refusals {tag}")], ["user_id", "note"]
    )
    assert (rule["user_id"][1], rule["note"]) == ("Mona Manager", f"Call them {tag}")
    session.call("esign.rule", "unlink", [rule["id"]])


def test_manager_chooses_an_action_that_the_administrator_released(stack, chromium, manager):
    session = stack.session()
    name = f"Released {secrets.token_hex(3)}"
    action = code_action(session, "pass")
    session.call("ir.actions.server", "write", [action], {"name": name, "is_esign_released": False})
    with logged_in(chromium, stack, "admin") as desk:
        page = open_menu(desk, "Server actions for rules")
        row = page.locator(ROW, has_text=name)
        with page.expect_response("**/ir.actions.server/web_save"):
            row.locator("[name=is_esign_released] input").check(force=True)
    with logged_in(chromium, stack, manager) as desk:
        page = desk.open(f"{RULES}/new")
        choose(page, "action", "run a server action")
        page.locator(".o_field_widget[name=server_action_id] input").fill(name)
        page.locator(".o-autocomplete--dropdown-item", has_text=name).click()
        page.locator(".o_form_view").get_by_text(f"run the server action “{name}”").first.wait_for()
        page.locator(".o_form_button_cancel").click()


@pytest.fixture
def failed_case(stack):
    """Give (request, rule, server action) whose rule failed, as its action was not released any more."""
    session = stack.session()
    action = code_action(session, "pass")
    values = {"trigger": "sent", "action": "server_action", "server_action_id": action}
    rule = session.call("esign.rule", "create", values | {"name": "Call the courier"})
    session.call("ir.actions.server", "write", [action], {"is_esign_released": False})
    case = Case(stack)
    assert wait_until_over(case, rule)["state"] == "failed"
    yield case, rule, action
    session.call("esign.rule", "unlink", [rule])


def open_automation(desk, case):
    """Open the request at what rules did; return Playwright's page."""
    page = desk.form(case)
    page.locator(".o_form_view .nav-link", has_text="Automation").click()
    return page


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_failed_rule_is_shown_on_the_request(stack, chromium, failed_case, device):
    with logged_in(chromium, stack, "admin", device) as desk:
        page = open_automation(desk, failed_case[0])
        page.get_by_text("A rule could not do its work").wait_for()
        page.get_by_text("not released any more").last.wait_for()
        width, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width <= window


def test_failed_rule_is_tried_again_from_the_request(stack, chromium, failed_case):
    case, rule, action = failed_case
    stack.session().call("ir.actions.server", "write", [action], {"is_esign_released": True})
    with logged_in(chromium, stack, "admin") as desk:
        page = open_automation(desk, case)
        page.locator("[name=rule_run_ids] button[name=action_retry]").click()
        page.get_by_text("A rule could not do its work").wait_for(state="hidden")
        assert wait_until_over(case, rule)["state"] == "done"
