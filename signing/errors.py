"""What may go wrong when a document is signed.

::

    SigningError
      NoCertificate       no certificate with its key where one was expected
      WrongPin            the passphrase or PIN is wrong
        PinLocked         the token takes no PIN any more
      TokenMissing        the token is not plugged in, or was pulled out
      NoTokenLibrary      the library of the token's maker cannot be loaded
      ProviderFailed      the outside program that signs gave no usable signature
        ProviderMissing   it is not installed, or cannot be started
        ProviderHangs     it did not answer in time
        ProviderRefused   it ended with an error
        ProviderAnswer    its answer is no signature of this document by this certificate
      CertificateRefused
        NotYetValid
        Expired
        Revoked
        WrongKeyUsage     the certificate is not for signing documents
        WeakKey           its key is too short for any validator
        WrongPerson       the certificate is somebody else's
        UntrustedIssuer   the certificate does not lead to a trusted root
        RevocationUnknown nobody says whether it was revoked, and the centre wants to know
      ClockWrong          the moment of signing is not the time that the services tell
      LevelNotReached     less was reached than the centre takes for a signature
      BadPolicy           the centre's policy of signatures makes no sense
      TimestampFailed     the time-stamping service refused or did not answer
      DocumentRefused
        UnreadableDocument  not a PDF that can be signed
        NotPrepared         the fields for both signatures are not there
        AlreadySigned       the field is taken
        NotCertified        an approval without the doctor's signature
        AlteredDocument     an earlier signature does not verify

Messages carry no names: they may be logged.
"""

from datetime import timedelta
from enum import Enum


class SigningError(Exception):
    """Any reason why there is no signature."""


class NoCertificate(SigningError):
    """No certificate with its private key was found; also: the key file is damaged."""


class TriesLeft(Enum):
    """How many wrong PINs a token still takes, as far as it says."""

    SEVERAL = "several"
    FEW = "few"
    """A wrong PIN was given since the last right one."""
    ONE = "one"
    NONE = "none"


class WrongPin(SigningError):
    """The passphrase or PIN does not open the key; `tries` is None where nothing is counted."""

    def __init__(self, message: str = "", tries: TriesLeft | None = None) -> None:
        super().__init__(message)
        self.tries = tries


class PinWanted(WrongPin):
    """No PIN was given, and the key is not open any more."""


class PinLocked(WrongPin):
    """The token takes no PIN any more until its administrator unlocks it."""

    def __init__(self, message: str = "the token's PIN is locked") -> None:
        super().__init__(message, TriesLeft.NONE)


class TokenMissing(SigningError):
    """The token is not there, or went away while signing."""


class NoTokenLibrary(SigningError):
    """The PKCS#11 library is not there or is of another kind."""


class ProviderFailed(SigningError):
    """The outside program that makes signatures gave none that may be used."""


class ProviderMissing(ProviderFailed):
    """It is not installed, or cannot be started."""


class ProviderHangs(ProviderFailed):
    """It did not answer in the time it was given, and was ended."""


class ProviderRefused(ProviderFailed):
    """It ended with an error."""


class ProviderAnswer(ProviderFailed):
    """What it answered is no signature of this document by the chosen certificate."""


class CertificateRefused(SigningError):
    """The certificate must not be used; `number` is its serial number in hexadecimal."""

    def __init__(self, number: str) -> None:
        super().__init__(f"certificate {number}")
        self.number = number


class NotYetValid(CertificateRefused):
    """The certificate's validity begins later."""


class Expired(CertificateRefused):
    """The certificate's validity has ended."""


class Revoked(CertificateRefused):
    """The certificate was revoked by its issuer."""


class WrongKeyUsage(CertificateRefused):
    """The certificate's key usage names neither digital signature nor non-repudiation."""


class WeakKey(CertificateRefused):
    """The key is an RSA key of less than 2048 bits."""


class WrongPerson(CertificateRefused):
    """The certificate's name or SNILS is not that of the account."""


class UntrustedIssuer(CertificateRefused):
    """No chain leads from the certificate to a trusted root."""


class RevocationUnknown(CertificateRefused):
    """Neither OCSP nor a list says that it is not revoked; the centre's policy asks for it."""


class ClockWrong(SigningError):
    """The moment of signing is not the services' time; `off_by` is positive for a fast clock."""

    def __init__(self, off_by: timedelta) -> None:
        super().__init__(f"the clock is off by {round(off_by.total_seconds())} s")
        self.off_by = off_by


class LevelNotReached(SigningError):
    """Less was reached than the centre's policy takes; `reasons` are values of `levels.Why`."""

    def __init__(self, reached: str, reasons: tuple[str, ...]) -> None:
        super().__init__(f"only {reached}: {', '.join(reasons)}")
        self.reached = reached
        self.reasons = reasons


class BadPolicy(SigningError):
    """The centre's policy cannot be used; `key` is the setting that is wrong."""

    def __init__(self, key: str) -> None:
        super().__init__(f"the setting {key} of the policy of signatures is wrong")
        self.key = key


class TimestampFailed(SigningError):
    """The time-stamping service gave no usable time stamp."""


class DocumentRefused(SigningError):
    """The document must not be signed as it is."""


class UnreadableDocument(DocumentRefused):
    """The bytes are not a PDF file that can be signed."""


class NotPrepared(DocumentRefused):
    """The signature fields were not made beforehand."""


class AlreadySigned(DocumentRefused):
    """The field already carries a signature, or the document did when its first was asked for."""


class NotCertified(DocumentRefused):
    """The doctor's certifying signature is not there."""


class AlteredDocument(DocumentRefused):
    """An earlier signature does not verify; `reasons` are values of `report.Problem`."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons
