"""Whether a certificate leads to a trusted root and was not revoked: OCSP first, then lists.

The judging is certvalidator's (RFC 5280, RFC 6960); the asking is ours: every question has a
deadline, and its trouble is remembered, so that "nobody answered" is never taken for "good".
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Final

from asn1crypto import crl as asn1_crl  # type: ignore[import-untyped]  # no types
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import pem
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.authority import Authority
from pyhanko_certvalidator.errors import (
    CRLFetchError,
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    OCSPFetchError,
    PathBuildingError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.fetchers import (
    CertificateFetcher,
    CRLFetcher,
    Fetchers,
    OCSPFetcher,
)
from pyhanko_certvalidator.fetchers.common_utils import (
    enumerate_delivery_point_urls,
    format_ocsp_request,
    gather_aia_issuer_urls,
    unpack_cert_content,
)
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.registry import CertificateRegistry
from pyhanko_certvalidator.sig_validate import SignatureValidator
from pyhanko_certvalidator.util import get_ocsp_urls, get_relevant_crl_dps

from signing.errors import SigningError
from signing.gost_answers import with_excused
from signing.own_answers import OwnAnswers
from signing.wire import Ask, ServiceTrouble, Trouble, Wire

logger = logging.getLogger(__name__)

CLOCK_TOLERANCE: Final = timedelta(minutes=5)
"""By how much two honest clocks may differ."""
_MOST_ISSUERS: Final = 4


class Standing(Enum):
    """What is known of a certificate at a moment."""

    GOOD = "good"
    UNKNOWN = "unknown"
    """It leads to a trusted root; nobody could be heard about its revocation."""
    REVOKED = "revoked"
    EXPIRED = "expired"
    """It, or one of its issuers'."""
    NOT_YET_VALID = "not_yet_valid"
    UNTRUSTED = "untrusted"


@dataclass(frozen=True, slots=True)
class Proof:
    """The judgement, and what it rests on, for the file's security store.

    The objects are asn1crypto's, which have no types.
    """

    standing: Standing
    trouble: Trouble | None = None
    """Why it is UNKNOWN; None: a certificate of the chain offers nobody to ask."""
    certificates: tuple[Any, ...] = ()
    ocsps: tuple[Any, ...] = ()
    crls: tuple[Any, ...] = ()


@dataclass(slots=True)
class _Heard:
    """What was fetched so far, and what went wrong."""

    ocsps: dict[bytes, Any] = field(default_factory=dict)
    crls: dict[str, Any] = field(default_factory=dict)
    issuers: dict[str, list[Any]] = field(default_factory=dict)
    failed: dict[str, Trouble] = field(default_factory=dict)
    """By address: nobody is asked twice who did not answer."""
    met: set[Trouble] = field(default_factory=set)
    """With the certificate that is being judged."""

    def fail(self, url: str, trouble: Trouble) -> ServiceTrouble:
        """Remembers it, and is what to raise."""
        self.failed[url] = trouble
        self.met.add(trouble)
        return ServiceTrouble(trouble)

    def trouble_of(self, path: Iterable[Any]) -> Trouble | None:
        """The one to be told: a service that hangs before one that is not there.

        None: a certificate of the path names nobody to ask.
        """
        order = (Trouble.TIMED_OUT, Trouble.UNREACHABLE, Trouble.REFUSED, Trouble.UNUSABLE)
        if self.met:
            return next(trouble for trouble in order if trouble in self.met)
        _, *below = path
        all_offer = all(get_ocsp_urls(c) or c.crl_distribution_points for c in below)
        return Trouble.UNUSABLE if all_offer else None


class Inquiry:
    """Questions about certificates at one moment; what was heard once is not asked again."""

    def __init__(
        self,
        wire: Wire | None,
        roots: Sequence[Any],
        at: datetime,
        *,
        checks: SignatureValidator | None = None,
        known_ocsps: Iterable[Any] = (),
        known_crls: Iterable[Any] = (),
    ) -> None:
        """`roots` are asn1crypto's certificates. Without a `wire` nobody is asked: what is known
        must do. `checks` verifies signatures; None: the library's own, which has no GOST."""
        self._checks = checks
        self._wire = wire
        self._roots = list(roots)
        self._at = at
        self._known_ocsps = [with_excused(one) for one in known_ocsps]
        self._known_crls = list(known_crls)
        self._heard = _Heard()

    async def about(self, certificate: Any, others: Sequence[Any] = ()) -> Proof:
        """Judges one certificate; `others` may be its issuers."""
        self._heard.met.clear()
        try:
            paths = await self._paths(certificate, others)
        except PathBuildingError:
            return Proof(Standing.UNTRUSTED)
        if self._wire is not None:
            await self._ask_at_once(self._wire, paths)
        return await self._judged(certificate, others)

    async def _paths(self, certificate: Any, others: Sequence[Any]) -> list[ValidationPath]:
        """Chains to the roots, before anything is asked about them."""
        context = self._context(others, asks=True)
        return list(await context.path_builder.async_build_paths(certificate))

    async def _ask_at_once(self, wire: Wire, paths: Sequence[ValidationPath]) -> None:
        """All OCSP questions of the chains together; the judging then finds them answered."""
        asked = _OcspAsker(wire, self._heard)
        questions = [
            asked.fetch(certificate, path.find_issuing_authority(certificate))
            for path in paths[:1]
            for certificate in list(path)[1:]
            if get_ocsp_urls(certificate)
        ]
        await asyncio.gather(*questions, return_exceptions=True)

    async def _judged(self, certificate: Any, others: Sequence[Any]) -> Proof:
        context = self._context(others, asks=True)
        standing, path = await _validated(certificate, others, context)
        if standing is not Standing.UNKNOWN:
            return _proof(standing, path, context)
        lax = self._context(others, asks=False, mode="soft-fail")
        standing, path = await _validated(certificate, others, lax)
        if standing is not Standing.GOOD or path is None:
            return Proof(Standing.UNTRUSTED if standing is Standing.UNKNOWN else standing)
        return Proof(Standing.UNKNOWN, self._heard.trouble_of(path), tuple(path))

    def _context(
        self, others: Sequence[Any], *, asks: bool, mode: str = "require"
    ) -> ValidationContext:
        wire = self._wire if asks else None
        asked = None if wire is None else _fetchers(wire, self._heard)
        registry = CertificateRegistry.build(
            others, cert_fetcher=None if asked is None else asked.cert_fetcher
        )
        return ValidationContext(
            trust_roots=self._roots,
            certificate_registry=registry,
            revinfo_manager=OwnAnswers(registry, self._known_ocsps, self._known_crls, asked),
            moment=self._at,
            revocation_mode=mode,
            time_tolerance=CLOCK_TOLERANCE,
            signature_validator=self._checks,
        )


async def _validated(
    certificate: Any, others: Sequence[Any], context: ValidationContext
) -> tuple[Standing, ValidationPath | None]:
    validator = CertificateValidator(
        certificate, intermediate_certs=list(others), validation_context=context
    )
    judge: Any = validator  # its methods carry no types
    try:
        return Standing.GOOD, await judge.async_validate_usage(set())
    except RevokedError:
        return Standing.REVOKED, None
    except ExpiredError:
        return Standing.EXPIRED, None
    except NotYetValidError:
        return Standing.NOT_YET_VALID, None
    except InsufficientRevinfoError:
        return Standing.UNKNOWN, None
    except (PathBuildingError, ValidationError):
        return Standing.UNTRUSTED, None
    except SigningError:
        raise
    except Exception as error:  # noqa: BLE001  # a malformed answer breaks the parser anywhere
        logger.info("an answer about revocation cannot be used: %s", type(error).__name__)
        return Standing.UNKNOWN, None


def _proof(standing: Standing, path: ValidationPath | None, context: ValidationContext) -> Proof:
    return Proof(
        standing,
        certificates=tuple(path or ()),
        ocsps=tuple(context.ocsps),
        crls=tuple(context.crls),
    )


def _fetchers(wire: Wire, heard: _Heard) -> Fetchers:
    return Fetchers(_OcspAsker(wire, heard), _ListAsker(wire, heard), _IssuerAsker(wire, heard))


async def _fetched(wire: Wire, heard: _Heard, ask: Ask) -> bytes:
    """As the wire's; an address that has failed is not asked again."""
    if ask.url in heard.failed:
        raise heard.fail(ask.url, heard.failed[ask.url])
    try:
        return await wire.fetch(ask)
    except ServiceTrouble as error:
        logger.info("a service of revocation did not help: %s", error.trouble.value)
        raise heard.fail(ask.url, error.trouble) from error


class _OcspAsker(OCSPFetcher):
    """OCSP (RFC 6960) over HTTP POST."""

    def __init__(self, wire: Wire, heard: _Heard) -> None:
        self._wire = wire
        self._heard = heard

    async def fetch(self, cert: Any, authority: Authority) -> Any:
        if cert.sha256 in self._heard.ocsps:
            return self._heard.ocsps[cert.sha256]
        question = format_ocsp_request(
            cert, authority, certid_hash_algo="sha1", request_nonces=True
        )
        for url in get_ocsp_urls(cert):
            with suppress(ServiceTrouble):
                answer = await self._asked(url, question)
                self._heard.ocsps[cert.sha256] = answer
                return answer
        raise OCSPFetchError("no answer")

    async def _asked(self, url: str, question: Any) -> Any:
        ask = Ask(
            url, "application/ocsp-response", bytes(question.dump()), "application/ocsp-request"
        )
        body = await _fetched(self._wire, self._heard, ask)
        try:
            return _good_answer(body, question)
        except Exception as error:  # as below: rubbish breaks the parser anywhere
            raise self._heard.fail(url, Trouble.UNUSABLE) from error

    def fetched_responses(self) -> Iterable[Any]:
        return list(self._heard.ocsps.values())

    def fetched_responses_for_cert(self, cert: Any) -> Iterable[Any]:
        found = self._heard.ocsps.get(cert.sha256)
        return [] if found is None else [found]


def _good_answer(body: bytes, question: Any) -> Any:
    """A successful response to this very question. Raises ValueError."""
    answer = asn1_ocsp.OCSPResponse.load(body, strict=True)
    if answer["response_status"].native != "successful":
        raise ValueError("not successful")
    if not answer.basic_ocsp_response["tbs_response_data"]["responses"].native:
        raise ValueError("an empty answer")
    told = answer.nonce_value
    if told and told.native != question.nonce_value.native:
        raise ValueError("an answer to another question")
    return with_excused(answer)


class _ListAsker(CRLFetcher):
    """Revocation lists (RFC 5280)."""

    def __init__(self, wire: Wire, heard: _Heard) -> None:
        self._wire = wire
        self._heard = heard
        self._of: dict[bytes, list[Any]] = {}

    async def fetch(self, cert: Any, *, use_deltas: bool | None = None) -> Iterable[Any]:
        urls = [
            url
            for point in get_relevant_crl_dps(cert, use_deltas=bool(use_deltas))
            for url in enumerate_delivery_point_urls(point)
        ]
        found = [one for one in [await self._list_at(url) for url in urls] if one is not None]
        if urls and not found:
            raise CRLFetchError("no list")
        self._of[cert.sha256] = found
        return found

    async def _list_at(self, url: str) -> Any:
        if url not in self._heard.crls:
            with suppress(ServiceTrouble):
                body = await _fetched(self._wire, self._heard, Ask(url, "application/pkix-crl"))
                try:
                    self._heard.crls[url] = _read_list(body)
                except Exception as error:  # as above
                    raise self._heard.fail(url, Trouble.UNUSABLE) from error
        return self._heard.crls.get(url)

    def fetched_crls(self) -> Iterable[Any]:
        return list(self._heard.crls.values())

    def fetched_crls_for_cert(self, cert: Any) -> Iterable[Any]:
        return self._of[cert.sha256]


def _read_list(body: bytes) -> Any:
    if pem.detect(body):
        _, _, body = pem.unarmor(body)
    found = asn1_crl.CertificateList.load(body, strict=True)
    found["tbs_cert_list"]["this_update"].native  # noqa: B018  # parses lazily
    return found


class _IssuerAsker(CertificateFetcher):
    """Issuers' certificates that the signer did not bring along."""

    def __init__(self, wire: Wire, heard: _Heard) -> None:
        self._wire = wire
        self._heard = heard

    async def fetch_cert_issuers(self, cert: Any) -> AsyncGenerator[Any, None]:
        for url in list(gather_aia_issuer_urls(cert))[:_MOST_ISSUERS]:
            if url not in self._heard.issuers and len(self._heard.issuers) < _MOST_ISSUERS:
                self._heard.issuers[url] = await self._at(url)
            for issuer in self._heard.issuers.get(url, ()):
                yield issuer

    async def fetch_crl_issuers(self, certificate_list: Any) -> AsyncGenerator[Any, None]:
        """A list is signed by the certificate's issuer, which is known by then."""
        for unheard in list[Any]():
            yield unheard

    async def _at(self, url: str) -> list[Any]:
        try:
            body = await _fetched(self._wire, self._heard, Ask(url, "application/pkix-cert"))
            return list(unpack_cert_content(body, "application/pkix-cert", url, True))
        except (ServiceTrouble, ValueError, TypeError):
            return []

    def fetched_certs(self) -> Iterable[Any]:
        return [issuer for found in self._heard.issuers.values() for issuer in found]
