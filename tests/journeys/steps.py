"""What a doctor does at the desk, by keys, and what then has to stand on the screen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView

from backend_client.models.documents import Document, DocumentKind
from tests.journeys.driver import Desk, DoesNotHold
from workstation.screens import Screens
from workstation.ui.screens.queue.view_model import ListState
from workstation.ui.screens.review.pane_model import PaneState
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.widgets.status_bar import StatusBar

FIRST_START_S = 120.0
"""The demonstration's files are made at the very first start."""


def screens(desk: Desk) -> Screens:
    """The rooms of the signed-in account."""
    if desk.workstation.screens is None:
        raise DoesNotHold("nobody is signed in")
    return desk.workstation.screens


async def server_answers(desk: Desk) -> None:
    """The sign-in screen shows the demo accounts of the server."""
    await desk.until(
        lambda: desk.workstation.sign_in.view_model.accounts, "no demo accounts", FIRST_START_S
    )


async def sign_in(desk: Desk, login: str) -> None:
    """The digit of the account, then Enter; the queue with rows has to come."""
    await server_answers(desk)
    logins = [account.login for account in desk.workstation.sign_in.view_model.accounts]
    desk.window.setFocus()
    desk.press(Qt.Key(Qt.Key.Key_1.value + logins.index(login)))
    desk.press(Qt.Key.Key_Return)
    await queue_is_there(desk)


async def sign_out(desk: Desk) -> None:
    """The account's menu in the status bar; the sign-in screen has to come."""
    desk.find(StatusBar, "statusBar").sign_out_wanted.emit()
    await desk.until(lambda: desk.workstation.screens is None, "still signed in")
    await desk.until(desk.workstation.sign_in.isVisible, "no sign-in screen")


async def queue_is_there(desk: Desk) -> None:
    """Rows stand in the queue, and the link is up."""

    def ready() -> bool:
        shown = desk.workstation.screens
        return shown is not None and shown.queue_model.state is ListState.ROWS

    await desk.until(ready, "the queue has no rows")


async def choose_patient(desk: Desk, name: str) -> None:
    """Goes to the top and walks down with J until the request of that patient is chosen; rows
    that were out of sight are waited for, as a reader does."""
    model = screens(desk).queue_model
    table = desk.find(QTableView, "queue.table")
    table.setFocus()
    desk.press(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    await desk.until(lambda: model.chosen is not None, "no request is chosen")

    async def step_down() -> None:
        before = model.chosen
        desk.press(Qt.Key.Key_J)
        await desk.until(lambda: model.chosen is not before, "the patient is not in the list")

    while model.chosen is None or not model.chosen.patient.full_name.startswith(name):
        await step_down()


async def open_case(desk: Desk, name: str) -> None:
    """Takes the patient's request with Enter; its files have to come."""
    await choose_patient(desk, name)
    desk.press(Qt.Key.Key_Return)
    review = screens(desk).review_model
    await desk.until(lambda: review.documents, "the case has no files")


async def leave_case(desk: Desk) -> None:
    """Esc goes back to the queue."""
    desk.press(Qt.Key.Key_Escape)
    await desk.until(lambda: screens(desk).queue.isVisible(), "the queue did not come back")


def document_of(desk: Desk, kind: DocumentKind, title: str = "") -> Document:
    """The first file of that kind (and title) in the open case."""
    for document in screens(desk).review_model.documents:
        if document.kind is kind and title in document.title:
            return document
    raise DoesNotHold(f"no file of kind {kind.value}")


async def open_file(desk: Desk, document: Document) -> None:
    """Goes to the file with PageDown and PageUp, from wherever the strip stands."""
    model = screens(desk).review_model
    documents = model.documents
    target = next(n for n, one in enumerate(documents) if one.id == document.id)
    for _ in range(len(documents)):
        active = model.active.document
        now = next(
            (n for n, one in enumerate(documents) if active and one.id == active.id), target - 1
        )
        if now == target:
            break
        desk.press(Qt.Key.Key_PageDown if now < target else Qt.Key.Key_PageUp)
    await desk.until(
        lambda: model.active.document is not None and model.active.document.id == document.id,
        f"file {document.id} is not the active one",
    )
    await desk.until(
        lambda: model.active.state in (PaneState.READY, PaneState.FAILED),
        f"file {document.id} was not opened",
    )


async def open_a_clip(desk: Desk) -> None:
    """Opens a case with a clip and plays it."""
    await open_case(desk, "Верещагин")
    await open_file(desk, document_of(desk, DocumentKind.CLIP))
    clip = playing_clip(desk)
    if not clip.is_playing:
        desk.press(Qt.Key.Key_Space)
    await desk.until(lambda: clip.is_playing, "the clip does not play")


def playing_clip(desk: Desk) -> CineView:
    """The clip's viewer that is seen."""
    for view in screens(desk).review.findChildren(CineView):
        if view.isVisible():
            return view
    raise DoesNotHold("no clip on the screen")


def type_into(desk: Desk, name: str, text: str) -> None:
    """Types into the field of that name."""
    field = desk.find(QLineEdit, name)
    field.setFocus()
    field.selectAll()
    desk.type_text(text)


def focus_name() -> str:
    """Object name of what has the focus."""
    focus = QApplication.focusWidget()
    return "" if focus is None else focus.objectName()
