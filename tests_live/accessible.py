"""What axe-core says of a page."""

from axe_playwright_python.sync_playwright import Axe

# WCAG 2.2 AA, and what axe-core's authors hold to be good practice
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def assert_accessible(page):
    """Fail with axe-core's words when it finds a violation on the page as it stands."""
    found = Axe().run(page, options=RULES)
    violations = [
        f"{each['id']}: {each['help']} · {each['nodes'][0]['html'][:200]}"
        for each in found.response["violations"]
    ]
    assert violations == [], f"{page.url}: {violations}"
