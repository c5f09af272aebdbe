"""Pictures of a conclusion's sources for its paper: the frame, the lead, as they were looked at."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Final, Protocol

from backend_client.errors import BackendError
from backend_client.models.documents import Document
from backend_client.models.evidence import EcgPlace, Evidence, Figure, FramePlace, PicturePlace
from workstation.core.conclusion import KeyImage, KeyPicture, KeyStrip

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from workstation.studies.ecg import EcgLead, EcgRecord
    from workstation.studies.imaging import ClipInfo
    from workstation.studies.study import ClipStudy, PictureStudy, Study

logger = logging.getLogger(__name__)

MOST: Final = 4
"""Pictures of one conclusion: the first sources that its text names."""
_STRIP_S: Final = 3.3
"""Of a lead: as much as fits beside another one at 25 mm/s."""
_MOST_KEPT: Final = 12
_CLOSED: Final = frozenset({Figure.AREA})
_DRAWN: Final = frozenset({Figure.POINT, Figure.LINE, Figure.TRACE, Figure.AREA, Figure.ANGLE})


class Files(Protocol):
    """The files of a request."""

    def glance(self, document: Document) -> AbstractAsyncContextManager["Study"]:
        """The file open for a picture of it; raises StudyError, BackendError."""


class KeyImages:
    """Pictures of the last sources that were asked for are kept: a text is written for long."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._kept: dict[tuple[str, Evidence], KeyImage | None] = {}

    async def of(
        self, sources: Sequence[Evidence], documents: Mapping[str, Document]
    ) -> tuple[KeyImage, ...]:
        """In the order of the sources, at most MOST. A source without a picture, or whose file
        is another one by now or cannot be read, has none. Raises BackendError where the server
        has to be asked again: a paper with fewer pictures would be another paper."""
        found: list[KeyImage] = []
        for source in _with_pictures(sources):
            document = documents.get(source.document_id)
            if document is None or document.sha256 != source.sha256:
                continue
            image = await self._of(source, document)
            if image is not None:
                found.append(image)
            if len(found) == MOST:
                break
        return tuple(found)

    async def _of(self, source: Evidence, document: Document) -> KeyImage | None:
        key = (document.sha256, source)
        if key not in self._kept:
            self._kept[key] = await self._read(source, document)
            while len(self._kept) > _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
        return self._kept[key]

    async def _read(self, source: Evidence, document: Document) -> KeyImage | None:
        from workstation.studies.errors import DecoderStopped, StudyError

        try:
            async with self._files.glance(document) as study:
                return await _image(study, source, _caption(source, document))
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
            same: tuple[object, ...] = (source.document_id, "frame", place.frame)
        elif isinstance(place, PicturePlace):
            same = (source.document_id, "picture", place.page)
        elif isinstance(place, EcgPlace) and not (place.median_beat or place.recording):
            same = (source.document_id, "ecg", place.lead, round(place.start_s / _STRIP_S))
        else:
            continue
        if place.part or same in seen:
            continue
        seen.add(same)
        yield source


async def _image(study: "Study", source: Evidence, caption: str) -> KeyImage | None:
    from workstation.studies.study import ClipStudy, EcgStudy, PictureStudy

    place = source.place
    if isinstance(study, EcgStudy) and isinstance(place, EcgPlace):
        return _strip(study.info, source.number, place, caption)
    if isinstance(study, ClipStudy | PictureStudy) and isinstance(place, FramePlace | PicturePlace):
        return await _picture(study, source.number, place, caption)
    return None


def _strip(record: "EcgRecord", number: int, place: EcgPlace, caption: str) -> KeyStrip | None:
    """The measured stretch in the middle of what fits, seen through the same filter."""
    from workstation.studies.ecg import SampleUnit
    from workstation.studies.measure.ecg.filters import filter_of, filtered

    lead = record.lead(place.lead) if place.lead else next(iter(record.leads), None)
    chosen = filter_of(place.filter)
    if lead is None or lead.unit is not SampleUnit.MILLIVOLT or chosen is None:
        return None
    rate = record.sampling_rate_hz
    seen = lead if chosen.off else filtered(lead, rate, chosen)
    first, last = sorted((place.start_s, place.stop_s))
    room = max(0.0, record.duration_s - _STRIP_S)
    start = round(min(max((first + last - _STRIP_S) / 2, 0.0), room) * rate)
    stop = min(start + round(_STRIP_S * rate), len(seen.samples))
    if last * rate < start or first * rate > stop:
        return None
    return KeyStrip(
        number=number,
        lead=seen.name,
        millivolts=_samples(seen, start, stop),
        rate_hz=rate,
        from_s=start / rate,
        marks_s=(first, last) if last - first <= _STRIP_S else None,
        caption=f"{caption}; 25 мм/с, 10 мм/мВ",
    )


def _samples(lead: "EcgLead", start: int, stop: int) -> tuple[float, ...]:
    values = [float(one) for one in lead.samples[start:stop]]
    for begin, end in lead.gaps:
        for index in range(max(begin, start), min(end, stop)):
            values[index - start] = float("nan")
    return tuple(values)


async def _picture(
    study: "ClipStudy | PictureStudy", number: int, place: FramePlace | PicturePlace, caption: str
) -> KeyPicture:
    import numpy as np

    from workstation.studies.imaging import ClipInfo

    index = place.frame if isinstance(place, FramePlace) else place.page
    frame = await study.frame(index)
    try:
        pixels = np.ascontiguousarray(frame.pixels[:, :, 2::-1])
    finally:
        frame.release()
    info = study.info
    points, is_closed = _points(place)
    grey = bool(
        (pixels[:, :, 0] == pixels[:, :, 1]).all() and (pixels[:, :, 1] == pixels[:, :, 2]).all()
    )
    return KeyPicture(
        number=number,
        width=pixels.shape[1],
        height=pixels.shape[0],
        channels=1 if grey else 3,
        pixels=_bytes(pixels, grey=grey),
        caption=caption,
        pixel_aspect=info.pixel_aspect if isinstance(info, ClipInfo) else 1.0,
        mm_per_pixel=_scale(info, points) if isinstance(info, ClipInfo) else None,
        points=points,
        is_closed=is_closed,
    )


def _bytes(pixels: "npt.NDArray[np.uint8]", *, grey: bool) -> bytes:
    return pixels[:, :, 0].tobytes() if grey else pixels.tobytes()


def _points(
    place: FramePlace | PicturePlace,
) -> tuple[tuple[tuple[float, float], ...], bool]:
    """What is drawn over the picture; a figure that is no line through its points is left out."""
    if isinstance(place, PicturePlace):
        return (place.start, place.stop), False
    if place.figure not in _DRAWN:
        return (), False
    return place.points, place.figure in _CLOSED


def _scale(info: "ClipInfo", points: tuple[tuple[float, float], ...]) -> float | None:
    """Millimetres a pixel to the right where the file says so: of the plane in which was measured,
    of an ultrasound picture in which nothing was marked none. A detector's are not the body's."""
    from workstation.studies.measure.calibration import PlaneScale
    from workstation.studies.measure.reading import ScaleSource
    from workstation.studies.measure.ultrasound.regions import ultrasound_scale

    scale: object = info.plane
    if info.regions:
        size = (info.width, info.height)
        scale = ultrasound_scale(info.regions, size, points) if points else None
    if not isinstance(scale, PlaneScale) or scale.source is ScaleSource.IMAGER_SPACING:
        return None
    return scale.mm_x


def _caption(source: Evidence, document: Document) -> str:
    """«[1] ЭхоКГ, 11.11.2026, кадр 31»: in Russian whatever the window's language."""
    from workstation.documents.place_words import place_words
    from workstation.documents.typeface import legible

    taken = "" if document.taken_on is None else f", {document.taken_on:%d.%m.%Y}"
    place = source.place
    where = f", {place_words(place)}" if not isinstance(place, PicturePlace) else ""
    return legible(f"[{source.number}] {source.title}{taken}{where}")
