"""Orders that are given without a panel, because nothing has to be asked before them."""

from backend_client.models.request_actions import MarkItem, MarkLifeThreat
from backend_client.models.requests import Action, ItemState, RequestRow
from backend_client.models.snoozing import TakeUp
from workstation.core.triage_order import TriageOrder
from workstation.ui.screens.triage.possible import is_aside

AT_ONCE = frozenset({Action.CLAIM, Action.RELEASE})
"""Nothing is ever asked before these."""


def order_at_once(action: Action, row: RequestRow, item: str) -> TriageOrder | None:
    """The order upon that row; None: a panel asks for something first. `item`: its code."""
    if action in AT_ONCE:
        return TriageOrder(row.id, action)
    if action is Action.MARK_LIFE_THREAT:  # of no version: it stands upon any
        return TriageOrder(row.id, action, MarkLifeThreat(life_threat=not row.life_threat))
    if action is Action.SNOOZE and is_aside(row):
        return TriageOrder(row.id, Action.WAKE, TakeUp())
    if action is Action.MARK_ITEM and _applies_not(row, item):
        return TriageOrder(row.id, action, MarkItem(version=row.version, item=item, reason=""))
    return None


def _applies_not(row: RequestRow, item: str) -> bool:
    states = {one.code: one.state for one in row.checklist}
    return states.get(item) is ItemState.NOT_APPLICABLE
