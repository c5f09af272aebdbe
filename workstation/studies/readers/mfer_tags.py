"""Tags, lengths and values of MFER (ISO 22077-1): the definitions in force at each waveform."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from workstation.studies.errors import Unreadable, UnreadableFile

PADDING, BYTE_ORDER, TEXT_CODE, BLOCK, CHANNELS, SEQUENCES = 0x00, 0x01, 0x03, 0x04, 0x05, 0x06
WAVEFORM, LEAD, DATA_TYPE, INTERVAL, SENSITIVITY, OFFSET = 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D
POINTER, COMPRESSION, FILTER, NULL, NOTE, WAVE, ATTRIBUTE = 0x07, 0x0E, 0x11, 0x12, 0x16, 0x1E, 0x3F
END, NAME, AGE, SEX, TIME = 0x80, 0x81, 0x83, 0x84, 0x85
_OF_A_CHANNEL: Final = frozenset(
    {BLOCK, SEQUENCES, WAVEFORM, LEAD, DATA_TYPE, INTERVAL, SENSITIVITY, OFFSET, NULL}
)
_MOST_CHANNELS: Final = 256
_MOST_TAGS: Final = 100_000
_MOST_WAVES: Final = 1000

Definitions = dict[int, bytes]


@dataclass(slots=True)
class State:
    """What is defined so far."""

    big_endian: bool = True
    channels: int = 1
    common: Definitions = field(default_factory=dict)
    own: dict[int, Definitions] = field(default_factory=dict)
    others: list[tuple[int, bytes]] = field(default_factory=list)
    """Everything else, in order."""

    def of(self, channel: int) -> Definitions:
        """In force for one channel: a common lead's name is of the first only."""
        common = dict(self.common)
        if channel:
            common.pop(LEAD, None)
        return common | self.own.get(channel, {})

    def now(self) -> "State":
        """What describes a waveform here; later definitions do not change it."""
        own = {channel: dict(defined) for channel, defined in self.own.items()}
        return State(self.big_endian, self.channels, dict(self.common), own)

    def unsigned(self, value: bytes) -> int:
        """A whole number in the order of bytes in force."""
        return int.from_bytes(value, "big" if self.big_endian else "little")

    def signed(self, value: bytes) -> int:
        """The same with a sign."""
        return int.from_bytes(value, "big" if self.big_endian else "little", signed=True)


@dataclass(frozen=True, slots=True)
class Wave:
    """Waveform data and the definitions that were in force at it."""

    state: State
    data: memoryview
    announced: int
    """Bytes by its length; fewer may be there."""


def waves(data: memoryview) -> tuple[list[Wave], State]:
    """All waveforms in order, and what is defined at the end.

    Raises:
        UnreadableFile: the definitions contradict themselves, or are packed in another way.
    """
    state = State()
    found: list[Wave] = []
    for tag, channel, value, announced in _definitions(data):
        if tag == WAVE:
            found.append(Wave(state.now(), value, announced))
            if len(found) > _MOST_WAVES:
                raise UnreadableFile(Unreadable.TOO_LARGE)
        elif len(value) < announced:
            raise UnreadableFile(Unreadable.TRUNCATED)
        elif tag == ATTRIBUTE and channel < state.channels:
            for inner, _, content, size in _definitions(value):
                if len(content) < size:
                    raise UnreadableFile(Unreadable.DAMAGED)
                _define(state.own.setdefault(channel, {}), state, inner, bytes(content))
        elif tag != ATTRIBUTE:
            _define(state.common, state, tag, bytes(value))
    return found, state


def _define(target: Definitions, state: State, tag: int, value: bytes) -> None:
    """An empty value takes a definition back."""
    if tag == BYTE_ORDER:
        state.big_endian = value[:1] != b"\x01"
    elif tag == CHANNELS:
        state.channels = state.unsigned(value) if value else 1
        state.own.clear()
        if not 0 < state.channels <= _MOST_CHANNELS:
            raise UnreadableFile(Unreadable.DAMAGED)
    elif tag in _OF_A_CHANNEL:
        target.pop(tag, None)
        if value:
            target[tag] = value
    elif tag == COMPRESSION and value and state.unsigned(value[:2]):
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, "MFER compressed")
    else:
        state.others.append((tag, value))


def _definitions(data: memoryview) -> Iterator[tuple[int, int, memoryview, int]]:
    """Tag, channel (of an attribute), value as far as it is there, its length."""
    place = count = 0
    while place < len(data) and data[place] != END:
        count += 1
        if count > _MOST_TAGS:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        tag = data[place]
        place += 1
        if tag == PADDING:
            continue
        channel = 0
        while tag == ATTRIBUTE and place < len(data):
            channel = (channel << 7 | data[place] & 0x7F) & 0xFFFF
            place += 1
            if not data[place - 1] & 0x80:
                break
        length, place = _length(data, place)
        yield tag, channel, data[place : place + length], length
        place += length


def _length(data: memoryview, place: int) -> tuple[int, int]:
    first = data[place] if place < len(data) else 0
    if first < 0x80:
        return first, place + 1
    size = first & 0x7F
    if size == 0:
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, "MFER indefinite length")
    if size > 4 or place + 1 + size > len(data):
        raise UnreadableFile(Unreadable.DAMAGED)
    return int.from_bytes(data[place + 1 : place + 1 + size], "big"), place + 1 + size
