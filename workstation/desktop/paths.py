"""Where the program keeps its files."""

import hashlib
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

APPLICATION = "telemed-workstation"
SETTINGS_FILE = "settings.json"


@dataclass(frozen=True, slots=True)
class Paths:
    """Folders of one user. They are made by who writes there."""

    config: Path
    data: Path
    state: Path

    @property
    def settings_file(self) -> Path:
        """Choices of the user."""
        return self.config / SETTINGS_FILE

    @property
    def logs(self) -> Path:
        """The log and its older parts."""
        return self.state / "logs"

    def account_folder(self, server_url: str, account_id: str) -> Path:
        """Encrypted data of one account on one server."""
        return self.data / "accounts" / f"{_short(server_url)}-{_digest(server_url, account_id)}"


def system_paths() -> Paths:
    """As the operating system wants it (XDG on Linux)."""
    import platformdirs

    folders = platformdirs.PlatformDirs(APPLICATION, appauthor=False)
    return Paths(folders.user_config_path, folders.user_data_path, folders.user_state_path)


def paths_in(folder: Path) -> Paths:
    """Everything inside one folder (--data-folder)."""
    return Paths(folder / "config", folder / "data", folder / "state")


class TemporaryFolder:
    """A folder for the demonstration; it and what is in it are gone after the block."""

    def __enter__(self) -> Self:
        self.path = Path(tempfile.mkdtemp(prefix=f"{APPLICATION}-demo-"))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


def _short(server_url: str) -> str:
    """Lets a person find the folder; the digest tells folders apart."""
    return re.sub(r"[^a-z0-9.]+", "-", (urlsplit(server_url).hostname or "server").lower())[:40]


def _digest(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]
