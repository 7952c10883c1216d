"""Pages of a list: whoever asks for one that is not there gets the nearest that is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salur.core.pages import Page

WHOLE = range(1, 121)  # on pages of 50: three


@pytest.mark.parametrize(
    ("asked", "number", "items"),
    [
        (1, 1, range(1, 51)),
        (3, 3, range(101, 121)),
        (4, 3, range(101, 121)),
        (100_000, 3, range(101, 121)),
        (0, 1, range(1, 51)),
        (-1, 1, range(1, 51)),
    ],
)
def test_a_page_beyond_the_last_is_the_last(asked: int, number: int, items: range) -> None:
    page = Page.cut(asked, WHOLE, 50)
    assert (page.number, page.pages, page.found, page.first) == (number, 3, 120, items[0])
    assert list(page) == list(items)


@pytest.mark.parametrize("asked", [1, 9])
def test_of_an_empty_list_there_is_one_empty_page(asked: int) -> None:
    page: Page[str] = Page.cut(asked, (), 50)
    assert (page.items, page.number, page.pages, page.found) == ((), 1, 1, 0)


@pytest.mark.parametrize("whole", [WHOLE, ()])
def test_without_a_size_all_is_on_one_page(whole: range) -> None:
    page = Page.cut(9, whole, None)
    assert (list(page), page.number, page.pages) == (list(whole), 1, 1)


def test_what_is_read_from_a_database_is_asked_for_by_limit_and_offset() -> None:
    page = Page.read(9, 120, 50, lambda limit, offset: (limit, offset))
    assert page.items == (50, 100)


def test_changing_the_items_keeps_the_place() -> None:
    page = Page.cut(2, WHOLE, 50)
    assert (page.map(str)[0], page.map(str).number, page.map(str).found) == ("51", 2, 120)


@given(st.integers(0, 300), st.integers(1, 60))
def test_all_pages_together_are_the_list(found: int, size: int) -> None:
    whole = range(found)
    pages = [Page.cut(number, whole, size) for number in range(1, Page.cut(1, whole, size).pages + 1)]
    assert [item for page in pages for item in page] == list(whole)
