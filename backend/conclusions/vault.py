"""The PDFs of conclusions in the store of files, held to the hash that the database keeps."""

import hashlib
import logging

from backend.files import FileMissing, Files
from backend.problems import Refused, conflict
from backend_client.models.common import ProblemCode

log = logging.getLogger(__name__)


class Vault:
    """Writes each version under its own hash; reads nothing that is not what was written."""

    def __init__(self, files: Files) -> None:
        self._files = files

    async def put(self, request_id: str, pdf: bytes) -> tuple[str, str]:
        """Keeps the bytes; answers their path and SHA-256."""
        digest = hashlib.sha256(pdf).hexdigest()
        path = f"conclusions/{request_id}/{digest}.pdf"
        await self._files.write(path, pdf)
        return path, digest

    async def take(self, path: str, sha256: str) -> bytes:
        """The bytes; raises Refused (file_changed) where they are not those that were kept."""
        try:
            pdf = await self._files.read(path)
        except FileMissing as error:
            log.error("a conclusion's file is missing: %s", path)
            raise _changed() from error
        if hashlib.sha256(pdf).hexdigest() != sha256:
            log.error("a conclusion's file was changed: %s", path)
            raise _changed()
        return pdf


def _changed() -> Refused:
    title = "The kept file is not the one that was signed"
    return conflict(ProblemCode.FILE_CHANGED, title)
