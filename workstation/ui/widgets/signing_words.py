"""What is said where documents are signed: calm words for what may go wrong, and for a certificate.

As in `error_text`, errors are known by the name of their type: the window stays a stranger to the
room that signs, and does not load it.
"""

from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from backend_client.models.common import ProblemCode
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.widgets.level_words import LevelWords
from workstation.ui.wording import Wording

if TYPE_CHECKING:
    from signing.certificates import CertificateFacts
    from signing.errors import TriesLeft

LEVEL = "PAdES"
"""ETSI EN 319 142-1; what is said of a signature whose level is not known here."""
_ENDS_SOON = timedelta(days=30)
_ROOM = "signing.errors."


class Fitness(Enum):
    """Whether a certificate may sign at a moment, as far as its own words say."""

    FIT = "fit"
    ENDS_SOON = "ends_soon"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    WRONG_KEY_USAGE = "wrong_key_usage"


def fitness(facts: "CertificateFacts", at: datetime) -> Fitness:
    """What the certificate's own words say of the moment `at` (aware)."""
    if at < facts.valid_from:
        return Fitness.NOT_YET_VALID
    if at > facts.valid_to:
        return Fitness.EXPIRED
    if not facts.may_sign:
        return Fitness.WRONG_KEY_USAGE
    return Fitness.ENDS_SOON if facts.valid_to - at < _ENDS_SOON else Fitness.FIT


def is_wrong_pin(error: BaseException) -> bool:
    """Whether another PIN is to be typed, and nothing else is wrong."""
    return _is_a(error, "WrongPin")


def is_signing_error(error: BaseException) -> bool:
    """Whether no signature was made at all."""
    return _is_a(error, "SigningError")


def _is_a(error: BaseException, name: str) -> bool:
    return any(
        f"{kind.__module__}.{kind.__qualname__}" == _ROOM + name for kind in type(error).__mro__
    )


class SigningWords(QObject):
    """Messages and labels of signing, for the conclusion and the approvals."""

    def message(self, error: BaseException) -> UserMessage:
        """What has happened and what to do; errors of other rooms as everywhere else."""
        off_by = getattr(error, "off_by", None)
        if isinstance(off_by, timedelta):
            return LevelWords(self).clock(off_by)
        refusals = LevelWords(self).refusals()
        known = {**self._of_the_key(), **self._of_the_document(), **refusals}
        for kind in type(error).__mro__:
            if kind.__module__ == "signing.errors" and kind.__qualname__ in known:
                return self._with_tries(known[kind.__qualname__], error)
        code = getattr(error, "code", None)
        if isinstance(code, ProblemCode) and code in (of_server := self._of_the_server()):
            return of_server[code]
        return user_message(error)

    def tries(self, tries: "TriesLeft | None") -> str:
        """What a token says of its PIN; "" where nothing is to be said."""
        return {
            "few": self.tr("a wrong PIN was given before"),
            "one": self.tr("one try is left"),
            "none": self.tr("the PIN is locked"),
        }.get("" if tries is None else tries.value, "")

    def _with_tries(self, message: UserMessage, error: BaseException) -> UserMessage:
        """A wrong PIN, and how many more the token takes."""
        warning = {
            "few": self.tr("The token counts wrong PINs: after a few more it locks itself."),
            "one": self.tr("One try is left: after another wrong PIN the token locks itself."),
        }.get(getattr(getattr(error, "tries", None), "value", ""))
        if warning is None:
            return message
        detail = f"{warning} {message.detail}"
        return UserMessage(message.title, detail, can_retry=message.can_retry)

    def certificate(self, facts: "CertificateFacts", wording: Wording) -> str:
        """«Левашова Марина Олеговна, до 14.08.2027»."""
        until = wording.full_date(wording.day(facts.valid_to))
        return self.tr("{}, till {}").format(facts.name, until)

    def kind(self, facts: "CertificateFacts") -> str:
        """«УКЭП» for a certificate that says of itself that it is qualified, and for no other."""
        return self.tr("qualified") if facts.is_qualified else self.tr("not a qualified one")

    def certificate_details(self, facts: "CertificateFacts", wording: Wording) -> str:
        """Issuer, number, kind and validity, a line each: for a tooltip."""
        first = wording.full_date(wording.day(facts.valid_from))
        last = wording.full_date(wording.day(facts.valid_to))
        lines = (
            ", ".join(part for part in (facts.name, facts.organization) if part),
            self.tr("Issued by: {}").format(facts.issuer or "?"),
            self.tr("Number: {}").format(facts.number),
            self.tr("Valid from {} till {}").format(first, last),
            self.tr("Signature: {}, {}").format(self.kind(facts), facts.algorithm.value),
        )
        return "\n".join(lines)

    def unfit(self, facts: "CertificateFacts", wording: Wording) -> UserMessage | None:
        """Why this certificate will not sign now; None where nothing speaks against it."""
        names = {
            Fitness.NOT_YET_VALID: "NotYetValid",
            Fitness.EXPIRED: "Expired",
            Fitness.WRONG_KEY_USAGE: "WrongKeyUsage",
        }
        name = names.get(fitness(facts, wording.now()))
        return self._of_the_key()[name] if name is not None else None

    def _of_the_key(self) -> dict[str, UserMessage]:
        ask = self.tr("Ask the administrator of the centre for a new certificate.")
        return {
            "WrongPin": UserMessage(
                self.tr("The PIN does not fit"),
                self.tr("Check the layout and Caps Lock, then type it again."),
                can_retry=True,
            ),
            "PinWanted": UserMessage(
                self.tr("The key is closed: type the PIN"),
                self.tr(
                    "The time of the PIN is over, the screen was locked, or the token was pulled"
                    " out."
                ),
                can_retry=True,
            ),
            "PinLocked": UserMessage(
                self.tr("The token's PIN is locked"),
                self.tr("It takes no PIN any more. The administrator of the centre unlocks it."),
            ),
            "NoTokenLibrary": UserMessage(
                self.tr("The library of the token cannot be loaded"),
                self.tr("Install the driver of the token's maker, and choose its library."),
            ),
            **self._of_the_program(),
            "NoCertificate": UserMessage(
                self.tr("There is no certificate to sign with"),
                self.tr("The administrator of the centre installs it."),
            ),
            "TokenMissing": UserMessage(
                self.tr("The token is not plugged in"),
                self.tr("Plug it in and sign again."),
                can_retry=True,
            ),
            "Expired": UserMessage(self.tr("The certificate has expired"), ask),
            "NotYetValid": UserMessage(
                self.tr("The certificate is not valid yet"),
                self.tr("Check this computer's date; else wait for the first day."),
            ),
            "Revoked": UserMessage(self.tr("The certificate was revoked"), ask),
            "WrongKeyUsage": UserMessage(
                self.tr("The certificate is not for signing documents"), ask
            ),
            "CertificateRefused": UserMessage(self.tr("The certificate must not be used"), ask),
        }

    def _of_the_program(self) -> dict[str, UserMessage]:
        settings = self.tr("Check the signing key in the settings.")
        return {
            "ProviderMissing": UserMessage(
                self.tr("The program that signs is not installed"), settings
            ),
            "ProviderHangs": UserMessage(
                self.tr("The program that signs does not answer"),
                self.tr("It was ended, nothing was signed. Try again."),
                can_retry=True,
            ),
            "ProviderRefused": UserMessage(
                self.tr("The program that signs has refused"), settings, can_retry=True
            ),
            "ProviderAnswer": UserMessage(
                self.tr("The program that signs gave a wrong signature"),
                self.tr("It was not used, nothing was signed. Tell the administrator."),
            ),
            "ProviderFailed": UserMessage(
                self.tr("The program that signs gave no signature"), settings, can_retry=True
            ),
        }

    def _of_the_document(self) -> dict[str, UserMessage]:
        renew = self.tr("Close the case and open it again: the file is made anew.")
        return {
            "TimestampFailed": UserMessage(
                self.tr("The service of time stamps does not answer"),
                self.tr("Nothing was signed. Try again in a minute."),
                can_retry=True,
            ),
            "AlteredDocument": UserMessage(
                self.tr("The file was changed after it was signed"),
                self.tr("It must not be signed. Return it to the doctor."),
            ),
            "NotCertified": UserMessage(
                self.tr("The doctor's signature is not there"),
                self.tr("The file must not be approved. Return it to the doctor."),
            ),
            "AlreadySigned": UserMessage(
                self.tr("The file carries this signature already"),
                self.tr("Look at its newest state."),
            ),
            "NotPrepared": UserMessage(self.tr("The file has no place for the signature"), renew),
            "UnreadableDocument": UserMessage(self.tr("The file cannot be signed"), renew),
            "SigningError": UserMessage(
                self.tr("The signature was not made"),
                self.tr("Nothing was sent. Try again."),
                can_retry=True,
            ),
        }

    def _of_the_server(self) -> dict[ProblemCode, UserMessage]:
        return {
            ProblemCode.BAD_SIGNATURE: UserMessage(
                self.tr("The server does not accept the signature"),
                self.tr("The centre must know the certificate: ask its administrator."),
            ),
            ProblemCode.FILE_CHANGED: UserMessage(
                self.tr("The file on the server is not the one that was signed"),
                self.tr("It must not be signed. Tell the administrator of the centre."),
            ),
        }
