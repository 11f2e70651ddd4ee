"""One document for many deals, from several tabs and pages at once: each deal gets one request."""

from concurrent.futures import ThreadPoolExecutor

from dev.lib.rpc import Refused
from tests_live.many import Many


def _at_once(work, arguments):
    with ThreadPoolExecutor(len(arguments)) as pool:
        list(pool.map(work, arguments))


def test_two_tabs_of_one_page_send_each_deal_once(stack):
    many = Many.of(stack, 6)
    page = many.page()
    _at_once(many.send, [page] * 3)
    many.assert_one_each()
    assert many.states(page) == ["sent"] * 6


def test_two_pages_of_the_same_deals_send_each_deal_once(stack):
    many = Many.of(stack, 6)
    pages = [many.page() for _each in range(2)]
    _at_once(many.send, pages)
    many.assert_one_each()
    ends = [many.states(page) for page in pages]
    assert sorted(ends[0] + ends[1]) == ["open"] * 6 + ["sent"] * 6, ends


def test_form_of_one_deal_beside_a_page_of_many_sends_once_and_says_so(stack):
    many = Many.of(stack, 6)
    page, forms = many.page(), [many.form(lead) for lead in many.leads]
    refusals = []

    def send(what):
        try:
            many.send(what) if what == page else many.send_form(what[0])
        except Refused as refusal:
            refusals.append(str(refusal))

    _at_once(send, [page, *((form,) for form in forms)])
    many.assert_one_each()
    assert len(refusals) == many.states(page).count("sent"), refusals
    assert all("Meanwhile" in refusal for refusal in refusals), refusals
