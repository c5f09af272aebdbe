"""Everything that one signed-in account works with, built and taken down together."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from backend_client.client import BackendClient
from backend_client.errors import BackendError
from backend_client.models.accounts import Account
from workstation.core.device_check import read_profiles
from workstation.core.errors import StoreError
from workstation.core.secrets import SecretStore
from workstation.core.server_clock import ServerClock
from workstation.desktop.secrets import random_key
from workstation.resources import resource
from workstation.services.annotations import AnnotationService
from workstation.services.appointed_calls import AppointedCalls
from workstation.services.approvals import ApprovalService
from workstation.services.archive import ArchiveService
from workstation.services.call_doors import Telephone
from workstation.services.call_pictures import CallPictures
from workstation.services.calls import CallService
from workstation.services.certificates import Certificates
from workstation.services.chat import ChatService
from workstation.services.checking import CheckingService
from workstation.services.claims import ClaimService
from workstation.services.conclusion_content import PaperTime
from workstation.services.conclusions import ConclusionService
from workstation.services.contact import ContactService
from workstation.services.delivery import DeliveryService
from workstation.services.device_test import DeviceTelephone, DeviceTestService
from workstation.services.evidence import EvidenceService
from workstation.services.file_answers import FileAnswers
from workstation.services.hanging import HangingService
from workstation.services.icd10 import Icd10Service
from workstation.services.identity import IdentityService
from workstation.services.kept_messages import KeptMessages
from workstation.services.kept_panels import KeptPanels
from workstation.services.key_images import KeyImages
from workstation.services.lift_process import LiftProcess
from workstation.services.lifting import LiftingService
from workstation.services.notices import NoticeService
from workstation.services.outgoing import OutgoingActions
from workstation.services.phrases import PhraseService
from workstation.services.prefetch import PrefetchService
from workstation.services.requests import RequestService
from workstation.services.schedule import ScheduleService
from workstation.services.spelling import SpellingService
from workstation.services.stale_work import StaleWork
from workstation.services.studies import StudyOpener, StudyService
from workstation.services.sync import SyncService, connecting
from workstation.services.templates import TemplateService
from workstation.services.triage import TriageService
from workstation.services.verify_address import VerifyAddress
from workstation.services.verifying import VerifyProcess
from workstation.store.blobs import Blobs
from workstation.store.cache import Cache
from workstation.store.database import Database, open_or_renew
from workstation.store.drafts import Drafts
from workstation.store.kept_annotations import KeptAnnotations
from workstation.store.kept_icd10 import KeptIcd10
from workstation.store.keys import derived_keys
from workstation.store.outbox import Outbox
from workstation.store.own_words import OwnWords
from workstation.store.panels import Panels
from workstation.store.unsent_messages import UnsentMessages

logger = logging.getLogger(__name__)

DATABASE_FILE = "store.db"
BLOBS_FOLDER = "files"
BLOBS_LIMIT = 4 * 1024**3
"""Bytes of patients' files that are kept on this computer."""
LAST_WORDS_S = 3.0


class DeskTelephone(Telephone, DeviceTelephone, Protocol):
    """The media process: calls, and the test of the devices."""


@dataclass(frozen=True, slots=True)
class Doors:
    """What a desk needs of the window's other processes, and of the computer."""

    opener: StudyOpener
    telephone: "DeskTelephone"
    certificates: Certificates


@dataclass(frozen=True, slots=True)
class Desk:
    """The services of one account. Start `sync.run()` in the account's scope."""

    account: Account
    requests: RequestService
    claims: ClaimService
    triage: TriageService
    panels: KeptPanels
    messages: KeptMessages
    identity: IdentityService
    studies: StudyService
    prefetch: PrefetchService
    schedule: ScheduleService
    calls: CallService
    pictures: CallPictures
    device_test: DeviceTestService
    chat: ChatService
    conclusions: ConclusionService
    icd10: Icd10Service
    phrases: PhraseService
    contact: ContactService
    spelling: SpellingService
    evidence: EvidenceService
    answers: FileAnswers
    annotations: AnnotationService
    hanging: HangingService
    approvals: ApprovalService
    archive: ArchiveService
    delivery: DeliveryService
    checking: CheckingService
    notices: NoticeService
    appointed: AppointedCalls
    sync: SyncService
    set_aside: Path | None
    """Where local data went that could not be read; orders that waited there are lost."""
    outgoing: OutgoingActions
    database: Database

    async def close(self) -> None:
        """Sends what still waits if that is quick, held or not, then closes the store.

        Call it when `sync.run()` has ended, and before signing out.
        """
        await self.calls.close()
        self.device_test.close()
        await self.studies.close()
        await self.checking.close()
        await self.spelling.close()
        try:
            async with asyncio.timeout(LAST_WORDS_S):
                await self.outgoing.drain_held()
                await self.triage.finish()  # an order that is being given is carried out as well
                await self.outgoing.drain_held()
        except (BackendError, StoreError, TimeoutError) as error:
            logger.info("orders stay for the next time: %s", type(error).__name__)
        await self.triage.close()
        await self.pictures.finish()
        await self.answers.finish()
        await self.annotations.finish()
        await self.panels.finish()
        await self.messages.finish()
        await self.requests.save_heard()
        await self.database.close()


async def open_desk(
    client: BackendClient,
    account: Account,
    secrets: SecretStore,
    folder: Path,
    doors: Doors,
    clock: ServerClock,
    *,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    blobs_limit: int = BLOBS_LIMIT,
) -> Desk:
    """Opens the account's encrypted data in `folder` and builds its services.

    Raises:
        SecretError: there is no safe place for the key.
        StoreUnavailable: no room or no permission in the folder.
    """
    keys = derived_keys(await random_key(secrets, f"store-key {account.id}"))
    database, set_aside = await open_or_renew(folder / DATABASE_FILE, keys.database)
    blobs = Blobs(folder / BLOBS_FOLDER, keys.blobs, blobs_limit)
    try:
        await blobs.open()
    except StoreError:
        await database.close()
        raise
    cache = Cache(database)
    link = connecting(clock.now)
    outgoing = OutgoingActions(Outbox(database), clock.now, sleep)
    requests = RequestService(client.requests, cache, outgoing, link, clock.now, sleep)
    claims = ClaimService(client.requests, requests, link, sleep)
    triage = TriageService(client.actions, requests, claims, outgoing, clock.now)
    try:
        await triage.load()
    except StoreError:
        await database.close()
        raise
    panels = KeptPanels(Panels(database), sleep)
    await panels.load(triage.waiting)
    triage.given.subscribe(panels.hear_given)
    requests.changed.subscribe(panels.hear)
    messages = KeptMessages(UnsentMessages(database), clock.now, sleep)
    await messages.take_up()
    stale = StaleWork((panels, messages), client.requests, link, clock.now)
    chat = ChatService(client.messages, link, messages)
    calls = CallService(client.calls, doors.telephone, clock.now, sleep)
    profiles = resource("call_profiles", "profiles.json")
    device_test = DeviceTestService(
        client.server,
        client.calls,
        doors.telephone,
        calls,
        read_profiles(await asyncio.to_thread(profiles.read_bytes)),
        client.address,
        clock.now,
    )
    opener, certificates = doors.opener, doors.certificates
    verifier = VerifyProcess()
    studies = StudyService(client.documents, blobs, cache, opener, outgoing)
    studies.opened.subscribe(requests.hear_document)
    studies.series_opened.subscribe(requests.hear_documents)
    kept_annotations = KeptAnnotations(database, clock.now)
    annotations = AnnotationService(client.annotations, outgoing, kept_annotations)
    prefetch = PrefetchService(requests, studies, calls, link, annotations=annotations)
    templates = TemplateService(client.catalogue, cache, link, clock.now)
    phrases = PhraseService(client.phrases, cache, link, clock.now)
    icd10 = Icd10Service(
        client.icd10,
        KeptIcd10(database),
        link,
        clock.now,
        resource("catalogues", "icd10_headings.csv"),
        PaperTime().zone,
    )
    lifting = LiftingService(
        client.conclusions,
        LiftProcess(),
        certificates,
        account,
        lambda: templates.signing,
        clock.now,
        link,
        sleep,
    )
    conclusions = ConclusionService(
        client.conclusions,
        client.calls,
        requests,
        opener,
        certificates,
        account,
        clock.now,
        drafts=Drafts(database),
        link=link,
        templates=lambda: templates.known,
        pictures=KeyImages(studies),
        verify_at=VerifyAddress(client.server, client.address),
        signing=lambda: templates.signing,
        lifting=lifting,
    )
    conclusions.signed.subscribe(lambda _: lifting.look())
    templates.changed.subscribe(lambda _: lifting.look())
    evidence = EvidenceService(conclusions, requests, clock.now, link)
    answers = FileAnswers(client.documents, outgoing)
    answers.document_changed.subscribe(requests.hear_document)
    await answers.load()
    hanging = HangingService(client.catalogue, link, clock.now, cache)
    notices = NoticeService(requests, calls, link, clock.now, sleep)
    appointed = AppointedCalls(notices.appointments, calls, link, clock.now, sleep)
    triage.changed.subscribe(notices.hear_orders)
    notices.hear_orders(triage.waiting)
    return Desk(
        account=account,
        requests=requests,
        claims=claims,
        triage=triage,
        panels=panels,
        messages=messages,
        identity=IdentityService(client.identity, requests.hear),
        studies=studies,
        prefetch=prefetch,
        schedule=ScheduleService(client.schedule, link, requests.hear),
        calls=calls,
        pictures=CallPictures(client.uploads, outgoing, clock.now),
        device_test=device_test,
        chat=chat,
        conclusions=conclusions,
        evidence=evidence,
        answers=answers,
        annotations=annotations,
        hanging=hanging,
        icd10=icd10,
        phrases=phrases,
        contact=ContactService(
            client.contact, client.actions, requests.hear, client.calls, account
        ),
        spelling=SpellingService(resource("spelling"), OwnWords(database), icd10),
        approvals=ApprovalService(
            client.conclusions,
            opener,
            certificates,
            account,
            clock.now,
            verifier=verifier,
            signing=lambda: templates.signing,
        ),
        delivery=DeliveryService(client.delivery),
        archive=ArchiveService(client.conclusions, opener, verifier, certificates, clock.now),
        checking=CheckingService(verifier, certificates, clock.now),
        notices=notices,
        appointed=appointed,
        sync=SyncService(
            client,
            requests,
            outgoing,
            link,
            clock,
            hearers=(chat, calls, answers, annotations),
            companions=(
                claims.run,
                prefetch.run,
                notices.run,
                appointed.run,
                stale.run,
                evidence.run,
                hanging.run,
                templates.run,
                phrases.run,
                icd10.run,
                lifting.run,
            ),
            sleep=sleep,
        ),
        set_aside=set_aside,
        outgoing=outgoing,
        database=database,
    )
