"""An outbox in memory, for tests that need no disk."""

from dataclasses import replace

from workstation.core.pending_action import PendingAction, RefusedAction
from workstation.store.outbox import Outbox


class MemoryOutbox(Outbox):
    """As the encrypted one, for as long as the test runs."""

    def __init__(self) -> None:
        self.actions: dict[str, PendingAction] = {}
        self.refusals: dict[str, bytes] = {}

    async def add(self, action: PendingAction) -> None:
        """Keeps the order."""
        self.actions[action.key] = action

    async def pending(self) -> tuple[PendingAction, ...]:
        """In their order."""
        return tuple(one for key, one in self.actions.items() if key not in self.refusals)

    async def remove(self, key: str) -> bool:
        """Forgets it."""
        self.refusals.pop(key, None)
        return self.actions.pop(key, None) is not None

    async def count_fault(self, key: str) -> None:
        """One more."""
        self.actions[key] = replace(self.actions[key], faults=self.actions[key].faults + 1)

    async def hurry(self, key: str | None = None) -> None:
        """Nothing is held here."""

    async def refuse(self, key: str, refusal: bytes) -> None:
        """Keeps it with its refusal."""
        self.refusals[key] = refusal

    async def refused(self) -> tuple[RefusedAction, ...]:
        """Those that are kept."""
        return tuple(RefusedAction(self.actions[key], why) for key, why in self.refusals.items())
