"""The parts of one running server, built once from its settings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from backend.accounts.attempts import Attempts
from backend.accounts.directory import Directory
from backend.accounts.open_streams import OpenStreams
from backend.accounts.passwords import Passwords
from backend.accounts.sessions import Sessions
from backend.accounts.sign_in import SignInDesk
from backend.accounts.tokens import AccessTokens, token_key
from backend.audit.log import AuditLog
from backend.changes import Changes
from backend.conclusions.desk import ConclusionDesk
from backend.conclusions.proving import Proofs
from backend.conclusions.signatures import SignatureChecker
from backend.conclusions.vault import Vault
from backend.database import Database
from backend.deadlines import Deadlines
from backend.events.hub import EventHub
from backend.events.snapshots import Snapshots
from backend.events.stream import EventStreams
from backend.events.tail import LogTails
from backend.events.wire import EventWire
from backend.files import Files
from backend.idempotency import Once
from backend.mail.claiming import Claims
from backend.mail.delivering import Deliveries
from backend.mail.letters import Letters
from backend.mail.mailer import Mailer
from backend.mail.one_time import MailedConclusions
from backend.mail.smtp import Smtp
from backend.patients.guesses import Guesses
from backend.patients.links import PatientLinks
from backend.patients.presence import Presence
from backend.patients.states import PatientStates
from backend.requests.cards import Cards
from backend.requests.queue import Queue
from backend.requests.rows import RowMaker
from backend.requests.snoozing import bring_back_news
from backend.rules.catalogue_files import BadCatalogue
from backend.rules.catalogues import Catalogues
from backend.settings import CannotStart, Clock, Settings
from backend.sweeping import Sweep
from backend.tables import centres
from backend.uploads.finishing import Finisher
from backend.uploads.orphans import Orphans
from backend.uploads.receiving import Receiver


@dataclass(frozen=True, slots=True)
class Parts:
    """What the routes work with."""

    settings: Settings
    now: Clock
    catalogues: Catalogues
    database: Database
    files: Files
    passwords: Passwords
    sessions: Sessions
    desk: SignInDesk
    audit: AuditLog
    open_streams: OpenStreams
    hub: EventHub
    changes: Changes
    once: Once
    queue: Queue
    cards: Cards
    streams: EventStreams
    snapshots: Snapshots
    states: PatientStates
    links: PatientLinks
    presence: Presence
    deadlines: Deadlines
    conclusions: ConclusionDesk
    vault: Vault
    proofs: Proofs
    deliveries: Deliveries
    mailer: Mailer
    mailed: MailedConclusions
    receiver: Receiver
    finisher: Finisher


@asynccontextmanager
async def open_parts(
    settings: Settings, now: Clock, checker: SignatureChecker
) -> AsyncIterator[Parts]:
    """Migrates the database and builds everything; closes it at the end. Raises CannotStart."""
    catalogues = _catalogues(settings.catalogues)
    files = Files(settings.files_url, settings.s3_keys)
    database = Database(settings.database_url)
    try:
        await files.check()
        await database.migrate()
        await _know_centres(database, catalogues)
        key = await token_key(database)
        parts = _build(settings, now, catalogues, database, files, key, checker)
        wire = EventWire(database, parts.hub)
        orphans = Orphans(database, files)
        sweep = Sweep(
            [
                parts.finisher.forget_old,
                orphans.forget_old,
                parts.once.forget_old,
                parts.links.forget_old,
                parts.mailed.forget_old,
            ]
        )
        # The audit outlives the others: what they do at their end is written too.
        async with (
            parts.audit.kept(),
            wire.kept(),
            parts.deadlines.kept(),
            parts.presence.kept(),
            sweep.kept(),
            parts.mailer.kept(),
            parts.open_streams.kept(),
        ):
            yield parts
    finally:
        await database.close()


def _catalogues(folder: Path) -> Catalogues:
    try:
        return Catalogues.from_folder(folder)
    except BadCatalogue as error:
        raise CannotStart(str(error)) from error


def _build(
    settings: Settings,
    now: Clock,
    catalogues: Catalogues,
    database: Database,
    files: Files,
    key: bytes,
    checker: SignatureChecker,
) -> Parts:
    directory = Directory(catalogues)
    passwords = Passwords(settings.password_memory_kib)
    tokens = AccessTokens(key, settings.access_seconds, now)
    audit, open_streams = AuditLog(database, now), OpenStreams(database)
    sessions = Sessions(
        database, audit, tokens, directory, open_streams, settings.refresh_seconds, now
    )
    hub = EventHub(settings.lag_limit)
    changes = Changes(database, audit, hub, settings.kept_events, now, followers=[bring_back_news])
    tails = LogTails(database)
    rows = RowMaker(catalogues)
    guesses = Guesses(database, settings.wrong_links_a_minute, now)
    vault = Vault(files)
    return Parts(
        settings=settings,
        now=now,
        catalogues=catalogues,
        database=database,
        files=files,
        passwords=passwords,
        sessions=sessions,
        desk=SignInDesk(database, Attempts(database, now), passwords, sessions, directory),
        audit=audit,
        open_streams=open_streams,
        hub=hub,
        changes=changes,
        once=Once(database, changes, settings.idempotency_seconds, now),
        queue=Queue(database, rows, catalogues, now),
        cards=Cards(rows, catalogues, now),
        streams=EventStreams(database, hub, tails, now),
        snapshots=Snapshots(database, rows, tails, now),
        states=PatientStates(catalogues, now, has_mail_server=settings.mail is not None),
        links=PatientLinks(database, guesses, settings.patient_link_seconds, now),
        presence=Presence(database, changes, now),
        deadlines=Deadlines(database, changes, catalogues, now),
        conclusions=ConclusionDesk(database, vault, checker, catalogues, now),
        vault=vault,
        proofs=Proofs(database, vault, catalogues),
        deliveries=Deliveries(catalogues, has_mail_server=settings.mail is not None),
        mailer=_mailer(settings, now, catalogues, database, changes, vault),
        mailed=MailedConclusions(database, changes, vault, guesses, now),
        receiver=Receiver(
            database,
            audit,
            files,
            catalogues,
            settings.upload_part_bytes,
            settings.upload_seconds,
            now,
        ),
        finisher=Finisher(database, changes, files, catalogues, now),
    )


def _mailer(
    settings: Settings,
    now: Clock,
    catalogues: Catalogues,
    database: Database,
    changes: Changes,
    vault: Vault,
) -> Mailer:
    mail = settings.mail
    letters = None if mail is None else Letters(mail)
    seconds = settings.mail_link_seconds
    claims = Claims(database, changes, vault, catalogues, letters, seconds, now)
    return Mailer(database, changes, claims, None if mail is None else Smtp(mail), now)


async def _know_centres(database: Database, catalogues: Catalogues) -> None:
    """Every centre with a catalogue is a tenant."""
    async with database.read() as connection:
        known = set((await connection.execute(select(centres.c.id))).scalars())
    for centre_id in catalogues.centre_ids:
        if centre_id not in known:
            # Another process that starts at this moment may be first.
            with suppress(IntegrityError):
                async with database.write() as connection:
                    row = {"id": centre_id, "event_seq": 0, "event_floor": 0}
                    await connection.execute(insert(centres).values(row))
