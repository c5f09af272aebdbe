"""Any PDF that somebody holds: whether its signatures hold, by the process that verifies."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workstation.services.certificates import Certificates
from workstation.services.verifying import LARGEST, Verifier

if TYPE_CHECKING:
    from signing.report import SignatureReport


class NotChecked(Exception):
    """The file cannot be read; nothing is said of its signatures."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file of this computer and what its signatures are worth."""

    name: str
    """The file's, without its folder."""
    size: int
    report: "SignatureReport"


class CheckingService:
    """Reads files where they lie; nothing of them is kept or sent anywhere."""

    def __init__(
        self, verifier: Verifier, certificates: Certificates, now: Callable[[], datetime]
    ) -> None:
        """`now` is the server's clock (aware UTC)."""
        self._verifier, self._certificates, self._now = verifier, certificates, now

    async def check(self, path: Path) -> CheckedFile:
        """Verifies all of its signatures. Raises NotChecked where it cannot be read."""
        pdf = await asyncio.to_thread(_content, path)
        roots = await self._certificates.roots()
        report = await self._verifier.verify(pdf, roots, None, self._now())
        return CheckedFile(path.name, len(pdf), report)

    async def close(self) -> None:
        """Ends the process."""
        await self._verifier.close()


def _content(path: Path) -> bytes:
    """Raises NotChecked: no file, not readable, or larger than any conclusion."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            raise NotChecked("no file, or too large")
        return path.read_bytes()
    except OSError as error:
        raise NotChecked(type(error).__name__) from error
