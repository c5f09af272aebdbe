"""The application: routes, sessions, refusals, and the parts that live as long as it does."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from litestar import Litestar, Router
from litestar.openapi import OpenAPIConfig

from backend.audit.middleware import AuditMiddleware, remember_ids
from backend.auth import ClientVersionMiddleware, SessionMiddleware, by_role
from backend.conclusions.signatures import NoSignatureChecker, SignatureChecker
from backend.demo_data.load import load_demo, refuse_demo_database
from backend.demo_data.source import DemoData, project_demo
from backend.no_emitter import NoEmitter
from backend.openapi_bounds import InnerBounds
from backend.parts import open_parts
from backend.problems import HANDLERS
from backend.routes.act import ACT_GIVEN
from backend.routes.advice import ADVICE
from backend.routes.annotations import ANNOTATIONS
from backend.routes.audit import read_audit
from backend.routes.calls import (
    extend_consultation,
    hang_up_call,
    list_calls,
    list_signals,
    place_call,
    reconnect_call,
    send_signal,
)
from backend.routes.catalogue import catalogue
from backend.routes.conclusions import (
    approvals,
    approve_conclusion,
    conclusion_editions,
    conclusion_pdf,
    correct_conclusion,
    edition_pdf,
    lift_edition,
    read_conclusion,
    return_conclusion,
    save_conclusion,
    sign_conclusion,
    signatures_to_lift,
)
from backend.routes.delivery import DELIVERY, PATIENT_EMAIL_ROUTES
from backend.routes.documents import content, file_link, opened
from backend.routes.earlier import list_earlier_conclusions
from backend.routes.events import events
from backend.routes.given import GIVEN, PATIENT_GIVEN
from backend.routes.icd10 import icd10_directory, icd10_versions
from backend.routes.identity import IDENTITY_ROUTES, PATIENT_DATA_ROUTES
from backend.routes.mail_page import mail_page, mailed_document
from backend.routes.messages import list_messages, read_messages, write_message
from backend.routes.no_contact_page import keep_no_contact_page
from backend.routes.patient import PATIENT_ROUTES
from backend.routes.patient_check import PATIENT_CHECK_ROUTES
from backend.routes.patient_consents import PATIENT_CONSENT_ROUTES
from backend.routes.patient_events import patient_events
from backend.routes.patient_links import give_patient_link, revoke_patient_links
from backend.routes.patient_page import patient_page, patient_page_file
from backend.routes.patient_uploads import PATIENT_UPLOAD_ROUTES
from backend.routes.phrases import read_phrases, save_phrases
from backend.routes.queue_filters import QUEUE_FILTERS
from backend.routes.relays import PATIENT_RELAYS, RELAYS
from backend.routes.request_actions import REQUEST_ACTIONS
from backend.routes.requests import (
    claim_request,
    count_requests,
    list_requests,
    release_request,
    request_card,
    request_history,
)
from backend.routes.schedule import propose_slots, schedule
from backend.routes.server import demo_accounts, server
from backend.routes.sign_in import me, refresh, sign_in, sign_out
from backend.routes.snoozing import SNOOZING
from backend.routes.speed import SPEED
from backend.routes.uploads import UPLOAD_ROUTES
from backend.routes.verify_page import verify_page, verify_proof
from backend.settings import Clock, Settings, utc_now
from backend_client.models.common import API_PREFIX
from backend_client.models.patient import PATIENT_PREFIX

ROUTES = [
    server,
    demo_accounts,
    sign_in,
    refresh,
    sign_out,
    me,
    catalogue,
    list_requests,
    count_requests,
    request_card,
    request_history,
    claim_request,
    release_request,
    content,
    file_link,
    opened,
    propose_slots,
    schedule,
    give_patient_link,
    revoke_patient_links,
    list_messages,
    write_message,
    read_messages,
    list_calls,
    place_call,
    extend_consultation,
    hang_up_call,
    reconnect_call,
    list_signals,
    send_signal,
    *RELAYS,
    *SPEED,
    read_conclusion,
    save_conclusion,
    conclusion_pdf,
    sign_conclusion,
    approvals,
    approve_conclusion,
    return_conclusion,
    conclusion_editions,
    edition_pdf,
    correct_conclusion,
    signatures_to_lift,
    lift_edition,
    *DELIVERY,
    *REQUEST_ACTIONS,
    *IDENTITY_ROUTES,
    *ADVICE,
    *SNOOZING,
    *ANNOTATIONS,
    *QUEUE_FILTERS,
    list_earlier_conclusions,
    icd10_versions,
    icd10_directory,
    read_phrases,
    save_phrases,
    *UPLOAD_ROUTES,
    keep_no_contact_page,
    read_audit,
    events,
]
LARGEST_BODY = 1024 * 1024
"""Bytes of a request's JSON."""
Life = Callable[[Litestar], AbstractAsyncContextManager[None]]


def create_app(
    settings: Settings,
    now: Clock = utc_now,
    demo: DemoData | None = None,
    openapi: OpenAPIConfig | None = None,
    checker: SignatureChecker | None = None,
) -> Litestar:
    """One server; its parts are opened and closed with the application's lifespan.

    `demo` is what `settings.demo` loads, by default the demonstration that comes with the program.
    `checker` verifies signed conclusions; without one none is taken.
    The lifespan's start raises CannotStart.
    """
    return application(life(settings, now, demo, checker or NoSignatureChecker()), openapi)


def application(life: Life, openapi: OpenAPIConfig | None = None) -> Litestar:
    """All routes, around what gives the application its parts."""
    return Litestar(
        [
            Router(API_PREFIX, route_handlers=ROUTES),
            Router(
                PATIENT_PREFIX,
                route_handlers=[
                    *PATIENT_ROUTES,
                    *PATIENT_CONSENT_ROUTES,
                    *PATIENT_DATA_ROUTES,
                    *PATIENT_UPLOAD_ROUTES,
                    *PATIENT_EMAIL_ROUTES,
                    *PATIENT_RELAYS,
                    *PATIENT_CHECK_ROUTES,
                    patient_events,
                ],
                dependencies=PATIENT_GIVEN,
            ),
            Router("/p", route_handlers=[patient_page, patient_page_file]),
            Router("/mail", route_handlers=[mail_page, mailed_document]),
            Router("/verify", route_handlers=[verify_page, verify_proof]),
        ],
        lifespan=[life],
        middleware=[ClientVersionMiddleware, SessionMiddleware, AuditMiddleware],
        after_request=remember_ids,
        guards=[by_role],
        dependencies=GIVEN | ACT_GIVEN,
        exception_handlers=HANDLERS,
        openapi_config=openapi,
        plugins=[InnerBounds()],
        logging_config=None,
        event_emitter_backend=NoEmitter,
        request_max_body_size=LARGEST_BODY,
    )


def life(settings: Settings, now: Clock, demo: DemoData | None, checker: SignatureChecker) -> Life:
    """What gives an application the parts of one server, and closes them; as `create_app`."""
    if settings.demo and demo is None:
        demo = project_demo(settings.catalogues)

    @asynccontextmanager
    async def open_and_close(app: Litestar) -> AsyncIterator[None]:
        async with open_parts(settings, now, checker) as parts:
            if demo is None:
                await refuse_demo_database(parts)
            else:
                await load_demo(parts, demo)
            app.state.parts = parts
            app.state.demo = demo
            yield

    return open_and_close
