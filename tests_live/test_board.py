"""The board in a real browser: what each kind of user sees, finds, presses and drags."""

import pytest
from playwright.sync_api import expect

from tests_live.desk import CARDS, DESKTOP, PHONE, WIDE, logged_in
from tests_live.patience import settled
from tests_live.people import Case

LONG = "Dr. Maximiliane Friederike Schmidt-Hohenzollern von der Grünau-Wiesenthal"
GROUPS = {
    "lonely": ["sales_team.group_sale_salesman"],
    "leader": ["sales_team.group_sale_salesman", "esign_crm.group_team_leader"],
    "manager": ["esign_crm.group_manager"],
}


@pytest.fixture(scope="module")
def people(stack):
    """Make a rep without requests, a leader of the demo rep's team, and a manager without rights on deals."""
    session = stack.session()
    xmlids = {name for names in GROUPS.values() for name in names}
    ids = {}
    for name in xmlids:
        module, _, record = name.partition(".")
        (row,) = session.call(
            "ir.model.data",
            "search_read",
            [("module", "=", module), ("name", "=", record)],
            ["res_id"],
        )
        ids[name] = row["res_id"]
    for login, names in GROUPS.items():
        if session.call("res.users", "search_count", [("login", "=", login)]):
            continue
        groups = [(4, ids[name]) for name in names]
        user = session.call(
            "res.users", "create",
            {"name": login.title(), "login": login, "password": login, "group_ids": groups},
        )  # fmt: skip
        if login == "leader":
            session.call("crm.team", "create", {"name": "Board team", "user_id": user})
    return session


def case_of(stack, *, login="demo", **options):
    """Return a request of the demo rep; its number finds its card."""
    case = Case(stack, login=login, **options)
    case.number = case.read("name")["name"]
    return case


# --- dragging --------------------------------------------------------------------------------------------------------


def test_draft_that_a_rep_drags_to_our_signature_is_sent(stack, chromium):
    case = case_of(stack, send=False)
    with logged_in(chromium, stack, "demo") as desk:
        desk.board(case.number)
        with desk.answered("web_save"):
            desk.drag(case.number, "Our signature")
        expect(desk.column("Our signature").locator(CARDS)).to_contain_text("Undo sending")
    assert case.read("state")["state"] == "sent"
    case.session.call("esign.request", "action_send_now", [case.id])
    assert case.inbox(case.director).wait("links")


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("Cancelled", "Press “Cancel” on the card"),
        ("Client's signature", "Our side signs first"),
        ("Draft", "does not become a draft again"),
    ],
)
def test_refused_drag_puts_the_card_back_and_says_what_to_do(stack, chromium, column, words):
    case = case_of(stack)
    with logged_in(chromium, stack, "demo", WIDE) as desk:
        desk.board(case.number)
        desk.drag(case.number, column)
        dialog = desk.page.locator(".modal", has_text=words)
        dialog.wait_for()
        dialog.get_by_role("button", name="Close").first.click()
        expect(desk.column("Our signature").locator(CARDS)).to_contain_text(case.number)
        expect(desk.card(case.number)).to_have_count(1)
    assert case.read("state", "stage_id")["stage_id"][1] == "Our signature"


def test_drag_inside_a_state_is_free(stack, chromium):
    case, session = case_of(stack), stack.session()
    stage = session.call(
        "esign.stage", "create",
        {"name": "With the board", "state": "sent", "turn_side": "own", "sequence": 25},
    )  # fmt: skip
    with logged_in(chromium, stack, "demo") as desk:
        desk.board(case.number)
        with desk.answered("web_save"):
            desk.drag(case.number, "With the board")
        expect(desk.column("With the board").locator(CARDS)).to_contain_text(case.number)
        assert case.read("stage_id")["stage_id"][0] == stage
        with desk.answered("web_save"):
            desk.drag(case.number, "Our signature")
        expect(desk.column("Our signature").locator(CARDS)).to_contain_text(case.number)
    session.call("esign.stage", "unlink", [stage])


# --- cards -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_card_tells_whom_to_phone_and_holds_long_names(stack, chromium, device):
    case = case_of(stack, client={"name": LONG})
    case.session.call(
        "crm.lead",
        "write",
        [case.lead],
        {"name": "Deal with a name " + "that goes on " * 12, "expected_revenue": 1234},
    )
    case.director_signs()
    case.inbox(case.client).wait("links")
    with logged_in(chromium, stack, "demo", device) as desk:
        desk.page.goto(f"{stack.url}/odoo/e-signature")
        card = desk.card(case.number)
        card.scroll_into_view_if_needed()
        expect(card.locator("i[title=Signed]")).to_have_count(1)
        expect(card).to_contain_text("1,234.00")
        expect(card).to_contain_text("Invitation · ")
        expect(card.locator("i[title='Next reminder']")).to_have_count(1)
        expect(card.locator("a[href^='tel:']")).to_have_attribute("href", f"tel:{case.client}")
        expect(card.locator("a[href^='tel:']")).to_be_in_viewport()
        assert not desk.is_sideways()


def test_card_reminds_cancels_and_opens_the_deal(stack, chromium):
    case = case_of(stack)
    inbox = case.inbox(case.director)
    first = inbox.wait("links")
    with logged_in(chromium, stack, "demo") as desk:
        desk.board(case.number)
        desk.menu(case.number, "Open the deal")
        desk.page.locator(".o_form_view", has_text="Send for signature").wait_for()
        desk.board(case.number)
        desk.menu(case.number, "Remind")
        with desk.answered("action_remind"), desk.answered("web_read_group"):
            desk.page.locator(".modal").get_by_role("button", name="Ok").click()
        assert inbox.wait("links", more_than=1) != first
        desk.menu(case.number, "Cancel")
        modal = desk.page.locator(".modal")
        modal.locator("div[name=reason] input").fill("The amount has changed")
        modal.get_by_role("button", name="Cancel the request").click()
        modal.wait_for(state="detached")
    assert case.read("state", "cancel_reason") == {
        "id": case.id, "state": "cancelled", "cancel_reason": "The amount has changed",
    }  # fmt: skip


def test_signed_pdf_and_status_are_at_hand_on_the_deal(stack, chromium):
    case = case_of(stack)
    case.director_signs()
    assert case.visitor(case.client).walk("Claude Client").get("state") == "signed"
    with logged_in(chromium, stack, "demo") as desk:
        page = desk.page
        page.goto(f"{stack.url}/odoo/crm.lead/{case.lead}")
        page.locator("button[name=action_open_esign_requests]", has_text="Signed").wait_for()
        with page.expect_download() as download:
            page.locator("button[name=action_open_esign_sealed]").click()
        assert download.value.path().read_bytes().startswith(b"%PDF")
        page.get_by_text("was signed by everybody").first.wait_for()
        name = case.session.call("crm.lead", "read", [case.lead], ["name"])[0]["name"]
        page.goto(f"{stack.url}/odoo/crm")
        deal = page.locator(".o_kanban_record", has_text=name)
        expect(deal.locator(".badge", has_text="Signed")).to_be_visible()


# --- finding ---------------------------------------------------------------------------------------------------------


def listed(desk, numbers):
    """Return those of the numbers that the list shows."""
    text = desk.page.locator(".o_list_renderer").inner_text()
    return {number for number in numbers if number in text}


def test_manager_finds_what_needs_him(stack, chromium, people):
    own, client, declined = (case_of(stack) for _ in range(3))
    client.director_signs()
    visitor = declined.visitor(declined.director)
    visitor.confirm()
    assert visitor.step_in_turn("decline", reason="The amount is wrong")["state"] == "declined"
    numbers = {case.number for case in (own, client, declined)}
    shown = {
        "Waiting for us": {own.number},
        "Waiting for the client": {client.number},
        "Declined": {declined.number},
        "Late": set(),
        "Stuck": set(),
        "Not delivered": set(),
        "Locked": set(),
        "My requests": set(),
        "My team": set(),
    }
    with logged_in(chromium, stack, "manager") as desk:
        for words, expected in shown.items():
            desk.page.goto(f"{stack.url}/odoo/e-signature?view_type=list")
            desk.page.locator(".o_list_renderer").wait_for()
            desk.filter(words)
            desk.page.locator(".o_facet_value", has_text=words).wait_for()
            # the facet is there before the list is
            assert settled(desk.page, lambda: listed(desk, numbers), expected.__eq__) == expected, (
                words
            )


def test_each_kind_of_user_sees_his_requests(stack, chromium, people):
    teams = people.call("crm.team", "search", [("name", "=", "Board team")])
    mine, team = case_of(stack), case_of(stack, login="admin")
    people.call("esign.request", "write", [team.id], {"team_id": teams[0]})
    sees = {
        "demo": ({mine.number}, {team.number}),
        "leader": ({team.number}, {mine.number}),
        "manager": ({mine.number, team.number}, set()),
        "admin": ({mine.number, team.number}, set()),
    }
    for login, (shown, hidden) in sees.items():
        with logged_in(chromium, stack, login) as desk:
            desk.board()
            for number in shown:
                desk.card(number).wait_for()
            for number in hidden:
                expect(desk.card(number)).to_have_count(0)
            assert not desk.is_sideways(), login


def test_every_view_opens(stack, chromium, people):
    for login in ("demo", "manager"):
        with logged_in(chromium, stack, login) as desk:
            for view in ("list", "calendar", "pivot", "graph", "activity"):
                desk.page.goto(f"{stack.url}/odoo/e-signature?view_type={view}")
                desk.page.locator(f".o_{view}_view").first.wait_for()
            desk.page.goto(f"{stack.url}/odoo/e-signature-analysis")
            desk.page.locator(".o_pivot_view th", has_text="Completion rate").first.wait_for()


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_empty_board_says_where_to_begin(stack, chromium, people, device):
    with logged_in(chromium, stack, "lonely", device) as desk:
        desk.board()
        desk.page.get_by_text("Nothing to sign yet").wait_for()
        assert not desk.is_sideways()
