"""A colleague at the web client: logs in, looks at the board, drags cards."""

import contextlib

from playwright.sync_api import Error, expect

CARDS = ".o_kanban_record:not(.o_kanban_ghost)"
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
WIDE = {"viewport": {"width": 1680, "height": 900}}  # all columns, the folded ones too
PHONE = {"viewport": {"width": 375, "height": 740}, "has_touch": True, "is_mobile": True}
# what a browser says when the web client was just reloading itself, as after settings were saved
RELOADED = ("ERR_ABORTED", "interrupted by another navigation")


class Desk:
    """One log-in in a browser of its own; `page` is Playwright's."""

    def __init__(self, page, stack):
        """Take an open page that is logged in."""
        self.page = page
        self.stack = stack

    def open(self, path, ready=".o_view_controller"):
        """Open a page of the web client, wait until `ready` (a selector) is there, and return Playwright's page."""
        address = f"{self.stack.url}/odoo/{path}"
        try:
            self.page.goto(address)
        except Error as error:
            if not any(words in str(error) for words in RELOADED):
                raise
            self.page.goto(address)
        self.page.locator(ready).first.wait_for()
        return self.page

    def choose(self, menu):
        """Choose from the menus of the web client, by the menu's id, and wait until its page is loaded."""
        self.page.evaluate(
            "menu => odoo.__WOWL_DEBUG__.root.env.services.menu.selectMenu(menu)", menu
        )

    def form(self, case):
        """Open a case's request and return Playwright's page."""
        return self.open(f"e-signature/{case.id}", ".o_form_view")

    def board(self, search=None):
        """Open the board; with words, only the requests of whose number or title they are part."""
        self.page.goto(f"{self.stack.url}/odoo/e-signature")
        self.page.locator(".o_kanban_renderer").wait_for()
        if search:
            with self.answered("web_read_group"):
                search_for(self.page, search)
            self.page.locator(".o_facet_value", has_text=search).wait_for()
            others = self.page.locator(CARDS).filter(has_not_text=search)
            expect(others).to_have_count(0)  # it is drawn

    def answered(self, method):
        """Return a context that ends once the server has answered a call of this method on requests."""
        return self.page.expect_response(f"**/esign.request/{method}")

    def filter(self, *names):
        """Choose filters of the list's search menu by their words, besides those that are set."""
        self.page.locator(".o_searchview_dropdown_toggler").click()
        for name in names:
            with self.answered("web_search_read"):
                self.page.get_by_role("menuitemcheckbox", name=name, exact=True).click()
        self.page.locator(".o_searchview_dropdown_toggler").click()

    def column(self, name):
        """Return a column of the board by its name."""
        title = self.page.locator(".o_column_title", has_text=name)
        return self.page.locator(".o_kanban_group", has=title)

    def card(self, number):
        """Return the card of a request by its number."""
        return self.page.locator(CARDS, has_text=number)

    def drag(self, number, column):
        """Drag a card onto a column with the mouse."""
        card, target = self.card(number).bounding_box(), self.column(column).bounding_box()
        mouse = self.page.mouse
        mouse.move(card["x"] + 60, card["y"] + 12)
        mouse.down()
        mouse.move(card["x"] + 80, card["y"] + 30, steps=5)
        self.page.locator(".o_dragged").wait_for()
        mouse.move(target["x"] + target["width"] / 2, target["y"] + 120, steps=15)
        self.page.locator(".o_kanban_group.o_kanban_hover", has_text=column).wait_for()
        mouse.up()

    def menu(self, number, words):
        """Choose from the menu of a card."""
        card = self.card(number)
        card.hover()
        card.locator(".o_dropdown_kanban button").click()
        self.page.get_by_role("menuitem", name=words, exact=True).click()

    def is_sideways(self):
        """Tell whether the page, or a card in it, is wider than the room it has."""
        return self.page.evaluate(
            "document.documentElement.scrollWidth > innerWidth ||"
            " [...document.querySelectorAll('.o_kanban_record')].some(c => c.scrollWidth > c.clientWidth + 1)"
        )


def search_for(page, words):
    """Search a list or board; Enter is heard once the first proposal is marked."""
    page.locator(".o_searchview_input").fill(words)
    page.locator(".o_searchview_autocomplete .o-dropdown-item.focus").first.wait_for()
    page.locator(".o_searchview_input").press("Enter")


@contextlib.contextmanager
def logged_in(chromium, stack, login, device=None, *, by_form=False):
    """Yield a colleague's desk; what breaks in the console, or answers as an error, is a failure.

    He is logged in already, so that no page is loaded that the test does not look at; with `by_form` he logs in.
    """
    stack.query(
        "UPDATE res_users SET odoobot_state = 'disabled'"
    )  # its greeting lies over the page of a first log-in
    context = chromium.new_context(**(device or DESKTOP))
    context.set_default_timeout(60_000)
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "response",
        lambda answer: (
            complaints.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None
        ),
    )
    if by_form:
        page.goto(f"{stack.url}/web/login")
        page.fill("#login", login)
        page.fill("#password", login)
        page.click(".oe_login_buttons button[type=submit]")
        page.wait_for_url(lambda url: "/web/login" not in url)
    else:
        cookie = stack.session(login).cookie
        context.add_cookies([{"name": "session_id", "value": cookie, "url": stack.url}])
    yield Desk(page, stack)
    context.close()
    assert complaints == []
