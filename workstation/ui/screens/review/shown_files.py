"""The case's files as the strip lists them, and which of them the toolbar names."""

from collections.abc import Callable, Collection

import msgspec
from PySide6.QtCore import QCoreApplication, QObject

from backend_client.models.common import DocumentId
from backend_client.models.documents import Document
from backend_client.models.requests import OtherRequest
from workstation.ui.screens.review.file_list_model import (
    Entry,
    FileRow,
    Heading,
    OtherRow,
)
from workstation.ui.screens.review.file_strip import FileStrip
from workstation.ui.screens.review.other_requests import Unfolded
from workstation.ui.screens.review.pane_model import PaneKind
from workstation.ui.screens.review.toolbar import ReviewToolbar
from workstation.ui.screens.review.view_model import ReviewViewModel


class ShownFiles(QObject):
    """Fills both from the view model."""

    def __init__(
        self,
        model: ReviewViewModel,
        strip: FileStrip,
        toolbar: ReviewToolbar,
        is_anothers: Callable[[Document], bool],
        parent: QObject,
    ) -> None:
        """`is_anothers`: whether a doctor has said that the file is another patient's."""
        super().__init__(parent)
        self._model, self._strip, self._toolbar = model, strip, toolbar
        self._is_anothers = is_anothers

    def show(self) -> None:
        """As they are now."""
        model, translate = self._model, QCoreApplication.translate
        entries: list[Entry] = []
        seen = model.shown_ids  # once: a case may have two thousand files
        for group in model.groups:
            others = translate("ReviewView", "Other files")
            entries.append(Heading(group.item.title if group.item is not None else others))
            entries += [self._row(one, seen) for one in group.documents]
        entries += self._of_other_requests(seen)
        current = model.active.document
        self._strip.show_files(entries, current.id if current is not None else None)
        self._show_place()

    def _of_other_requests(self, seen: Collection[DocumentId]) -> list[Entry]:
        """Behind the case's own, each a line until the doctor unfolds it."""
        others, translate = self._model.others, QCoreApplication.translate
        if not others.requests:
            return []
        found: list[Entry] = [Heading(translate("ReviewView", "Patient's other requests"))]
        for one in others.requests:
            known = others.unfolded(one.id)
            row = OtherRow(self._as_seen(one), known is not None, self._why_none(known))
            found.append(row)
            files = known.files if known is not None else ()
            found += [self._row(file.lead, seen, is_others=True) for file in files]
        return found

    def _as_seen(self, one: OtherRequest) -> OtherRequest:
        """With what was opened since the card was read, and a series counted as one file."""
        leads = self._model.others.leads(one.id)
        if not leads:
            return one
        unopened = sum(not self._model.is_opened(lead) for lead in leads)
        return msgspec.structs.replace(one, file_count=len(leads), unopened_count=unopened)

    def _why_none(self, known: Unfolded | None) -> str:
        translate = QCoreApplication.translate
        if known is None or known.files:
            return ""
        if not known.is_read:
            return translate("ReviewView", "Reading")
        if known.is_closed:
            return translate("ReviewView", "the consent was withdrawn")
        return known.error.title if known.error is not None else ""

    def title(self, document: Document) -> str:
        """As the strip names the file."""
        parts = len(self._model.parts_of(document))
        row = FileRow(document, opened=True, shown=True, slices=parts)
        return self._strip.model.title(row)

    def _row(
        self, document: Document, seen: Collection[DocumentId], *, is_others: bool = False
    ) -> FileRow:
        model = self._model
        remark = QCoreApplication.translate("ReviewView", "another patient's")
        return FileRow(
            document,
            model.is_opened(document),
            document.id in seen,
            remark if self._is_anothers(document) else "",
            len(model.parts_of(document)),
            is_others,
        )

    def _show_place(self) -> None:
        documents, active = self._model.documents, self._model.active
        present = active.document
        places = [n for n, one in enumerate(documents, 1) if present and one.id == present.id]
        here = self._model.hung.here
        hangs = active.kind is not PaneKind.DOCUMENT or len(here) > 1
        hung = [pane for pane in self._model.panes if pane.document is not None]
        more = hangs and sum(pane.kind is not PaneKind.DOCUMENT for pane in hung) > 1
        self._toolbar.show_place(
            places[0] if places else 0,
            len(documents),
            one_pane=self._model.one_pane and hangs,
            has_more_panes=more or len(here) > 1,
        )
