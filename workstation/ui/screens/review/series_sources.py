"""From which file of a series a slice is: what is found on it names that very file. No widgets."""

from weakref import WeakValueDictionary

from backend_client.models.common import DocumentId
from backend_client.models.documents import Document
from backend_client.models.evidence import FramePlace, Place
from workstation.services.open_series import OpenedSeries
from workstation.studies.stack import StackInfo


class SeriesSources:
    """Of the series that were opened in the case, also after they are closed."""

    def __init__(self) -> None:
        self._by_uid: dict[DocumentId, dict[str, Document]] = {}
        self._taken: WeakValueDictionary[DocumentId, OpenedSeries] = WeakValueDictionary()

    def take(self, document: Document, series: OpenedSeries) -> None:
        """A series was opened; `document` stands for it."""
        info = series.study.info
        if isinstance(info, StackInfo) and self._taken.get(document.id) is not series:
            self._taken[document.id] = series
            self._by_uid[document.id] = {one.uid: series.parts[one.part] for one in info.slices}

    def of(self, document: Document, place: Place) -> Document:
        """The document whose bytes show that place of a file; of a single one itself."""
        known = self._by_uid.get(document.id)
        if known is None or not isinstance(place, FramePlace):
            return document
        return known.get(place.part, document)

    def forget(self) -> None:
        """The case is left."""
        self._by_uid = {}
        self._taken.clear()
