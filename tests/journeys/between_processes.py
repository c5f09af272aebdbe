"""Steps that only several server processes make possible: one is lost, the others go on."""

import asyncio
import json
import time

from backend_client.models.requests import RequestRow, RequestStatus
from tests.journeys.clinics import Clinics
from tests.journeys.colleague import Colleague, demo_password
from tests.journeys.consultation import Consultation
from tests.journeys.driver import hold
from tests.journeys.house import House
from tests.journeys.steps import screens
from workstation.core.connection import Link

LOST = "Нет связи с клиникой"
"""What the patient's page says meanwhile."""
_SAYS_LOST = f"document.getElementById('notice').textContent.includes({json.dumps(LOST)})"
WHILE_AWAY = "Слышу вас хорошо, продолжайте."
BACK = "Связь пропадала, но я вас видела."


class BetweenProcesses(House, Consultation):
    """Steps of the tour with three processes; `stage` is one of clinics."""

    async def files_past_server(self) -> str:
        """The files that were opened came from S3 itself, by addresses that the server gave."""
        read = self._clinics().s3.read_by_link()
        hold(read > 0, "no file came from S3 itself")
        return f"{read} reads by a link"

    async def lobby_server_killed(self) -> str:
        """The process that the waiting patient's page came from is killed, and is back."""
        patients = self._clinics().patients
        await asyncio.to_thread(patients.kill)
        await self._talk().says(LOST)
        await self._talk().picture(self.out / "patient-2-no-server.png")
        await asyncio.to_thread(patients.start)
        return f"the page is back {await self._page_is_back():.1f} s after its server"

    async def talk_server_killed(self) -> str:
        """The same while they talk: the talk goes on, and no word is lost."""
        patients, before = self._clinics().patients, self._live().recoveries
        await asyncio.to_thread(patients.kill)
        await self._talk().page.until(_SAYS_LOST)  # under the call, which needs no server
        await self._talk().sees_frames()
        await self._talk().hears_doctor()
        await self._doctor_writes(WHILE_AWAY)
        await asyncio.to_thread(patients.start)
        seconds = await self._page_is_back()
        await self._talk().open_chat()
        await self._talk().reads(WHILE_AWAY)
        await self._talk().write(BACK)
        await self.desk.until(lambda: BACK in self._chat(), "the patient's message did not come")
        await self._talk().close_chat()
        hold(self._live().recoveries == before, "the call was begun anew")
        return f"the talk went on; the page is back {seconds:.1f} s after its server"

    async def doctor_has_heard(self) -> str:
        """What the admin did at another process stands in the doctor's window (SPB-21)."""
        model = screens(self.desk).conclusion_model
        done = (RequestStatus.DELIVERED, RequestStatus.CLOSED)
        await self.desk.until(
            lambda: model.row is not None and model.row.status in done,
            "the doctor has not heard of the approval",
        )
        self._room("queue")
        return "the conclusion is the patient's, says the doctor's window"

    async def missed_meanwhile(self) -> str:
        """The doctor's process is away while a colleague takes a request: seen at the return."""
        await self.stage.kill_doctors_server()
        await self.desk.until(lambda: self._sync().state.link is Link.OFFLINE, "loss not seen")
        address = self.stage.colleagues_address
        async with Colleague(address, await demo_password(address)) as colleague:
            row = await self._shown_of(colleague)
            await colleague.take(row)
            await self.stage.start_doctors_server()
            seconds = await self.desk.until(
                lambda: self._owner(row.id) is not None, "the missed change was not seen", 60
            )
            await colleague.give_back(row)
            await self.desk.until(lambda: self._owner(row.id) is None, "the row did not come back")
        return f"seen {seconds:.1f} s after the process was back"

    async def _shown_of(self, colleague: Colleague) -> RequestRow:
        rows = screens(self.desk).queue_model.rows
        return next(r for r in await colleague.free_requests() if rows.row_of(r.id) is not None)

    async def _page_is_back(self) -> float:
        """Seconds from now until the page does not miss its server any more."""
        begun = time.perf_counter()
        await self._talk().page.until(f"!{_SAYS_LOST}")
        return time.perf_counter() - begun

    def _clinics(self) -> Clinics:
        assert isinstance(self.stage, Clinics)
        return self.stage
