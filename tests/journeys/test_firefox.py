"""A patient whose browser is Firefox: the same page, the same call (SOK-10)."""

from pathlib import Path

import pytest

from tests.journeys.doctor import Server, signed_in
from tests.journeys.firefox import firefox, missing
from tests.journeys.patient import DESKTOP, KEEP_PEER, Visitor
from tests.unit.media.two_sides import engines
from workstation.core.call_media import MediaState, Sending

pytestmark = [
    pytest.mark.journey,
    pytest.mark.firefox,
    pytest.mark.timeout(300),
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
]
IS_HEARD = """peer.getStats().then((stats) => [...stats.values()].some((one) =>
  one.type === "inbound-rtp" && one.kind === "audio" && one.totalAudioEnergy > 0.001))"""
"""By Firefox's own figures: without a sound card its AudioContext never runs."""


async def test_the_patient_talks_from_firefox(server: Server, tmp_path: Path) -> None:
    """SOK-10, DRC-5, DRC-7: accepted, tested, answered with video, seen and heard, hung up."""
    async with engines(1) as (engine,), signed_in(server) as doctor:
        link = await doctor.take()
        async with firefox(tmp_path / "profile", link) as tab:
            await tab.resize(*DESKTOP)
            patient = Visitor(tab)
            await doctor.propose()
            await patient.accept_time()
            await patient.says("Камера закрыта")  # its fake one shows a single colour
            call = await doctor.ring()
            async with doctor.talking(engine, call) as talk:
                await tab.evaluate(KEEP_PEER)
                await patient.answer()
                await patient.sees_frames()
                await tab.until(IS_HEARD)
                stats = await talk.sees_patient()
                assert stats.height > 0
                await talk.is_told(MediaState(Sending.ON, Sending.ON))
                await talk.mute()
                await patient.says("микрофон выключен")
                await patient.hang_up()
                await doctor.ended(call)
            await patient.says("Врач пишет заключение")
            assert not tab.errors
