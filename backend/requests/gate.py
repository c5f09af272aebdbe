"""The gate of documents: what is asked for, what does not apply, when a request is ready (OZ-2)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, select, update

from backend.changes import Change
from backend.problems import invalid
from backend.requests.moving import (
    Standing,
    move_with,
    note,
    refuse_unless_possible,
    standing_of,
)
from backend.requests.terms import values_at
from backend.rules import history as lines
from backend.rules.actions import GATED
from backend.rules.catalogues import Catalogues
from backend.rules.completeness import ItemFiles, checklist, is_complete, may_not_apply
from backend.rules.kept_files import NOBODY, items_of
from backend.rules.status import BEFORE_CLAIM, Step, can_move
from backend.tables import requests
from backend_client.models.accounts import Account
from backend_client.models.request_actions import AskDocuments, MarkItem
from backend_client.models.requests import Action, ChecklistItem, RequestStatus
from backend_client.models.routes import Route


@dataclass(frozen=True, slots=True)
class Papers:
    """What a request has of its checklist, and what its doctor has asked for beyond."""

    route: Route
    items: Sequence[ChecklistItem]
    files: Mapping[str, ItemFiles]
    asked: Sequence[str]
    not_applicable: dict[str, str]
    complete_at: datetime | None

    @property
    def are_complete(self) -> bool:
        """Whether the gate is open."""
        return not self.asked and is_complete(self.items, self.route, self.files)

    def marks_without(self, codes: Collection[str]) -> dict[str, str]:
        """Reasons of what does not apply, without those of some items."""
        return {code: why for code, why in self.not_applicable.items() if code not in codes}

    def title(self, code: str) -> str:
        """Of an item that the route's checklist has; raises Refused (invalid)."""
        for item in self.items:
            if item.code == code:
                return item.title
        raise invalid("items: the checklist has no such item")


async def papers_of(
    change: Change, catalogues: Catalogues, request_id: str, route: Route | None = None
) -> Papers:
    """As they stand; `route` is the one to judge them by, where it is not the request's own."""
    names = ("centre_id", "route", "created_at", "not_applicable", "asked_documents")
    more = ("documents_complete_at", "files")
    found = select(*(requests.c[name] for name in names + more)).where(requests.c.id == request_id)
    row: RowMapping = (await change.connection.execute(found)).mappings().one()
    files = items_of(row["files"], NOBODY)
    catalogue = catalogues.catalogue_for(row["centre_id"], row["created_at"])
    judged = route or row["route"]
    return Papers(
        route=judged,
        items=checklist(catalogue.documents, judged, files, row["not_applicable"]),
        files=files,
        asked=row["asked_documents"].split(),
        not_applicable=row["not_applicable"],
        complete_at=row["documents_complete_at"],
    )


async def ask(
    change: Change,
    catalogues: Catalogues,
    account: Account,
    standing: Standing,
    given: AskDocuments,
    now: datetime,
) -> Standing:
    """The request goes back to wait for documents; its clock stops until they are there (OZ-19).

    Only where there is a gate: the duty doctor's stays at the booked time, the answer that was
    given there holds no more. What is asked for does apply.

    Raises Refused (move_not_allowed, invalid).
    """
    papers = await papers_of(change, catalogues, standing.id)
    codes = list(dict.fromkeys(given.items))
    text = lines.documents_asked(account.short_name, [papers.title(code) for code in codes])
    status = RequestStatus.AWAITING_DOCUMENTS
    started_at = None if papers.route in GATED else standing.clock_started_at
    values: dict[str, object] = {
        "asked_documents": " ".join(codes),
        "not_applicable": papers.marks_without(codes),
        "documents_complete_at": None,
        **no_owner(),
        **values_at(catalogues, standing, status, started_at),
    }
    return await move_with(change, standing, Action.ASK_DOCUMENTS, now, text, values)


async def mark_item(
    change: Change,
    catalogues: Catalogues,
    account: Account,
    standing: Standing,
    given: MarkItem,
    now: datetime,
) -> Standing:
    """An item does not apply, with the reason, or does after all (OZ-6).

    What does not apply is not asked for any more. Raises Refused (move_not_allowed, invalid: never
    of the treating doctor's conclusion, OZ-2; to take a mark away is always possible).
    """
    refuse_unless_possible(Action.MARK_ITEM, standing)
    papers = await papers_of(change, catalogues, standing.id)
    title = papers.title(given.item)
    reason = given.reason.replace("\0", "").strip()
    if reason and not may_not_apply(given.item, standing.route):
        raise invalid("item: nothing is ready without the treating doctor's conclusion")
    marks, left = papers.marks_without([given.item]), papers.asked
    if reason:
        marks[given.item] = reason
        left = [code for code in papers.asked if code != given.item]
    values = {"not_applicable": marks, "asked_documents": " ".join(left)}
    text = lines.item_marked(account.short_name, title, reason)
    standing = await move_with(change, standing, Action.MARK_ITEM, now, text, values)
    return await recheck(change, catalogues, standing, now)


async def uploaded(
    change: Change, catalogues: Catalogues, request_id: str, item_code: str, now: datetime
) -> Standing:
    """A file of the item has arrived: it is not asked for any more, and may open the gate (OZ-20).

    A new file never closes it: what is ready stays so. To be called in the transaction that keeps
    the document. Raises Refused (not_found).
    """
    standing = await standing_of(change, request_id)
    papers = await papers_of(change, catalogues, request_id)
    left = [code for code in papers.asked if code != item_code]
    if len(left) != len(papers.asked):
        await _set(change, standing, {"asked_documents": " ".join(left)}, now)
        standing = await standing_of(change, request_id)
    return await recheck(change, catalogues, standing, now, may_close=False)


async def looked_at(
    change: Change, catalogues: Catalogues, request_id: str, now: datetime
) -> Standing:
    """A new request has come into a doctor's hands: what it has of documents may do already.

    Raises Refused (not_found).
    """
    standing = await standing_of(change, request_id)
    return await recheck(change, catalogues, standing, now, may_close=False)


async def recheck(
    change: Change,
    catalogues: Catalogues,
    standing: Standing,
    now: datetime,
    *,
    may_close: bool = True,
) -> Standing:
    """Moves a request that waits through the gate, or back before it; of one that a doctor holds
    it is remembered for when it is given back."""
    papers = await papers_of(change, catalogues, standing.id)
    waits = RequestStatus.AWAITING_DOCUMENTS in (standing.status, standing.status_before_claim)
    if papers.route not in GATED and not waits:
        return standing
    if papers.are_complete:
        return await _through(change, catalogues, standing, papers, now)
    return await _back(change, catalogues, standing, papers, now) if may_close else standing


async def _through(
    change: Change, catalogues: Catalogues, standing: Standing, papers: Papers, now: datetime
) -> Standing:
    values: dict[str, object] = {"documents_complete_at": papers.complete_at or now}
    if papers.route in GATED and standing.clock_started_at is None:
        values |= values_at(catalogues, standing, standing.status, now)
    if can_move(Step.DOCUMENTS_COMPLETE, standing.status):
        step, text = Step.DOCUMENTS_COMPLETE, lines.DOCUMENTS_COMPLETE
        return await move_with(change, standing, step, now, text, values)
    if papers.complete_at is not None or standing.status_before_claim not in BEFORE_CLAIM:
        return standing
    await note(change, standing.id, lines.DOCUMENTS_COMPLETE, now)
    remembered = {"status_before_claim": RequestStatus.READY}
    return await _set(change, standing, values | remembered, now)


async def _back(
    change: Change, catalogues: Catalogues, standing: Standing, papers: Papers, now: datetime
) -> Standing:
    values: dict[str, object] = {"documents_complete_at": None}
    if papers.route in GATED:
        values |= values_at(catalogues, standing, standing.status, None)
    if can_move(Step.DOCUMENTS_MISSING, standing.status):
        step, text = Step.DOCUMENTS_MISSING, lines.DOCUMENTS_MISSING
        return await move_with(change, standing, step, now, text, values)
    if papers.complete_at is None or standing.status_before_claim is not RequestStatus.READY:
        return standing
    remembered = {"status_before_claim": RequestStatus.AWAITING_DOCUMENTS}
    return await _set(change, standing, values | remembered, now)


def no_owner() -> dict[str, object]:
    """Nobody has it any more."""
    return {"owner_id": None, "claimed_at": None, "status_before_claim": None}


async def _set(
    change: Change, standing: Standing, values: dict[str, object], now: datetime
) -> Standing:
    stamped = {**values, "version": standing.version + 1, "changed_at": now}
    which = requests.c.id == standing.id
    await change.connection.execute(update(requests).where(which).values(stamped))
    change.touch(standing.id)
    return await standing_of(change, standing.id)
