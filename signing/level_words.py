"""What was reached, in plain English: for the command line, and as the source of the window's."""

from typing import Final

from signing.signed_file import Revocation, SignedFile, Why

WHY: Final = {
    Why.NO_TIME_SERVICE: "no time-stamping service is named",
    Why.TIME_UNREACHABLE: "the time-stamping service cannot be reached",
    Why.TIME_TIMED_OUT: "the time-stamping service takes too long",
    Why.TIME_REFUSED: "the time-stamping service refuses",
    Why.TIME_UNUSABLE: "the time-stamping service answers with something else",
    Why.TIME_UNTRUSTED: "the time-stamping service does not lead to a trusted root",
    Why.REVOCATION_UNREACHABLE: "whether a certificate was revoked cannot be asked now",
    Why.REVOCATION_TIMED_OUT: "the service that knows of revocations takes too long",
    Why.REVOCATION_UNUSABLE: "what is told of revocations cannot be used",
    Why.REVOCATION_NOT_OFFERED: "a certificate names nobody who knows of its revocation",
}
REVOCATIONS: Final = {
    Revocation.GOOD: "not revoked",
    Revocation.UNREACHABLE: "not known: the services cannot be reached",
    Revocation.TIMED_OUT: "not known: the services take too long",
    Revocation.UNUSABLE: "not known: the services' answer cannot be used",
    Revocation.NOT_OFFERED: "not known: the certificate names no service",
}


def level_lines(signed: SignedFile) -> list[str]:
    """The level, what was wanted where that is more, and each reason."""
    lines = [f"level: {signed.reached.value}", f"revocation: {REVOCATIONS[signed.revocation]}"]
    if signed.why:
        lines.append(f"wanted: {signed.wanted.value}")
    return [*lines, *(f"  - {WHY[why]}" for why in signed.why)]
