"""What may go wrong when a document is signed.

::

    SigningError
      NoCertificate       no certificate with its key where one was expected
      WrongPin            the passphrase or PIN is wrong
      TokenMissing        the token is not plugged in, or was pulled out
      CertificateRefused
        NotYetValid
        Expired
        Revoked
        WrongKeyUsage     the certificate is not for signing documents
      TimestampFailed     the time-stamping service refused or did not answer
      DocumentRefused
        UnreadableDocument  not a PDF that can be signed
        NotPrepared         the fields for both signatures are not there
        AlreadySigned       the field is taken
        NotCertified        an approval without the doctor's signature
        AlteredDocument     an earlier signature does not verify

Messages carry no names: they may be logged.
"""


class SigningError(Exception):
    """Any reason why there is no signature."""


class NoCertificate(SigningError):
    """No certificate with its private key was found; also: the key file is damaged."""


class WrongPin(SigningError):
    """The passphrase or PIN does not open the key."""


class TokenMissing(SigningError):
    """The token is not there, or went away while signing."""


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
