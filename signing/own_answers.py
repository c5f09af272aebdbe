"""Answers about revocation, each only for the certificate that it is about."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pyhanko_certvalidator.authority import Authority
from pyhanko_certvalidator.fetchers import Fetchers
from pyhanko_certvalidator.ltv.poe import POEManager
from pyhanko_certvalidator.registry import CertificateRegistry
from pyhanko_certvalidator.revinfo.archival import (
    OCSPContainer,
    process_legacy_crl_input,
    process_legacy_ocsp_input,
)
from pyhanko_certvalidator.revinfo.manager import RevinfoManager

from signing.gost_answers import ExcusedResponder


class OwnAnswers(RevinfoManager):
    """A store whose OCSP answers (RFC 6960, 4.2.1) about others are no answers.

    certvalidator takes an answer about another certificate of the same issuer for one that it could
    not use, and the certificate for untrusted, where one without any answer is merely not known.
    """

    def __init__(
        self,
        registry: CertificateRegistry,
        ocsps: Iterable[Any],
        crls: Iterable[Any],
        fetchers: Fetchers | None = None,
    ) -> None:
        """The answers are asn1crypto's, which have no types, after `with_excused`. Without
        `fetchers` nobody is asked."""
        super().__init__(
            registry,
            POEManager(),
            process_legacy_crl_input(list(crls)),
            process_legacy_ocsp_input(list(ocsps)),
            fetchers=fetchers,
        )

    async def async_retrieve_ocsps(self, cert: Any, authority: Authority) -> list[OCSPContainer]:
        """Those that name the certificate's number; the rest of the name is certvalidator's."""
        known = await super().async_retrieve_ocsps(cert, authority)
        return [one for one in known if _is_about(one, cert)]

    def check_asserted_unrevoked(self, cert: Any, at: datetime) -> bool:
        """Only of a responder whose authority says so (RFC 6960, 4.2.2.2.1)."""
        return isinstance(cert, ExcusedResponder) or super().check_asserted_unrevoked(cert, at)


def _is_about(answer: OCSPContainer, certificate: Any) -> bool:
    single = answer.extract_single_response()
    if single is None:
        return False
    return bool(single["cert_id"]["serial_number"].native == certificate.serial_number)
