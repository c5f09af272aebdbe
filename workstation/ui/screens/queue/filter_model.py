"""The doctor's own filters without their widgets: which there are, which is open, which is made."""

import asyncio
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from msgspec.structs import replace as but
from PySide6.QtCore import QObject, QTimer, Signal

from backend_client.errors import BackendError, Conflict, Forbidden, NotFound
from backend_client.models.common import ProblemCode
from backend_client.models.listing import FilterId, Listing, QueueFilter, SavedFilter
from backend_client.models.requests import QueueGroup
from workstation.core.kept_filters import KeptFilters
from workstation.ui.error_text import user_message
from workstation.ui.screens.queue.filter_state import Editing, Queue, Removed, Trouble
from workstation.ui.task_scope import TaskScope

if TYPE_CHECKING:
    from workstation.services.filters import FilterService

LEAST_REST_S = 1.0
"""Between two readings of the counts, which many changes may ask for."""
SHARE_OF_REST = 9
"""After a reading that took long they rest so many times as long: of a busy server no more than a
tenth is theirs."""
ANEW_MS = 20_000
"""How often they are read again without a change: another window may have changed them."""


class FilterModel(QObject):
    """Chooses, makes, changes and removes filters; what is refused says why and loses nothing."""

    changed = Signal()
    """Other filters or counts, or another one is open."""
    editing_changed = Signal()
    editing_begun = Signal()
    removed_changed = Signal()

    def __init__(self, queue: Queue, service: "FilterService") -> None:
        super().__init__()
        self.editing: Editing | None = None
        self.removed: Removed | None = None
        self.opened: SavedFilter | None = None
        """The filter whose list is shown."""
        self._kept = KeptFilters()
        self._is_allowed = True
        self._queue, self._service = queue, service
        self.least_rest_s = LEAST_REST_S
        """Seconds from one reading of the counts to the next, at least."""
        self._stirred = asyncio.Event()
        self._tasks = TaskScope(on_error=self._failed)
        self._anew = QTimer(self)
        self._anew.setInterval(ANEW_MS)
        self._anew.timeout.connect(self.stir)
        queue.counts_changed.connect(self.stir)
        queue.listing_changed.connect(self._listing_changed)

    @property
    def filters(self) -> tuple[SavedFilter, ...]:
        """By name; the open one too where it was removed elsewhere."""
        kept = self._kept.filters
        if self.opened is None or not self.is_gone(self.opened):
            return kept
        return _by_name(*kept, self.opened)

    @property
    def is_allowed(self) -> bool:
        """Whether this account may keep filters."""
        return self._is_allowed

    @property
    def differs(self) -> bool:
        """Whether the list holds something else by now than the open filter."""
        if self.opened is None or self.editing is not None:
            return False
        return not _same(self._queue.listing, self.opened.listing)

    def is_gone(self, one: SavedFilter) -> bool:
        """Whether the filter is not kept any more."""
        return all(kept.id != one.id for kept in self._kept.filters)

    def count(self, one: SavedFilter) -> int | None:
        """How many requests it holds, up to MOST_COUNTED; None: not known yet."""
        return None if self.is_gone(one) else self._kept.counts.get(one.id)

    def start(self) -> None:
        """Reads the filters, and again with every change."""
        self._anew.start()
        self.stir()
        self._tasks.start(self._keep_up(), name="filters.keep_up")

    async def close(self) -> None:
        """Ends what runs."""
        self._anew.stop()
        await self._tasks.close()

    def stir(self) -> None:
        """Something has changed that the counts depend on, or somebody looks at them again."""
        self._stirred.set()

    def can_choose(self) -> bool:
        """Whether another filter may be opened: not while one is made, whose words would go."""
        return self.editing is None

    def choose(self, filter_id: FilterId) -> None:
        """Shows the list of a filter."""
        found = next((one for one in self.filters if one.id == filter_id), None)
        if found is not None and self.can_choose():
            self._forget_removed()
            self._open(found)

    def choose_group(self, group: QueueGroup) -> None:
        """Shows a group; while a filter is made, it becomes a filter of that group."""
        self._forget_removed()
        if self.editing is None:
            self._queue.choose_group(group)
        else:
            self._queue.show_listing(but(self._queue.listing, group=group))

    def begin(self, *, anew: bool = False) -> None:
        """Makes a filter of what stands in the list; of the open one, changes it."""
        if self.editing is not None or not self._is_allowed:
            self.editing_begun.emit()
            return
        opened, listing = self.opened, self._queue.listing
        was = None if anew else opened
        self._forget_removed()
        self.editing = Editing(
            name="" if was is None else was.name,
            before=listing,
            was=was,
            opened=opened,
            is_named=was is not None,
            is_of_filter=self._queue.is_of_filter,
        )
        self.opened = was
        self.changed.emit()
        self.editing_changed.emit()
        self.editing_begun.emit()

    def begin_change(self, filter_id: FilterId) -> None:
        """Opens a filter and changes it, its name or its conditions."""
        if self.can_choose() and (self.opened is None or self.opened.id != filter_id):
            self.choose(filter_id)
        self.begin()

    def narrow(self, asked: QueueFilter) -> None:
        """Other conditions; the list shows at once what they hold."""
        if self.editing is not None:
            self._queue.show_listing(but(self._queue.listing, filter=asked))

    def write_name(self, name: str) -> None:
        """The name as the doctor writes it."""
        if self.editing is not None and name != self.editing.name:
            self._edit(name=name, is_named=True, trouble=None, problem=None)

    def suggest_name(self, name: str) -> None:
        """The name that follows from the conditions, until the doctor writes one."""
        if self.editing is not None and not self.editing.is_named and name != self.editing.name:
            self._edit(name=name)

    def save(self) -> None:
        """Keeps what stands in the list under the name."""
        editing = self.editing
        if editing is None or editing.is_busy:
            return
        if not editing.name.strip():
            self._edit(trouble=Trouble.NO_NAME, problem=None)
            return
        self._edit(is_busy=True, trouble=None, problem=None)
        listing = self._queue.listing
        work = self._save(editing.name.strip(), listing, editing.was)
        self._tasks.start(work, name="filters.save")

    def cancel(self) -> None:
        """Keeps nothing; the list is as it was before."""
        editing = self.editing
        if editing is None or editing.is_busy:
            return
        self.editing = None
        self.opened = editing.opened
        self._queue.show_listing(editing.before, of_filter=editing.is_of_filter)
        self.editing_changed.emit()
        self.changed.emit()

    def remove(self, filter_id: FilterId) -> None:
        """Keeps it no more; it can be brought back."""
        found = next((one for one in self._kept.filters if one.id == filter_id), None)
        if found is not None and self.can_choose():
            self._tasks.start(self._remove(found), name="filters.remove")

    def bring_back(self) -> None:
        """Keeps again what was removed last; what could not be removed is tried again."""
        removed = self.removed
        if removed is None:
            return
        if self.is_gone(removed.filter):
            self._tasks.start(self._bring_back(removed.filter), name="filters.remove")
        else:
            self.remove(removed.filter.id)

    async def _keep_up(self) -> None:
        while self._is_allowed:
            await self._stirred.wait()
            self._stirred.clear()
            begun = monotonic()
            await self._read()
            await asyncio.sleep(max(self.least_rest_s, SHARE_OF_REST * (monotonic() - begun)))

    async def _read(self) -> None:
        try:
            self._take(await self._service.read())
        except Forbidden:
            self._is_allowed = False
            self.changed.emit()
        except BackendError:  # what is known stays; the list itself says what is wrong
            return

    def _take(self, kept: KeptFilters) -> None:
        opened, before = self.opened, self._kept.counts
        self._kept = but(kept, filters=_by_name(*kept.filters))
        if opened is not None and before.get(opened.id) != kept.counts.get(opened.id):
            self._queue.reload()  # a term that is over by now tells nobody of it
        present = next((one for one in kept.filters if opened and one.id == opened.id), None)
        if present is not None and present != opened and self.editing is None:
            follows = not self.differs  # else the doctor has changed the list by hand
            self.opened = present
            if follows:
                self._queue.show_listing(present.listing, asked=False)
        self.changed.emit()

    async def _save(self, name: str, listing: Listing, was: SavedFilter | None) -> None:
        try:
            saved = await self._service.save(name, listing, was)
        except Conflict as error:
            self._refused(error)
            return
        except NotFound:
            self._edit(is_busy=False, was=None, trouble=Trouble.GONE)
            return
        except BackendError as error:
            self._edit(is_busy=False, problem=user_message(error))
            return
        self.editing = None
        self._put(saved)
        self._open(saved)
        self.editing_changed.emit()
        await self._read()

    def _refused(self, error: Conflict) -> None:
        known = {
            ProblemCode.NAME_TAKEN: Trouble.NAME_TAKEN,
            ProblemCode.TOO_MANY_FILTERS: Trouble.TOO_MANY,
            ProblemCode.STALE_VERSION: Trouble.CHANGED,
        }
        trouble = known.get(error.code)
        problem = user_message(error) if trouble is None else None
        was = self.editing.was if self.editing is not None else None
        present = error.present_as(SavedFilter) if trouble is Trouble.CHANGED else None
        self._edit(is_busy=False, was=present or was, trouble=trouble, problem=problem)

    async def _remove(self, one: SavedFilter) -> None:
        try:
            await self._service.drop(one.id)
        except BackendError as error:
            self.removed = Removed(one, user_message(error))
            self.removed_changed.emit()
            return
        rest = tuple(kept for kept in self._kept.filters if kept.id != one.id)
        self._kept = but(self._kept, filters=rest)
        self.removed = Removed(one)
        if self.opened is not None and self.opened.id == one.id:
            self.opened = None
            self._queue.choose_group(one.listing.group)
        self.changed.emit()
        self.removed_changed.emit()

    async def _bring_back(self, one: SavedFilter) -> None:
        try:
            saved = await self._service.save(one.name, one.listing)
        except BackendError as error:
            self.removed = Removed(one, user_message(error))
            self.removed_changed.emit()
            return
        self._forget_removed()
        self._put(saved)
        self.changed.emit()
        await self._read()

    def _put(self, saved: SavedFilter) -> None:
        """In its place by name; how many it holds is not known before it is counted."""
        others = [one for one in self._kept.filters if one.id != saved.id]
        counts = {key: count for key, count in self._kept.counts.items() if key != saved.id}
        self._kept = but(self._kept, filters=_by_name(*others, saved), counts=counts)

    def _open(self, one: SavedFilter) -> None:
        self.opened = one
        self._queue.show_listing(one.listing)
        self.changed.emit()

    def _listing_changed(self) -> None:
        if self.editing is not None:
            self.editing_changed.emit()
        elif not self._queue.is_of_filter:
            self.opened = None
        self.changed.emit()

    def _edit(self, **changes: object) -> None:
        if self.editing is not None:
            self.editing = replace(self.editing, **changes)  # type: ignore[arg-type]  # its own fields
            self.editing_changed.emit()

    def _forget_removed(self) -> None:
        if self.removed is not None:
            self.removed = None
            self.removed_changed.emit()

    def _failed(self, error: BaseException) -> None:
        """A fault of the program's own: what is being made says so."""
        self._edit(is_busy=False, problem=user_message(error))


def _by_name(*filters: SavedFilter) -> tuple[SavedFilter, ...]:
    return tuple(sorted(filters, key=lambda one: one.name.casefold().replace("ё", "е\uffff")))


def _same(one: Listing, other: Listing) -> bool:
    """The same requests, in whatever order."""
    return but(one, sort=other.sort, descending=other.descending) == other
