"""OCSP responders with a GOST key whom their authority excuses from being asked about.

certvalidator judges a responder with ocsp-nocheck (RFC 6960, 4.2.2.2.1) in a context of its own,
which has no door for GOST. Here such a responder does not show the mark, so it is judged with all
others, in the context that knows GOST; and it is excused there (`own_answers`).
"""

from typing import Any

from asn1crypto import x509  # type: ignore[import-untyped]  # no types

from signing.gost import streebog_of_key


class ExcusedResponder(x509.Certificate):  # type: ignore[misc]  # no types
    """A responder's certificate with the mark, which it keeps to itself."""

    @property
    def ocsp_no_check_value(self) -> None:
        """None, whatever is in it."""
        return


def with_excused(answer: Any) -> Any:
    """The same answer (asn1crypto's OCSPResponse, without types); its bytes stay as they are.

    Raises ValueError where it cannot be read.
    """
    certificates = answer.basic_ocsp_response["certs"]
    for place, certificate in enumerate(certificates or ()):
        if _is_excused(certificate):
            certificates.children[place] = ExcusedResponder.load(certificate.dump())
    return answer


def _is_excused(certificate: Any) -> bool:
    key = certificate.public_key["algorithm"]["algorithm"].dotted
    return streebog_of_key(key) is not None and certificate.ocsp_no_check_value is not None
