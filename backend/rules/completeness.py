"""The centre's document checklist against the files that a request has (OZ-4, OZ-6, OZ-14)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

import msgspec

from backend.rules.actions import GATED
from backend_client.models.catalogue import DocumentItem
from backend_client.models.requests import ChecklistItem, ItemState, RequestStatus
from backend_client.models.routes import Route


class ItemFiles(msgspec.Struct, frozen=True, gc=False):
    """What a request has of one checklist item, as the asking account sees it."""

    count: int
    latest_on: date | None
    unopened: int


NO_FILES = ItemFiles(0, None, 0)
CONCLUSION = "conclusion"
"""Of the treating doctor: without it no centre application or referral is ready (OZ-2)."""


def tally(files: Iterable[tuple[str, date | None, bool]]) -> dict[str, ItemFiles]:
    """Sums up files (item code, day of the examination, opened or not) by item code."""
    items: dict[str, ItemFiles] = {}
    for code, taken_on, opened in files:
        had = items.get(code, NO_FILES)
        items[code] = ItemFiles(
            had.count + 1, _later(had.latest_on, taken_on), had.unopened + (not opened)
        )
    return items


def _later(one: date | None, other: date | None) -> date | None:
    if one is None or other is None:
        return one or other
    return max(one, other)


class Checklist:
    """What a catalogue asks for on one route, ready to be held against many requests."""

    def __init__(self, items: Iterable[DocumentItem], route: Route) -> None:
        self._blank = [_blank(item, route) for item in items if route in item.routes]

    def of(
        self, files: Mapping[str, ItemFiles], not_applicable: Mapping[str, str]
    ) -> list[ChecklistItem]:
        """Of one request; `not_applicable` gives reasons by item code."""
        return [
            item
            if (had := files.get(item.code)) is None and item.code not in not_applicable
            else _filled(item, had or NO_FILES, not_applicable.get(item.code))
            for item in self._blank
        ]


def checklist(
    items: Iterable[DocumentItem],
    route: Route,
    files: Mapping[str, ItemFiles],
    not_applicable: Mapping[str, str],
) -> list[ChecklistItem]:
    """The items that the route asks for; `not_applicable` gives reasons by item code."""
    return Checklist(items, route).of(files, not_applicable)


def _blank(item: DocumentItem, route: Route) -> ChecklistItem:
    """The item of a request that has nothing of it."""
    # On the duty route documents are welcome and never demanded (OZ-13, OZ-14).
    required = item.required and route is not Route.DUTY
    return ChecklistItem(
        code=item.code,
        title=item.title_ru,
        chip=item.chip_ru,
        required=required,
        state=ItemState.MISSING if required else ItemState.ABSENT,
    )


def _filled(item: ChecklistItem, files: ItemFiles, reason: str | None) -> ChecklistItem:
    return ChecklistItem(
        code=item.code,
        title=item.title,
        chip=item.chip,
        required=item.required,
        state=ItemState.PRESENT if files.count else _without_files(item, reason),
        file_count=files.count,
        latest_on=files.latest_on,
        unopened_count=files.unopened,
        reason=reason or "",
    )


def _without_files(item: ChecklistItem, reason: str | None) -> ItemState:
    return item.state if reason is None else ItemState.NOT_APPLICABLE


def may_not_apply(code: str, route: Route) -> bool:
    """Whether a doctor may say that the item does not apply: never of the gate's own (OZ-2)."""
    return not (route in GATED and code == CONCLUSION)


def is_complete(
    items: Sequence[ChecklistItem], route: Route, files: Mapping[str, ItemFiles]
) -> bool:
    """Whether the documents open the gate; on other routes than the gated ones nothing is asked."""
    return route not in GATED or not missing_documents(items, route, files)


def awaits_documents(
    route: Route, complete_at: datetime | None, before_claim: RequestStatus | None
) -> bool:
    """Whether a held request still stands before the gate, or waits for what was asked for."""
    if before_claim is RequestStatus.AWAITING_DOCUMENTS:
        return True
    return route in GATED and complete_at is None


def missing_documents(
    items: Sequence[ChecklistItem],
    route: Route,
    files: Mapping[str, ItemFiles],
    asked: Collection[str] = (),
) -> list[str]:
    """Codes of items that are required or `asked` for, and not there.

    The treating doctor's conclusion is one of them wherever there is a gate, whatever the
    catalogue's list says of it (OZ-2).
    """
    codes = [item.code for item in items if item.state is ItemState.MISSING]
    if asked:
        codes = [item.code for item in items if item.code in codes or item.code in asked]
    if route in GATED and CONCLUSION not in codes and files.get(CONCLUSION, NO_FILES).count == 0:
        return [CONCLUSION, *codes]
    return codes
