"""Keys that one PIN has opened, for a time: in memory only, and gone at the end of it."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from signing.errors import PinWanted, WrongPin
from workstation.services.signing_keys import LockedKey

if TYPE_CHECKING:
    from signing.signer import Signer


GRACE_S = 60.0
"""A signature that was begun in time is not cut off."""


@runtime_checkable
class Closable(Protocol):
    """A signer whose session may be over, or be ended."""

    @property
    def is_open(self) -> bool:
        """Whether it signs without another PIN: the token is plugged in."""

    def close(self) -> None:
        """Ends the session."""


@dataclass(frozen=True, slots=True)
class _Open:
    signer: "Signer" = field(repr=False)
    until: float


class Sitting:
    """Open keys by name. May be used from several threads."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        """`monotonic` counts seconds; a clock that is put back lengthens nothing."""
        self._monotonic = monotonic
        self._turn = threading.Lock()
        self._open: dict[str, _Open] = {}
        self._refused: set[str] = set()

    def keep(self, name: str, signer: "Signer", seconds: float) -> None:
        """Remembers an open key for so long."""
        with self._turn:
            self._open[name] = _Open(signer, self._monotonic() + seconds)
            self._refused.discard(name)

    def of(self, name: str) -> "Signer | None":
        """The open key; None where its time is over, or its token was pulled out. Blocks."""
        self.sweep()
        with self._turn:
            found = self._open.get(name)
        if found is None or found.until <= self._monotonic():
            return None
        if isinstance(found.signer, Closable) and not found.signer.is_open:
            self.forget(name)
            return None
        return found.signer

    def seconds_left(self, name: str) -> float:
        """For how long the key signs without its PIN; 0: it does not. Does not block."""
        found = self._open.get(name)
        return 0.0 if found is None else max(0.0, found.until - self._monotonic())

    def sweep(self) -> None:
        """Forgets what has had its time."""
        late = self._monotonic() - GRACE_S
        for name in [name for name, one in tuple(self._open.items()) if one.until <= late]:
            self.forget(name)

    def refuse(self, name: str) -> None:
        """The remembered passphrase does not fit any more: it is not tried again."""
        with self._turn:
            self._refused.add(name)

    def is_refused(self, name: str) -> bool:
        """Whether it did not."""
        return name in self._refused

    def forget(self, name: str) -> None:
        """Forgets one key; its token wants the PIN again."""
        with self._turn:
            found = self._open.pop(name, None)
        if found is not None and isinstance(found.signer, Closable):
            found.signer.close()

    @property
    def has_keys(self) -> bool:
        """Whether any key is open."""
        return bool(self._open)

    @property
    def has_tokens(self) -> bool:
        """Whether one of them may be pulled out."""
        return any(isinstance(one.signer, Closable) for one in tuple(self._open.values()))

    def forget_lost(self) -> bool:
        """Forgets keys whose token was pulled out; whether there were any. Blocks."""
        lost = [
            name
            for name, one in tuple(self._open.items())
            if isinstance(one.signer, Closable) and not one.signer.is_open
        ]
        for name in lost:
            self.forget(name)
        return bool(lost)

    def forget_all(self) -> None:
        """At signing out, and at the end."""
        for name in tuple(self._open):
            self.forget(name)

    def sweep_in(self, seconds: float) -> None:
        """Sweeps when the time is over, asked or not. Call it on the loop."""
        asyncio.get_running_loop().call_later(seconds + GRACE_S + 1, self.sweep)


@dataclass(frozen=True, slots=True)
class SittingKey:
    """A locked key that stays open for a time."""

    inner: LockedKey
    sitting: Sitting
    name: str
    seconds: float
    remembered: str | None = field(default=None, repr=False)
    """The passphrase that the keyring has."""

    def open(self, pin: str) -> "Signer":
        """With "" the key that is open, or the remembered passphrase; a PIN is always tried.

        Raises PinWanted where neither is there, and what the key raises.
        """
        if pin:
            return self._kept(self.inner.open(pin))
        if (known := self.sitting.of(self.name)) is not None:
            return known
        if self.remembered is None or self.sitting.is_refused(self.name):
            raise PinWanted("the PIN has to be given again")
        try:
            return self._kept(self.inner.open(self.remembered))
        except WrongPin:
            self.sitting.refuse(self.name)
            raise

    def _kept(self, signer: "Signer") -> "Signer":
        self.sitting.keep(self.name, signer, self.seconds)
        return signer
