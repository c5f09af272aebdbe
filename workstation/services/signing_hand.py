"""Who signs: the account's key for one signature, opened in the thread that signs and let go."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from backend_client.models.accounts import Account
from workstation.services.certificates import Certificates
from workstation.services.conclusion_content import PaperTime
from workstation.services.signing_keys import LockedKey
from workstation.services.signing_loaded import load_signing

if TYPE_CHECKING:
    from signing.certificates import CertificateFacts
    from signing.signer import Signer
    from signing.stamp import Stamp


@dataclass(frozen=True, slots=True)
class SigningHand:
    """A locked key, its PIN and the words of the stamp, for one moment (`at`, aware)."""

    key: LockedKey
    pin: str = field(repr=False)
    post: str
    paper_time: PaperTime
    at: datetime

    def signer(self) -> "Signer":
        """Opens the key; blocks. With the PIN "" the one that is open already (`needs_pin`).

        Raises WrongPin with the `tries` left where they are known, NoCertificate, a
        CertificateRefused, TokenMissing or a ProviderFailed.
        """
        load_signing()
        from signing.certificates import check_certificate

        signer = self.key.open(self.pin)
        check_certificate(signer.certificate, self.at)
        return signer

    def stamp(self) -> "Stamp":
        """What the account adds to the certificate's own words; blocks."""
        load_signing()
        from signing.stamp import Stamp

        return Stamp(self.post, self.paper_time.zone, self.paper_time.name)


async def certificate_facts(certificates: Certificates, account: Account) -> "CertificateFacts":
    """The account's certificate in plain words; raises NoCertificate."""
    from signing.certificates import facts_of

    return facts_of(await certificates.certificate(account))


async def needs_pin(certificates: Certificates, account: Account) -> bool:
    """Whether the PIN has to be given for the next signature; else "" is one. Raises nothing."""
    return not await certificates.is_open(account)
