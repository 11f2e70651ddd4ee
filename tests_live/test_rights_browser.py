"""Each kind of user in a real browser: his menus, the pages behind them, and the portal up to a signature."""

import pytest

from tests_live.desk import PHONE, logged_in
from tests_live.people import Case

GROUPS = {  # log-in → the group that he holds, and no right in CRM or in Odoo's settings
    "una": "group_user",
    "leo": "group_team_leader",
    "mia": "group_manager",
    "ada": "group_admin",
}


@pytest.fixture(scope="module")
def people(stack):
    """Make one user of each group."""
    session, module = stack.session(), "esign_crm"
    for login, group in GROUPS.items():
        _model, group_id = session.call("ir.model.data", "check_object_reference", module, group)
        names = {
            "name": login.title(),
            "login": login,
            "password": login,
            "email": f"{login}@vendor.example.com",
        }
        session.call(
            "res.users",
            "create",
            names | {"group_ids": [(4, group_id)], "notification_type": "inbox"},
        )
    return list(GROUPS)


def menus_of(stack, login):
    """Return (name, id) of what stands under E-signature for a user, as his web client loads it."""
    found = stack.session(login).call("ir.ui.menu", "load_web_menus", [], False)
    _model, root = stack.session().call(
        "ir.model.data", "check_object_reference", "esign_crm", "esign_crm_menu_root"
    )
    menus = [menu for menu in found.values() if menu.get("appID") == root and menu.get("actionID")]
    return sorted((menu["name"], menu["id"]) for menu in menus)


def assert_shown(page, what):
    """Fail when a page is not shown, or shows an error."""
    page.locator(".o_view_controller, .o_dialog .modal-body").first.wait_for()
    page.wait_for_timeout(700)  # what the view asks for next
    assert page.locator(".o_error_dialog, .o_notification.border-danger").count() == 0, what


@pytest.mark.parametrize("login", [*GROUPS, "demo", "admin"])
def test_every_page_of_ones_menus_opens(stack, chromium, people, login):
    case = Case(stack)
    if login in people:
        (user,) = case.session.call("res.users", "search", [("login", "=", login)])
        case.session.call("esign.request", "write", [case.id], {"user_id": user})
    menus = menus_of(stack, login)
    assert menus
    with logged_in(chromium, stack, login) as desk:
        desk.open("e-signature")
        for name, menu in menus:
            desk.choose(menu)
            assert_shown(desk.page, f"{login}: {name}")
        if login in people:
            desk.form(case).locator(".o_field_widget[name=signer_ids]").wait_for()


def test_administrator_of_e_signature_saves_settings_and_managers_are_told(stack, chromium, people):
    with logged_in(chromium, stack, "ada") as desk:
        page = desk.open("action-esign_crm.esign_settings_action", "[name=esign_link_days]")
        page.locator("[name=esign_link_days] input").fill("13")
        with page.expect_response("**/call_button/**"):
            page.get_by_role("button", name="Save", exact=True).click()
        page = desk.open("action-esign_crm.esign_settings_action", "[name=esign_link_days]")
        assert page.locator("[name=esign_link_days] input").input_value() == "13"
    told = stack.query(
        "SELECT count(DISTINCT u.login) FROM mail_notification n JOIN mail_message m ON m.id = n.mail_message_id"
        " JOIN res_users u ON u.partner_id = n.res_partner_id"
        " WHERE u.login IN ('mia', 'ada') AND m.body LIKE '%Days a link lives%'"
    )
    assert told.strip() == "2"


def test_portal_user_signs_from_his_list_with_the_code_from_his_phone(stack, chromium):
    session = stack.session()
    (contact,) = session.call(
        "res.users", "search_read", [("login", "=", "portal")], ["partner_id"]
    )
    case = Case(stack, client={"partner_id": contact["partner_id"][0]})
    number = case.read("name")["name"]
    with logged_in(chromium, stack, "portal", PHONE, by_form=True) as desk:
        page = desk.page
        page.goto(f"{stack.url}/my/esign")
        assert page.get_by_text(number).count() == 0, "before our side has signed"
        case.director_signs()
        page.goto(f"{stack.url}/my/home")
        page.locator("a[href='/my/esign']").click()
        row = page.locator("tr", has_text=number)
        row.get_by_text("Waits for your signature").wait_for()
        width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width[0] <= width[1], "scrolls sideways"
        row.get_by_role("button", name="Read and sign").click()
        page.locator("#esign-heading").wait_for()
        page.reload()
        page.locator(".page-image[src]").first.wait_for()
        page.get_by_role("button", name="Sign", exact=True).click()
        page.fill("#esign-code", case.inbox(case.client).wait("codes"))
        page.get_by_role("button", name="Continue", exact=True).click()
        page.locator("#esign-heading", has_text="Your signature").wait_for()
        page.check("#esign-consent")
        page.get_by_role("button", name="Sign", exact=True).click()
        page.locator("#esign-heading", has_text="The document is signed").wait_for()
        page.goto(f"{stack.url}/my/esign")
        page.locator("tr", has_text=number).get_by_text("Signed by everybody").wait_for()
    assert case.read("state")["state"] == "done"
