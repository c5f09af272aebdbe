"""What a request's own row says of its files: kept by the database's triggers (migration 0007)."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import msgspec

from backend.rules.completeness import ItemFiles


class _Kept(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Of one checklist item."""

    count: int
    latest_on: date | None
    opened: dict[str, int]
    """How many of them each account has opened."""


KEPT = msgspec.json.Decoder(dict[str, _Kept])
REMEMBERED = 16_384
"""Of the same request a doctor's window asks again and again."""
NOBODY = ""
"""Who has opened no file: for what is the same for everybody."""
NOTHING: Mapping[str, ItemFiles] = {}


@lru_cache(REMEMBERED)
def items_of(words: str, account_id: str) -> Mapping[str, ItemFiles]:
    """By checklist item, as one account has opened them."""
    if words == "{}":
        return NOTHING
    return {
        code: ItemFiles(kept.count, kept.latest_on, kept.count - kept.opened.get(account_id, 0))
        for code, kept in KEPT.decode(words).items()
    }
