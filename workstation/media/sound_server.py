"""What PulseAudio says of its devices, and on which of them this program's streams are.

QtMultimedia (6.11) drops a device that was removed without a word, so that its list stays the old
one until something else changes; and the server moves the stream of a removed device to another
one, which then goes on as if nothing had happened. So the server is asked itself, by the library
that Qt speaks to it with (libpulse, pulse/introspect.h). Where there is none, nothing is said.
"""

import ctypes
import os
import sys
import time
from functools import cache
from typing import Final, Self

_NO_AUTOSPAWN: Final = 1
_ON_ITS_WAY, _READY, _OVER = 0, 4, 5
"""States of a context, as far as they matter."""
_ALL: Final = 0b1111
"""Events of sinks and of sources, and of the streams to the former and from the latter."""
_KIND: Final = 0x0F
_DEVICES: Final = (0, 1)
"""Kinds of events: of sinks and sources; the others are of streams."""
_TYPE: Final = 0x30
_CHANGED: Final = 0x10
_ANSWER_S: Final = 0.05
_COME_UP_S: Final = 0.3
_AGAIN_S: Final = 5.0
_LISTS: Final = (
    "pa_context_get_source_info_list",
    "pa_context_get_sink_info_list",
    "pa_context_get_source_output_info_list",
    "pa_context_get_sink_input_info_list",
)
_EVENT: Final = ctypes.CFUNCTYPE(
    None, ctypes.c_void_p, ctypes.c_int, ctypes.c_uint32, ctypes.c_void_p
)
_LISTED: Final = ctypes.CFUNCTYPE(
    None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
)


class _Format(ctypes.Structure):
    _fields_ = (("kind", ctypes.c_int), ("rate", ctypes.c_uint32), ("channels", ctypes.c_uint8))


class _Places(ctypes.Structure):
    _fields_ = (("channels", ctypes.c_uint8), ("map", ctypes.c_int * 32))


class _Volume(ctypes.Structure):
    _fields_ = (("channels", ctypes.c_uint8), ("values", ctypes.c_uint32 * 32))


class _DeviceInfo(ctypes.Structure):
    """The beginning of `pa_sink_info` and of `pa_source_info`."""

    _fields_ = (("name", ctypes.c_char_p), ("index", ctypes.c_uint32))


class _RecordInfo(ctypes.Structure):
    """The beginning of `pa_source_output_info`."""

    _fields_ = (
        ("index", ctypes.c_uint32),
        ("name", ctypes.c_char_p),
        ("module", ctypes.c_uint32),
        ("client", ctypes.c_uint32),
        ("device", ctypes.c_uint32),
        ("format", _Format),
        ("places", _Places),
        ("buffer_us", ctypes.c_uint64),
        ("device_us", ctypes.c_uint64),
        ("resampler", ctypes.c_char_p),
        ("driver", ctypes.c_char_p),
        ("properties", ctypes.c_void_p),
    )


class _PlayInfo(ctypes.Structure):
    """The beginning of `pa_sink_input_info`."""

    _fields_ = (
        ("index", ctypes.c_uint32),
        ("name", ctypes.c_char_p),
        ("module", ctypes.c_uint32),
        ("client", ctypes.c_uint32),
        ("device", ctypes.c_uint32),
        ("format", _Format),
        ("places", _Places),
        ("volume", _Volume),
        ("buffer_us", ctypes.c_uint64),
        ("device_us", ctypes.c_uint64),
        ("resampler", ctypes.c_char_p),
        ("driver", ctypes.c_char_p),
        ("mute", ctypes.c_int),
        ("properties", ctypes.c_void_p),
    )


class Side:
    """Sources and our streams that record from them, or sinks and our streams that play there."""

    def __init__(self) -> None:
        self._names: frozenset[bytes] = frozenset()
        self._ever: frozenset[bytes] = frozenset()
        self._used: frozenset[bytes] = frozenset()

    def has(self, name: bytes) -> bool:
        """Whether a device is there; what the server never knew is not its business."""
        return name in self._names or name not in self._ever

    def uses(self, name: bytes) -> bool:
        """Whether a stream of ours is on it."""
        return name in self._used

    def take(self, devices: dict[int, bytes], used: set[int]) -> bool:
        """How it is now; False: as it was."""
        before = (self._names, self._used)
        self._names = frozenset(devices.values())
        self._ever |= self._names
        self._used = frozenset(devices[one] for one in used if one in devices)
        return before != (self._names, self._used)


class _Reading:
    """One reading of four lists."""

    def __init__(self) -> None:
        self.left = 4
        self.devices: tuple[dict[int, bytes], dict[int, bytes]] = ({}, {})
        self.used: tuple[set[int], set[int]] = (set(), set())


class SoundServer:
    """One client of the server, in one thread that has it `turn` now and then."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self.sources, self.sinks = Side(), Side()
        self._library = library
        self._own = str(os.getpid()).encode()
        self._loop = library.pa_mainloop_new()
        self._context: int | None = None
        self._again_at = 0.0
        self._is_subscribed = self._is_stale = False
        self._reading: _Reading | None = None
        self._heard = _EVENT(self._event)
        self._listed = (
            _LISTED(lambda _, info, last, __: self._device(0, info, last)),
            _LISTED(lambda _, info, last, __: self._device(1, info, last)),
            _LISTED(lambda _, info, last, __: self._stream(0, _RecordInfo, info, last)),
            _LISTED(lambda _, info, last, __: self._stream(1, _PlayInfo, info, last)),
        )

    @classmethod
    def find(cls) -> Self | None:
        """None where this computer's sound has nothing to do with PulseAudio."""
        library = _library()
        return None if library is None else cls(library)

    def turn(self) -> bool:
        """Takes what the server has told; True: devices are others, or a stream is elsewhere."""
        self._connect()
        self._pump(0)
        if self._is_stale and self._reading is None:
            self._ask()
        end = time.monotonic() + _ANSWER_S
        while self._reading is not None and self._reading.left and time.monotonic() < end:
            self._pump(_ANSWER_S / 5)
        reading = self._reading
        if reading is None or reading.left:
            return False
        self._reading = None
        changed = [
            side.take(reading.devices[at], reading.used[at])
            for at, side in enumerate((self.sources, self.sinks))
        ]
        return any(changed)

    def close(self) -> None:
        """Leaves the server."""
        self._leave()
        self._library.pa_mainloop_free(self._loop)

    def _connect(self) -> None:
        """A server that has ended is looked for again: it may be another one by then."""
        library, now = self._library, time.monotonic()
        if self._context is None and now >= self._again_at:
            self._again_at = now + _AGAIN_S
            api = library.pa_mainloop_get_api(self._loop)
            self._context = library.pa_context_new(api, b"devices")
            library.pa_context_connect(self._context, None, _NO_AUTOSPAWN, None)
            while self._state == _ON_ITS_WAY and time.monotonic() < now + _COME_UP_S:
                self._pump(_ANSWER_S / 5)
        if self._state == _READY and not self._is_subscribed:
            library.pa_context_set_subscribe_callback(self._context, self._heard, None)
            self._begin(library.pa_context_subscribe(self._context, _ALL, None, None))
            self._is_subscribed = self._is_stale = True
        elif self._state == _OVER:
            self._leave()
            self.sources, self.sinks = Side(), Side()

    @property
    def _state(self) -> int:
        """Of the context: on its way, ready, or over."""
        state = self._library.pa_context_get_state(self._context) if self._context else _OVER
        return _READY if state == _READY else _OVER if state > _READY else _ON_ITS_WAY

    def _leave(self) -> None:
        if self._context is not None:
            self._library.pa_context_disconnect(self._context)
            self._library.pa_context_unref(self._context)
        self._context, self._reading = None, None
        self._is_subscribed = self._is_stale = False

    def _ask(self) -> None:
        self._is_stale, self._reading = False, _Reading()
        for name, listed in zip(_LISTS, self._listed, strict=True):
            self._begin(getattr(self._library, name)(self._context, listed, None))

    def _begin(self, operation: int | None) -> None:
        """It goes on by itself."""
        if operation:
            self._library.pa_operation_unref(operation)

    def _pump(self, wait_s: float) -> None:
        library = self._library
        if library.pa_mainloop_prepare(self._loop, int(wait_s * 1e6)) >= 0:
            library.pa_mainloop_poll(self._loop)
            library.pa_mainloop_dispatch(self._loop)

    def _event(self, context: int, event: int, index: int, data: int) -> None:
        """Volumes of devices change all the time, and mean nothing here."""
        is_device = event & _KIND in _DEVICES
        if not (is_device and event & _TYPE == _CHANGED):
            self._is_stale = True

    def _device(self, side: int, info: int | None, last: int) -> None:
        if self._reading is None:
            return
        if last or not info:
            self._reading.left -= 1
            return
        read = ctypes.cast(info, ctypes.POINTER(_DeviceInfo)).contents
        self._reading.devices[side][read.index] = read.name

    def _stream(
        self, side: int, kind: type[_RecordInfo | _PlayInfo], info: int | None, last: int
    ) -> None:
        if self._reading is None:
            return
        if last or not info:
            self._reading.left -= 1
            return
        read = ctypes.cast(info, ctypes.POINTER(kind)).contents
        owner = self._library.pa_proplist_gets(read.properties, b"application.process.id")
        if owner == self._own:
            self._reading.used[side].add(read.device)


@cache
def _library() -> ctypes.CDLL | None:
    if not sys.platform.startswith("linux"):
        return None
    try:
        library = ctypes.CDLL("libpulse.so.0")
    except OSError:
        return None
    pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for name, result, arguments in (
        ("pa_mainloop_new", pointer, ()),
        ("pa_mainloop_free", None, (pointer,)),
        ("pa_mainloop_get_api", pointer, (pointer,)),
        ("pa_mainloop_prepare", number, (pointer, number)),
        ("pa_mainloop_poll", number, (pointer,)),
        ("pa_mainloop_dispatch", number, (pointer,)),
        ("pa_context_new", pointer, (pointer, text)),
        ("pa_context_connect", number, (pointer, text, number, pointer)),
        ("pa_context_get_state", number, (pointer,)),
        ("pa_context_disconnect", None, (pointer,)),
        ("pa_context_unref", None, (pointer,)),
        ("pa_context_set_subscribe_callback", None, (pointer, _EVENT, pointer)),
        ("pa_context_subscribe", pointer, (pointer, number, pointer, pointer)),
        ("pa_operation_unref", None, (pointer,)),
        ("pa_proplist_gets", text, (pointer, text)),
        *((one, pointer, (pointer, _LISTED, pointer)) for one in _LISTS),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
