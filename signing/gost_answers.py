"""Answers about revocation that the library cannot judge, so that lists are asked instead.

certvalidator checks a responder with ocsp-nocheck (RFC 6960, 4.2.2.2.1) in a context of its own,
which has no door for GOST. An answer that the authority itself signed is judged as any other.
"""

from typing import Any

from signing.gost import streebog_of_key


def is_beyond_judging(answer: Any) -> bool:
    """Whether a delegated responder with a GOST key and ocsp-nocheck signed it.

    `answer` is asn1crypto's OCSPResponse, which has no types. One that says "revoked" is never
    put aside.
    """
    responses = answer.response_data["responses"]
    if any(one["cert_status"].name == "revoked" for one in responses):
        return False
    certificates = answer.basic_ocsp_response["certs"]
    return bool(certificates) and any(map(_is_by_gost_unchecked, certificates))


def _is_by_gost_unchecked(certificate: Any) -> bool:
    key = certificate.public_key["algorithm"]["algorithm"].dotted
    return streebog_of_key(key) is not None and certificate.ocsp_no_check_value is not None
