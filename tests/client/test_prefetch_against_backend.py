"""The next cases fetched ahead from the real backend, and opened by the real decoder without it."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from backend.demo_data.requests import demo_requests
from backend.demo_data.shape import DemoFile
from backend_client.models.common import RequestId
from backend_client.models.documents import Document, DocumentKind
from backend_client.models.requests import QueueGroup
from tests.backend.clinic import REQUEST, START, Clinic, ClinicMaker, id_of
from tests.client.test_services_against_backend import Doctor, Socket, doctor, on_a_socket, until
from workstation.core.connection import Link
from workstation.media.engine import MediaEngine
from workstation.services.answers import CasesAhead
from workstation.services.certificates import KeptCertificates
from workstation.services.desk import Doors
from workstation.studies.decoder import Decoder
from workstation.studies.errors import DecoderStopped
from workstation.studies.study import EcgStudy, PdfStudy

NUMBERS = ("20-0001", "20-0002", "20-0003", "20-0004")
CASES = [RequestId(id_of(number)) for number in NUMBERS]
READY = CasesAhead(3, 3)


def an_ecg_and_a_paper(number: str) -> tuple[DemoFile, ...]:
    """Of the demonstration: a DICOM ECG and a PDF."""
    files = [file for request in demo_requests(START) for file in request.files]
    kinds = (DocumentKind.PDF, DocumentKind.ECG)
    found = [next(file for file in files if file.kind is kind) for kind in kinds]
    codes = zip(found, ("echo", "ecg"), strict=True)
    return tuple(replace(file, item_code=code, key=f"{number}-{code}") for file, code in codes)


@dataclass(frozen=True)
class Morning:
    """A doctor before a list, with a real decoder."""

    clinic: Clinic
    socket: Socket
    doctor: Doctor
    decoder: Decoder

    async def documents(self, case: RequestId) -> list[Document]:
        """Those of the card."""
        return (await self.doctor.desk.requests.card(case)).card.documents

    async def are_fetched(self, *cases: RequestId) -> None:
        """Waits until these are fetched ahead."""
        prefetch = self.doctor.desk.prefetch
        prefetch.show_next(cases)
        await until(lambda: prefetch.ahead == CasesAhead(len(cases), len(cases)))


@asynccontextmanager
async def morning(clinics: ClinicMaker, folder: Path) -> AsyncIterator[Morning]:
    """Four cases of two files each."""
    requests = [replace(REQUEST, number=one, files=an_ecg_and_a_paper(one)) for one in NUMBERS]
    decoder = Decoder()
    doors = Doors(decoder, MediaEngine(), KeptCertificates(folder))
    try:
        async with (
            clinics.open(*requests) as clinic,
            on_a_socket(clinic) as socket,
            doctor(socket.address, "levashova", folder, doors) as one,
        ):
            yield Morning(clinic, socket, one, decoder)
    finally:
        await decoder.close()


async def test_prefetched_cases_are_opened_after_the_server_is_gone(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    async with morning(clinics, tmp_path) as at:
        desk = at.doctor.desk
        await at.are_fetched(*CASES[:3])
        assert desk.studies.ahead.count == 6
        await at.socket.close()
        await until(lambda: at.doctor.link is Link.OFFLINE)
        for case in CASES[:3]:
            paper, ecg = sorted(await at.documents(case), key=lambda one: one.item_code != "echo")
            trace = await desk.studies.open(ecg)
            assert isinstance(trace, EcgStudy)
            assert trace.info.leads
            page = await desk.studies.open(paper)
            assert isinstance(page, PdfStudy)
            (await page.page(0, 200)).release()
            await trace.close()
            await page.close()
        assert desk.studies.ahead.count == 0


async def test_the_server_knows_of_no_opening_until_the_doctor_opens(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    async with morning(clinics, tmp_path) as at:
        desk = at.doctor.desk
        await at.are_fetched(*CASES[:3])
        caller = await at.clinic.caller("levashova")
        shown = (await caller.get(f"/requests/{CASES[0]}")).json()
        assert [one["opened"] for one in shown["documents"]] == [False, False]
        (document, _) = await at.documents(CASES[0])
        seen: list[Document] = []
        desk.studies.opened.subscribe(seen.append)
        await (await desk.studies.open(document)).close()
        await until(lambda: seen != [])
        shown = (await caller.get(f"/requests/{CASES[0]}")).json()
        assert [one["id"] for one in shown["documents"] if one["opened"]] == [document.id]
        assert [one.id for one in await at.documents(CASES[0]) if one.opened] == [document.id]


async def test_a_colleague_s_change_is_in_the_card_that_was_fetched_ahead(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    async with morning(clinics, tmp_path) as at:
        await at.are_fetched(*CASES[:3])
        assert (await at.doctor.desk.requests.card(CASES[1])).card.row.owner is None
        caller = await at.clinic.caller("orlov")
        assert (await caller.post(f"/requests/{CASES[1]}/claim")).is_success
        await until(lambda: any(row.owner is not None for row in at.doctor.heard))
        owner = (await at.doctor.desk.requests.card(CASES[1])).card.row.owner
        assert owner is not None
        assert not owner.is_me
        await until(lambda: at.doctor.desk.prefetch.ahead == READY)


async def test_a_case_that_is_taken_shows_the_taken_card_at_once(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    """The answer to the claim is the card: nothing more is asked for it."""
    async with morning(clinics, tmp_path) as at:
        desk = at.doctor.desk
        await desk.requests.page(QueueGroup.ALL)
        await at.are_fetched(*CASES[:3])
        await desk.requests.claim(CASES[0])
        await until(lambda: any(row.owner is not None for row in at.doctor.heard))
        opening = asyncio.gather(desk.requests.card(CASES[0]), at.socket.close())
        view, _ = await opening
        assert view.as_of is None
        assert view.card.row.owner is not None
        assert view.card.row.owner.is_me


async def test_a_killed_decoder_opens_what_comes_next_again(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    async with morning(clinics, tmp_path) as at:
        desk = at.doctor.desk
        await at.are_fetched(*CASES[:3])
        restarted: list[DecoderStopped] = []
        desk.studies.decoder_restarted.subscribe(restarted.append)
        assert at.decoder.pid is not None
        os.kill(at.decoder.pid, signal.SIGKILL)
        await until(lambda: restarted != [])
        await until(lambda: desk.prefetch.ahead == READY and desk.studies.ahead.count == 6)
