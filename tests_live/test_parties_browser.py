"""The party directory in the backend: a rep types, imports and merges parties; a manager keeps our own side."""

import secrets
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests_live.desk import PHONE, logged_in
from tests_live.people import hire

WRONG, RIGHT = "856-734-62-16", "856-734-62-15"
MISTYPED = f"“{WRONG}” is mistyped, no NIP has this check digit"


@pytest.fixture(scope="module")
def staff(stack):
    """Give a rep, the leader of his team, and a manager."""
    return hire(stack.session())


def _button(page, words):
    return page.get_by_role("button", name=words, exact=True)


def _party(session, **values):
    return session.call("esign.party", "create", values)


def _found(session, *domain):
    return session.call("esign.party", "search_read", list(domain), ["name", "phone", "nip"])


def _type_nip(page, number):
    nip = page.locator("div[name=nip] input")
    nip.fill(number)
    nip.press("Tab")
    return nip


def test_wrong_nip_is_refused_in_words_and_a_right_one_taken(stack, staff, chromium):
    name, session = f"Anna {secrets.token_hex(3)}", stack.session(staff["rep"])
    with logged_in(chromium, stack, staff["rep"]) as desk:
        page = desk.open("parties/new", ".o_form_view")
        page.locator("div[name=name] input, div[name=name] textarea").first.fill(name)
        page.locator("div[name=country_id] input").fill("Poland")
        page.locator(".o-autocomplete--dropdown-item", has_text="Poland").first.click()
        page.locator("div[name=inn]").wait_for(state="detached")
        _type_nip(page, WRONG)
        page.locator(".tab-pane .alert-danger", has_text=MISTYPED).wait_for()
        page.locator(".o_form_button_save").click()
        refusal = page.get_by_role("dialog")
        refusal.get_by_text(MISTYPED).wait_for()
        refusal.locator("footer button").first.click()
        assert _found(session, ("name", "=", name)) == []
        nip = _type_nip(page, RIGHT)
        page.locator(".tab-pane .alert-danger").wait_for(state="detached")
        page.locator(".o_form_button_save").click()
        expect(nip).to_have_value("8567346215")  # the form that is stored
    assert [row["nip"] for row in _found(session, ("name", "=", name))] == ["8567346215"]


def test_wrong_nip_is_told_on_a_phone(stack, staff, chromium):
    session = stack.session(staff["rep"])
    poland = session.call("res.country", "search", [("code", "=", "PL")])[0]
    party = _party(session, name="Ewa Lis", country_id=poland)
    with logged_in(chromium, stack, staff["rep"], PHONE) as desk:
        page = desk.open(f"parties/{party}", ".o_form_view")
        _type_nip(page, WRONG)
        page.locator(".tab-pane .alert-danger", has_text=MISTYPED).wait_for()
        assert not desk.is_sideways()
        _type_nip(page, RIGHT)
        page.locator(".tab-pane .alert-danger").wait_for(state="detached")


def test_good_rows_of_a_file_come_in_and_the_bad_one_is_named(stack, staff):
    session, tag = stack.session(staff["rep"]), secrets.token_hex(3)
    rows = [
        "name,phone,nip",
        f"Anna {tag},+48601{secrets.randbelow(10**6):06d},{RIGHT}",
        f"Bad {tag},,{WRONG}",
        f"Jan {tag},+48602{secrets.randbelow(10**6):06d},",
    ]
    file = session.call(
        "base_import.import",
        "create",
        {
            "res_model": "esign.party",
            "file": "\n".join(rows),
            "file_name": "parties.csv",
            "file_type": "text/csv",
        },
    )
    options = {"has_headers": True, "quoting": '"', "separator": ",", "encoding": "utf-8"}
    names = ["name", "phone", "nip"]
    answer = session.call("base_import.import", "execute_import", [file], names, names, options)
    words = " ".join(each["message"] for each in answer["messages"])
    assert f"Bad {tag}: {MISTYPED}" in words
    taken = {row["name"] for row in _found(session, ("name", "like", tag))}
    assert taken == {f"Anna {tag}", f"Jan {tag}"}


def test_two_entries_of_one_person_are_merged_in_the_form(stack, staff, chromium):
    session = stack.session(staff["rep"])
    phone = f"+48603{secrets.randbelow(10**6):06d}"
    first = _party(session, name="Jan Nowak", phone=phone)
    second = _party(
        session, name="NOWAK Jan", phone=phone, authority_kind="attorney", authority_number="7/26"
    )
    with logged_in(chromium, stack, staff["rep"]) as desk:
        page = desk.open(f"parties/{first}", ".o_form_view")
        page.locator("button[name=action_open_merge]").click()
        dialog = page.get_by_role("dialog")
        expect(dialog.locator(".o_data_row")).to_have_count(2)
        _button(dialog, "Merge").click()
        page.get_by_text("Merged:").wait_for()
        page.locator("button[name=action_open_merge]").wait_for(state="detached")
        expect(page.locator("div[name=authority_number] input")).to_have_value("7/26")
    assert [row["id"] for row in _found(session, ("phone", "=", phone))] == [min(first, second)]


def test_power_of_attorney_that_ends_soon_is_a_warning_on_our_director(stack, staff, chromium):
    session = stack.session(staff["manager"])
    name = f"Dora {secrets.token_hex(3)}"
    director = _party(
        session,
        name=name,
        side="own",
        email=f"{secrets.token_hex(3)}@vendor.example.com",
        authority_kind="attorney",
        authority_number="12/26",
        authority_until=str(date.today() + timedelta(days=300)),
    )
    with logged_in(chromium, stack, staff["manager"]) as desk:
        page = desk.open(f"parties/{director}", ".o_form_view")
        ribbon = page.locator(".ribbon", has_text="Ends soon")
        assert ribbon.count() == 0
        until = page.locator("div[name=authority_until] input, div[name=authority_until] button")
        until.first.click()
        day = page.locator("div[name=authority_until] input")
        day.fill(f"{date.today() + timedelta(days=10):%m/%d/%Y}")
        day.press("Enter")
        ribbon.wait_for()
        page.locator(".o_form_button_save").click()
        page.locator(".o_form_button_save").wait_for(state="hidden")
    with logged_in(chromium, stack, staff["rep"]) as desk:
        page = desk.open(f"parties/{director}", ".o_form_view")
        page.locator(".ribbon", has_text="Ends soon").wait_for()
        page.get_by_text("is changed by managers of e-signature only").wait_for()
