"""Text that was copied in one patient's case enters another one only after a question.

A view says whose case it shows (`show_case`); its fields find that out by their parents. What is
copied, selected or dragged out of them carries the case with it, as ids alone, beside the text: so
the clipboard, the selection of X11 and drag and drop are one road, and a text of other programs
goes in as ever.
"""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QWidget

from backend_client.models.requests import RequestRow
from workstation.ui.theme import Theme
from workstation.ui.widgets.case_question import CaseQuestion

CASE_FORMAT = "application/x-telemedicine-case"
_PROPERTY = "case"


class CopiedIn(msgspec.Struct, frozen=True):
    """In which case a text was copied: nothing about the patient."""

    request_id: str
    number: str


@dataclass(frozen=True, slots=True)
class ShownCase:
    """Whose case a view shows."""

    request_id: str
    number: str
    patient: str


def shown(row: RequestRow | None) -> ShownCase | None:
    """The case of a request."""
    return None if row is None else ShownCase(row.id, row.number, row.patient.full_name)


def show_case(view: QWidget, case: ShownCase | None) -> None:
    """The view shows this case from now on; None: nobody's."""
    view.setProperty(_PROPERTY, case)


def case_of(widget: QWidget) -> ShownCase | None:
    """The case of the nearest view around the widget that shows one."""
    at: QWidget | None = widget
    while at is not None:
        case = at.property(_PROPERTY)
        if isinstance(case, ShownCase):
            return case
        at = at.parentWidget()
    return None


def marked(text: str, source: QWidget) -> QMimeData:
    """A copied text, plain, with the case in which it was copied."""
    content = QMimeData()
    content.setText(text)
    case = case_of(source)
    told = None if case is None else CopiedIn(case.request_id, case.number)
    content.setData(CASE_FORMAT, msgspec.json.encode(told))
    return content


def leave_plain_text() -> None:
    """The program ends: what it has copied stays as plain text, which Qt owns alone.

    Qt destroys the clipboard's content behind the end of Python, and may find nothing of it there.
    """
    clipboard = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        content = clipboard.mimeData(mode)
        if content is not None and content.hasFormat(CASE_FORMAT):
            clipboard.setText(content.text(), mode)


def copied_in(content: QMimeData) -> CopiedIn | None:
    """In which case it was copied; None: elsewhere."""
    if not content.hasFormat(CASE_FORMAT):
        return None
    try:
        return msgspec.json.decode(content.data(CASE_FORMAT).data(), type=CopiedIn | None)
    except msgspec.DecodeError:
        return None


def bring_in(
    content: QMimeData, field: QWidget, theme: Theme, insert: Callable[[str], None]
) -> None:
    """Inserts the content's text: at once, or once the doctor has said that it belongs to this
    patient, too. Where the field shows another case by then, nothing is inserted."""
    origin, here, text = copied_in(content), case_of(field), content.text()
    if origin is None or here is None or origin.request_id == here.request_id:
        insert(text)
        return
    question = CaseQuestion(theme, field, origin.number, here.number, here.patient, text)
    question.accepted.connect(lambda: insert(text) if case_of(field) == here else None)
    question.open()
