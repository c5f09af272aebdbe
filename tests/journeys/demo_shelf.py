"""The demonstration's files, made once for all journeys: a server finds them by their index."""

import asyncio
import shutil
from pathlib import Path

from backend.demo_data.shelf import shelve
from backend.demo_data.source import project_demo
from backend.files import Files
from backend.settings import CATALOGUES, utc_now


class DemoShelf:
    """A folder as a demo server leaves it in its store; servers get copies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def make(cls, folder: Path) -> "DemoShelf":
        """Makes every file; takes longer than all else at a server's first start."""
        asyncio.run(_make(folder))
        return cls(folder)

    def stock(self, backend: Path) -> None:
        """Puts them where the embedded server of that folder keeps its files."""
        shutil.copytree(self.folder, backend / "files", dirs_exist_ok=True)

    async def stock_store(self, store: Files) -> None:
        """Puts them into a store."""
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                await store.write(path.relative_to(self.folder).as_posix(), path.read_bytes())


async def _make(folder: Path) -> None:
    demo = project_demo(CATALOGUES)
    wanted = (file for request in demo.requests(utc_now()) for file in request.files)
    await shelve(Files(folder.as_uri()), wanted, demo.files_version)
