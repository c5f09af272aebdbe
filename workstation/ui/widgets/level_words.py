"""What is said of a signature's level: what was reached, why not more, why nothing was signed."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from workstation.ui.error_text import UserMessage

if TYPE_CHECKING:
    from signing.signed_file import LevelReached
    from workstation.services.lifting import Lifting


class LevelWords(QObject):
    """The services of trust in a doctor's words. Values are known by name, as errors are."""

    def reached(self, level: "LevelReached") -> str:
        """«PAdES B-LTA», or «PAdES B-B instead of B-LTA»."""
        reached = f"PAdES {level.reached.value}"
        if not level.why:
            return reached
        return self.tr("{} instead of {}").format(reached, level.wanted.value)

    def shortfall(self, level: "LevelReached") -> str:
        """A line for what was wanted, one for each reason, what comes of it; "" where nothing is
        missing."""
        if not level.why:
            return ""
        wanted = self.tr("The centre asks for {}, this is not reached:")
        reasons = self._reasons()
        return "\n".join(
            (
                wanted.format(f"PAdES {level.wanted.value}"),
                *(f"– {reasons.get(why.value, why.value)}" for why in level.why),
                self.tr("The signature is valid; the level can be raised later."),
            )
        )

    def lifting(self, lifting: "Lifting") -> str:
        """«Signature: B-B; it is raised by itself once the time service answers»."""
        level = lifting.level or "?"
        if lifting.state.value == "works":
            return self.tr("Signature: {}; it is being raised").format(level)
        if lifting.state.value == "lifted":
            return self.tr("The signature was raised to {}").format(level)
        if lifting.state.value == "cannot":
            return self.tr("Signature: {}; it cannot be raised").format(level)
        if lifting.level == lifting.wanted:
            return self.tr("Signature: {}; its time stamp is going to be renewed").format(level)
        if any(why.startswith("revocation_") for why in lifting.why):
            return self.tr(
                "Signature: {}; it will be raised when the service of revocations answers"
            ).format(level)
        return self.tr("Signature: {}; it will be raised when the time service answers").format(
            level
        )

    def no_snils(self) -> str:
        """The account has none."""
        return self.tr("Your account has no SNILS: the certificate is compared by name alone")

    def own_address(self) -> str:
        """What is printed may lead nowhere from elsewhere."""
        return self.tr("No public address is set: the paper names this workstation's server")

    def clock(self, off_by: timedelta) -> UserMessage:
        """A clock that is wrong."""
        minutes = round(abs(off_by.total_seconds()) / 60)
        title = self.tr("The time differs from that of the services of trust by {} min")
        return UserMessage(
            title.format(minutes),
            self.tr("Nothing was signed. The administrator of the centre sets the clock right."),
        )

    def refusals(self) -> dict[str, UserMessage]:
        """By the name of the error."""
        later = self.tr("Nothing was signed; try again in a minute.")
        return {
            "WrongPerson": UserMessage(
                self.tr("The certificate is somebody else's"),
                self.tr("Its name or SNILS is not that of your account. Choose your own one."),
            ),
            "UntrustedIssuer": UserMessage(
                self.tr("The issuer of the certificate is not trusted here"),
                self.tr("The administrator of the centre installs the root certificate."),
            ),
            "RevocationUnknown": UserMessage(
                self.tr("Nobody can be asked now whether the certificate was revoked"),
                later,
                can_retry=True,
            ),
            "LevelNotReached": UserMessage(
                self.tr("The signature would not reach the level that the centre asks for"),
                later,
                can_retry=True,
            ),
            "BadPolicy": UserMessage(
                self.tr("The centre's rules of signing cannot be used"),
                self.tr("Nothing was signed. Tell the administrator."),
            ),
        }

    def _reasons(self) -> dict[str, str]:
        return {
            "no_time_service": self.tr("no service of time stamps is set up"),
            "time_unreachable": self.tr("the service of time stamps cannot be reached"),
            "time_timed_out": self.tr("the service of time stamps does not answer in time"),
            "time_refused": self.tr("the service of time stamps has refused"),
            "time_unusable": self.tr("the service of time stamps gave a wrong answer"),
            "time_untrusted": self.tr("the service of time stamps is not trusted here"),
            "revocation_unreachable": self.tr("the service of revocations cannot be reached"),
            "revocation_timed_out": self.tr("the service of revocations does not answer in time"),
            "revocation_unusable": self.tr("the service of revocations gave a wrong answer"),
            "revocation_not_offered": self.tr("a certificate names no service of revocations"),
        }
