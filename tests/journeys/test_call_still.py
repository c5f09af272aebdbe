"""A still picture of a real patient's camera: from the browser into the documents, and open."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from backend_client.models.common import RequestId
from backend_client.models.documents import CALL_PICTURE
from tests.journeys.chromium import chromium, missing
from tests.journeys.doctor import Server, signed_in
from tests.journeys.patient import Patient
from tests.journeys.test_call_service import at_work, sees_patient, until
from tests.memory_outbox import MemoryOutbox
from tests.unit.media.two_sides import engines, told
from workstation.core.call_media import CallFrame
from workstation.core.call_picture import SeenFrame
from workstation.core.live_call import CallPhase
from workstation.core.subscription import Event
from workstation.services.call_pictures import CallPictures
from workstation.services.outgoing import OutgoingActions
from workstation.studies.decoder import Decoder
from workstation.studies.study import PictureStudy
from workstation.ui.screens.call.video_view import VideoView

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(300),
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
]


async def test_what_the_doctor_sees_opens_among_the_documents(
    server: Server, tmp_path: Path, qapp: QApplication
) -> None:
    """The picture in the viewer is the painted one, as large as it came."""
    async with (
        signed_in(server) as doctor,
        chromium(tmp_path / "profile") as browser,
        engines(1) as (engine,),
        at_work(doctor.client, engine) as calls,
    ):
        patient = await Patient.open(browser, await doctor.take())
        await doctor.propose()
        await patient.accept_time()
        request_id = RequestId(doctor.card.row.id)
        await calls.place(request_id)
        await patient.answer()
        await until(calls, lambda live: live.phase is CallPhase.TALKING)
        await sees_patient(calls)
        seen = await _painted(calls.remote_frame)
        outgoing = OutgoingActions(MemoryOutbox(), lambda: datetime.now(UTC), asyncio.sleep)
        pictures = CallPictures(doctor.client.uploads, outgoing, lambda: datetime.now(UTC))
        await pictures.take(request_id, seen)
        await outgoing.drain()
        await calls.hang_up()
        documents = (await doctor.client.requests.card(request_id)).documents
        [still] = [one for one in documents if one.item_code == CALL_PICTURE]
        content = bytearray()

        async def keep(piece: bytes) -> None:
            content.extend(piece)

        await doctor.client.documents.download(still, keep)
    await _opens(bytes(content), seen)


async def _painted(frames: Event[CallFrame]) -> SeenFrame:
    """What the doctor sees once a picture has come."""
    view = VideoView(QColor("black"))
    view.show()
    view.show_frame(await told(frames))
    seen = view.seen()
    view.close()
    assert seen is not None
    return seen


async def _opens(content: bytes, seen: SeenFrame) -> None:
    """In the decoder, as any photo; within what JPEG takes away."""
    decoder = Decoder()
    study = await decoder.open(memoryview(content))
    try:
        assert isinstance(study, PictureStudy)
        assert (study.info.width, study.info.height) == (seen.width, seen.height)
        with await study.frame(0) as frame:
            shown = np.asarray(frame.pixels)[..., :3].astype(int)
            before = np.frombuffer(seen.pixels, np.uint8).reshape(seen.height, seen.width, 4)
            assert np.abs(shown - before[..., :3]).mean() < 3
    finally:
        await study.close()
        await decoder.close()
