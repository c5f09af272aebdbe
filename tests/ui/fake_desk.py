"""A desk for the screens: requests, files and schedule made up; the rest without a server."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from backend_client.client import BackendClient
from backend_client.models.icd10 import Icd10Directory
from backend_client.models.phrases import Phrases
from tests.factories import NOW, make_account
from tests.fakes import (
    FakeIdentityService,
    FakePrefetch,
    FakeRequestService,
    FakeScheduleService,
    FakeStudyService,
    FakeSyncService,
    FakeTriageService,
)
from tests.memory_outbox import MemoryOutbox
from tests.ui.fake_spelling import FakeSpelling
from tests.unit.services.device_scene import Scene as DeviceScene
from tests.unit.services.house import FakeOpener
from workstation.core.connection import ConnectionState, Link
from workstation.media.engine import MediaEngine
from workstation.resources import resource
from workstation.services.annotations import AnnotationService
from workstation.services.appointed_calls import AppointedCalls
from workstation.services.approvals import ApprovalService
from workstation.services.archive import ArchiveService
from workstation.services.call_pictures import CallPictures
from workstation.services.calls import CallService
from workstation.services.certificates import KeptCertificates
from workstation.services.chat import ChatService
from workstation.services.checking import CheckingService
from workstation.services.claims import ClaimService
from workstation.services.conclusions import ConclusionService
from workstation.services.contact import ContactService
from workstation.services.delivery import DeliveryService
from workstation.services.evidence import EvidenceService
from workstation.services.file_answers import FileAnswers
from workstation.services.hanging import HangingService
from workstation.services.icd10 import Icd10Service
from workstation.services.kept_panels import KeptPanels
from workstation.services.link import LinkState
from workstation.services.notices import NoticeService
from workstation.services.outgoing import OutgoingActions
from workstation.services.phrases import PhraseService
from workstation.services.verifying import VerifyProcess

_NOWHERE = Path("no-such-folder")


class NothingKept:
    """A store that keeps nothing of the directory and of phrases."""

    async def keep(self, directory: Icd10Directory, as_of: datetime) -> None:
        """Forgotten."""

    async def read(self) -> None:
        """Nothing."""

    async def keep_phrases(self, phrases: Phrases, as_of: datetime) -> None:
        """Forgotten."""

    async def phrases(self) -> None:
        """Nothing."""


class FakeDesk:
    """Services of an account. Chats, calls and conclusions know that the server is away."""

    def __init__(
        self,
        requests: FakeRequestService,
        calls: CallService | None = None,
        appointed: AppointedCalls | None = None,
    ) -> None:
        client = BackendClient("http://nowhere.invalid")
        opener, certificates = FakeOpener(), KeptCertificates(_NOWHERE)
        account = make_account()
        self.account = account
        self.requests = requests
        link = LinkState(ConnectionState(Link.OFFLINE, NOW))
        self.claims = ClaimService(client.requests, requests, link)
        self.triage = FakeTriageService(requests)
        self.panels = KeptPanels(None)
        self.identity = FakeIdentityService()
        self.studies = FakeStudyService()
        self.schedule = FakeScheduleService(requests)
        self.calls = calls or CallService(client.calls, MediaEngine(), lambda: NOW)
        self.device_test = DeviceScene().service
        self.prefetch = FakePrefetch()
        self.notices = NoticeService(requests, self.calls, link, lambda: NOW)
        self.appointed = appointed or AppointedCalls(
            self.notices.appointments, self.calls, link, lambda: NOW
        )
        self.chat = ChatService(client.messages, link)
        self.conclusions = ConclusionService(
            client.conclusions,
            client.calls,
            requests,
            opener,
            certificates,
            account,
            lambda: NOW,
        )
        self.evidence = EvidenceService(self.conclusions, requests, lambda: NOW, link)
        outgoing = OutgoingActions(MemoryOutbox(), lambda: NOW, asyncio.sleep)
        self.answers = FileAnswers(client.documents, outgoing)
        self.pictures = CallPictures(client.uploads, outgoing, lambda: NOW)
        self.annotations = AnnotationService(client.annotations, outgoing)
        self.hanging = HangingService(client.catalogue, link, lambda: NOW)
        cache = NothingKept()
        self.icd10 = Icd10Service(
            client.icd10,
            cache,
            link,
            lambda: NOW,
            resource("catalogues", "icd10_headings.csv"),
            UTC,
        )
        self.contact = ContactService(
            client.contact, client.actions, requests.hear, client.calls, account
        )
        self.spelling = FakeSpelling()
        self.phrases = PhraseService(client.phrases, cache, link, lambda: NOW)
        verifier = VerifyProcess()
        self.checking = CheckingService(verifier, certificates, lambda: NOW)
        self.archive = ArchiveService(
            client.conclusions, opener, verifier, certificates, lambda: NOW
        )
        self.delivery = DeliveryService(client.delivery)
        self.approvals = ApprovalService(
            client.conclusions, opener, certificates, account, lambda: NOW
        )
        self.sync = FakeSyncService()
