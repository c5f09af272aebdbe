"""What a doctor has chosen, in one JSON file: read at the start, written whole or not at all."""

import logging
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Annotated

import msgspec

from backend_client.models.requests import QueueGroup

logger = logging.getLogger(__name__)

Percent = Annotated[int, msgspec.Meta(ge=100, le=200)]


class ThemeChoice(Enum):
    """Colours; SYSTEM follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All choices, with what holds before anything was chosen."""

    theme: ThemeChoice = ThemeChoice.SYSTEM
    font_percent: Percent = 100
    language: str = "ru"
    last_login: str = ""
    queue_group: QueueGroup = QueueGroup.UNCLAIMED
    compact_rows: bool = False
    all_notices: bool = True
    """Notices come by themselves; False: threats to life alone."""
    spelling: bool = True
    """Words in doubt are marked in conclusions."""
    screens: dict[str, str] = {}
    """What each screen wants to find again (sizes, layouts), by its name, in words of its own."""


class SettingsFile:
    """The file. What cannot be read is set aside, and the defaults hold."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writing = threading.Lock()
        self.set_aside: Path | None = None
        """Where an unreadable file went at the last `load`."""

    def load(self) -> Settings:
        """The kept choices; never raises."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Settings)
        except FileNotFoundError:
            return Settings()
        except (msgspec.MsgspecError, UnicodeDecodeError):
            self._set_aside()
            return Settings()
        except OSError as error:
            logger.warning("settings not read: %s", type(error).__name__)
            return Settings()

    def save(self, newest: Callable[[], Settings]) -> None:
        """Writes the file; what was there stays until the new one is whole. Raises OSError.

        From several threads it is written one time after the other, each time what `newest` says
        then: the last word stands, whichever thread comes last.
        """
        with self._writing:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            part = self._path.with_name(f"{self._path.name}.{os.getpid()}.part")
            try:
                with part.open("wb") as file:
                    file.write(msgspec.json.format(msgspec.json.encode(newest()), indent=2))
                    file.flush()
                    os.fsync(file.fileno())
                part.replace(self._path)
            finally:
                part.unlink(missing_ok=True)

    def _set_aside(self) -> None:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        aside = self._path.with_name(f"{self._path.name}.unreadable-{stamp}")
        try:
            self._path.rename(aside)
        except OSError as error:
            logger.warning("unreadable settings not set aside: %s", type(error).__name__)
            return
        logger.warning("settings unreadable, kept as %s", aside.name)
        self.set_aside = aside
