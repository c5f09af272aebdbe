"""Pictures of a conclusion's sources for its paper: the frame, the slice, the lead, as they were
looked at."""

import asyncio
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from backend_client.errors import BackendError
from backend_client.models.documents import Document
from backend_client.models.evidence import EcgPlace, Evidence, FramePlace, PicturePlace
from workstation.core.conclusion import KeyImage

if TYPE_CHECKING:
    from workstation.studies.disc_study import DiscStudy
    from workstation.studies.study import Study

logger = logging.getLogger(__name__)

MOST: Final = 4
"""Pictures of one conclusion: the first sources that its text names."""
_SAME_STRIP_S: Final = 3.3
_MOST_KEPT: Final = 12
_LONGEST_TITLE: Final = 60


class Files(Protocol):
    """The files of a request."""

    def glance(self, document: Document, most: int = ...) -> AbstractAsyncContextManager["Study"]:
        """The file open for a picture of it; raises StudyError, BackendError."""


class KeyImages:
    """Pictures of the last sources that were asked for are kept: a text is written for long."""

    def __init__(self, files: Files, largest: int = 1024 * 1024 * 1024) -> None:
        """`largest`: bytes of a file that is opened at all."""
        self._files, self._largest = files, largest
        self._kept: dict[tuple[str, Evidence], KeyImage | None] = {}

    async def of(
        self, sources: Sequence[Evidence], documents: Mapping[str, Document]
    ) -> tuple[KeyImage, ...]:
        """In the order of the sources, at most MOST. A source without a picture, or whose file
        is another one by now or cannot be read, has none. Raises BackendError where the server
        has to be asked again: a paper with fewer pictures would be another paper."""
        found: list[KeyImage] = []
        async with _Looking(self._files, self._largest) as files:
            for source in _with_pictures(sources):
                document = documents.get(source.document_id)
                if document is None or document.sha256 != source.sha256:
                    continue
                image = await self._of(source, document, files)
                if image is not None:
                    found.append(image)
                if len(found) == MOST:
                    break
        return tuple(found)

    async def _of(self, source: Evidence, document: Document, files: "_Looking") -> KeyImage | None:
        key = (document.sha256, source)
        if key not in self._kept:
            self._kept[key] = await _read(source, document, files)
            while len(self._kept) > _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
        return self._kept[key]


class _Looking:
    """One file open at a time: neighbouring sources come from the same one."""

    def __init__(self, files: Files, largest: int) -> None:
        self._files, self._largest = files, largest
        self._stack = AsyncExitStack()
        self._open: tuple[str, Study] | None = None

    async def __aenter__(self) -> "_Looking":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def study(self, document: Document) -> "Study":
        """The file, open; raises StudyError, BackendError."""
        if self._open is None or self._open[0] != document.sha256:
            self._open = None
            await self._stack.aclose()
            glance = self._files.glance(document, self._largest)
            study = await self._stack.enter_async_context(glance)
            self._open = document.sha256, study
        return self._open[1]


async def _read(source: Evidence, document: Document, files: _Looking) -> KeyImage | None:
    from workstation.studies.errors import DecoderStopped, StudyError

    try:
        return await _image(await files.study(document), source, _caption(source, document))
    except BackendError as error:
        if error.is_temporary:
            raise
        logger.info("no picture of a source: %s", type(error).__name__)
    except DecoderStopped:
        raise
    except StudyError as error:
        logger.info("no picture of a source: %s", type(error).__name__)
    return None


def _with_pictures(sources: Sequence[Evidence]) -> Iterator[Evidence]:
    """Of one place one: a frame in which five things were measured is printed once."""
    seen: set[tuple[object, ...]] = set()
    for source in sources:
        place = source.place
        if isinstance(place, FramePlace):
            same: tuple[object, ...] = ("frame", place.frame, place.window)
        elif isinstance(place, PicturePlace):
            same = ("picture", place.page)
        elif isinstance(place, EcgPlace):
            about = 0 if place.median_beat else round(place.start_s / _SAME_STRIP_S)
            same = ("ecg", place.recording, place.lead, about, place.median_beat)
        else:
            continue
        same = (source.document_id, place.part, *same)
        if same not in seen:
            seen.add(same)
            yield source


async def _image(study: "Study", source: Evidence, caption: str) -> KeyImage | None:
    from workstation.services.key_pictures import frame_picture, slice_picture
    from workstation.services.key_strips import strip_of, strip_of_long
    from workstation.studies.long_study import LongEcgStudy
    from workstation.studies.study import ClipStudy, DiscStudy, EcgStudy, PictureStudy, StackStudy

    place, number = source.place, source.number
    match study, place:
        case DiscStudy(), _:
            return await _on_disc(study, source, caption)
        case StackStudy(), FramePlace():
            return await slice_picture(study, number, place, caption)
        case ((ClipStudy() | PictureStudy()), (FramePlace() | PicturePlace())):
            return await frame_picture(study, number, place, caption)
        case EcgStudy(), EcgPlace():
            return await asyncio.to_thread(strip_of, study.info, number, place, caption)
        case LongEcgStudy(), EcgPlace():
            return await asyncio.to_thread(strip_of_long, study.info, number, place, caption)
    return None


async def _on_disc(disc: "DiscStudy", source: Evidence, caption: str) -> KeyImage | None:
    """Of the item that holds the place; of slices the item's own places have the part, too."""
    from workstation.studies.study import StackStudy

    item = disc.info.find(source.place.part)
    if item is None:
        return None
    study = await disc.open_item(item)
    try:
        if not isinstance(study, StackStudy):
            place = msgspec.structs.replace(source.place, part="")
            source = msgspec.structs.replace(source, place=place)
        return await _image(study, source, caption)
    finally:
        await study.close()


def _caption(source: Evidence, document: Document) -> str:
    """«[1] ЭхоКГ, 11.11.2026»: in Russian whatever the window's language. Where in the file and by
    which scale is added by whoever sees it; of a lead it is known here."""
    from workstation.documents.place_words import place_words
    from workstation.documents.typeface import legible

    title = source.title
    if len(title) > _LONGEST_TITLE:
        title = f"{title[: _LONGEST_TITLE - 1].rstrip()}…"
    taken = "" if document.taken_on is None else f", {document.taken_on:%d.%m.%Y}"
    where = f", {place_words(source.place)}" if isinstance(source.place, EcgPlace) else ""
    return legible(f"[{source.number}] {title}{taken}{where}")
