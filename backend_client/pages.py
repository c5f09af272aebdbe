"""Lists that come page by page."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import TypeVar

from backend_client.models.common import Page
from backend_client.transport import Params

Item = TypeVar("Item")
LARGEST_PAGE = 200
"""Items of one page at most."""


def page_params(cursor: str | None, limit: int, **others: str | None) -> Params:
    """The query of one page; what is None is not asked for."""
    given = {"cursor": cursor, **others}
    return {"limit": limit} | {name: value for name, value in given.items() if value is not None}


async def every(
    page: Callable[[str | None], Awaitable[Page[Item]]],
) -> AsyncGenerator[Item, None]:
    """All items of a list; `page` is asked for the next one when the items are used up."""
    cursor: str | None = None
    while True:
        found = await page(cursor)
        for item in found.items:
            yield item
        cursor = found.next_cursor
        if cursor is None:
            return
