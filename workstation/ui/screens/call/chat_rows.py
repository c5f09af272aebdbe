"""The lines of a chat as Qt's list sees them: days, messages, and what happened to calls."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from backend_client.models.calls import Call, CallState
from backend_client.models.messages import Message
from workstation.core.case_file import CaseFile

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class DayLine:
    """Another day begins."""

    day: date


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message, as long as it is."""

    message: Message


@dataclass(frozen=True, slots=True)
class CallLine:
    """What became of an attempt to call."""

    call: Call

    @property
    def at(self) -> datetime:
        """When it happened: the answer, the end without one, or the ringing."""
        call = self.call
        return call.answered_at or call.ended_at or call.placed_at


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file that has come while one talked or wrote; a series of slices is one (DRC-6)."""

    file: CaseFile

    @property
    def at(self) -> datetime:
        """When the server had it."""
        return self.file.lead.uploaded_at


Line = DayLine | MessageLine | CallLine | FileLine
LINE_ROLE = int(Qt.ItemDataRole.UserRole)


class ChatRows(QAbstractListModel):
    """Rows are added where they are new, so that a list keeps its place."""

    def __init__(self, text_of: Callable[[Line], str], parent: QObject | None = None) -> None:
        """`text_of`: what is copied from a line, and told to a screen reader."""
        super().__init__(parent)
        self._text_of = text_of
        self._lines: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """All of them, the oldest first."""
        return self._lines

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        spoken = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole))
        return self._text_of(line) if role in spoken else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._lines[index.row()], MessageLine | FileLine):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Goes over to these lines; what stays is not touched."""
        new, old = tuple(lines), self._lines
        head = _same(zip(old, new, strict=False))
        tail = _same(zip(reversed(old[head:]), reversed(new[head:]), strict=False))
        if head + tail < len(old):
            self.beginResetModel()
            self._lines = new
            self.endResetModel()
        elif len(new) > len(old):
            self.beginInsertRows(QModelIndex(), head, len(new) - tail - 1)
            self._lines = new
            self.endInsertRows()


def chat_lines(
    messages: Iterable[Message],
    calls: Iterable[Call],
    files: Iterable[CaseFile],
    day_of: Callable[[datetime], date],
    today: date,
    *,
    has_earlier: bool,
) -> list[Line]:
    """Messages by their number with what happened between them, under their days.

    Calls and files of before the first message stay away while `has_earlier`: they belong further
    up. Files of before the first line stand on the card alone, but for those of that day.
    """
    messages = list(messages)
    told = [one for one in calls if one.state not in (CallState.RINGING, CallState.UNKNOWN)]
    lines = [CallLine(call) for call in sorted(told, key=lambda call: call.attempt)]
    begun = [message.sent_at for message in messages[:1]] + [line.at for line in lines[:1]]
    came = [
        line
        for line in map(FileLine, files)
        if day_of(line.at) == today or (begun and line.at >= min(begun))
    ]
    events: list[CallLine | FileLine] = sorted([*lines, *came], key=lambda line: line.at)
    if has_earlier and messages:
        events = [line for line in events if line.at >= messages[0].sent_at]
    mixed: list[tuple[datetime, Line]] = []
    for message in messages:
        while events and events[0].at <= message.sent_at:
            mixed.append((events[0].at, events.pop(0)))
        mixed.append((message.sent_at, MessageLine(message)))
    mixed += [(line.at, line) for line in events]
    return list(_under_days(mixed, day_of))


def _under_days(
    mixed: Iterable[tuple[datetime, Line]], day_of: Callable[[datetime], date]
) -> Iterable[Line]:
    last: date | None = None
    for at, line in mixed:
        day = day_of(at)
        if day != last:
            yield DayLine(day)
        last = day
        yield line


def _same(pairs: Iterable[tuple[Line, Line]]) -> int:
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count
