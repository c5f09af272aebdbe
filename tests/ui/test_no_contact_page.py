"""A lost contact: from the conclusion one press shows the page with its evidence (DRC-11)."""

import msgspec
from pytestqt.qtbot import QtBot

from backend_client.models.documents import NO_CONTACT_PAGE
from backend_client.models.requests import Outcome, RequestStatus
from tests.factories import NOW, make_document
from tests.ui.queue_desk import Surroundings
from tests.ui.test_conclusion_form import desk
from tests.ui.waiting import until

ENDED = Outcome(code="", note="Звонки без ответа: 3", at=NOW, rendered=True, patients_fault=True)


async def test_show_the_page_opens_the_page_that_was_kept(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with desk(qtbot, around) as stage:
        row, cards = stage.scene.row, stage.scene.requests.cards
        page = make_document(request_id=row.id, item_code=NO_CONTACT_PAGE, title="Нет контакта")
        wanted: list[tuple[str, str]] = []
        stage.model.file_wanted.connect(lambda case, file: wanted.append((case, file)))
        stage.scene.become(RequestStatus.NO_CONTACT)

        def tell(**more: object) -> None:
            card = msgspec.structs.replace(cards[row.id], row=stage.scene.requests.rows[row.id])
            cards[row.id] = msgspec.structs.replace(card, outcome=ENDED, **more)
            stage.model.retry()

        tell()
        await until(lambda: "is not kept yet" in stage.said("contact.detail"))
        assert "Звонки без ответа: 3" in stage.said("contact.detail")
        tell(documents=[*cards[row.id].documents, page])
        await until(lambda: "is kept with the case" in stage.said("contact.detail"))
        stage.press_button("contact.action1")
    assert wanted == [(row.id, page.id)]
