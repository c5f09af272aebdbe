"""Who signs: the account's key for one signature, opened in the thread that signs and let go."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from backend_client.models.accounts import Account
from workstation.services.certificates import Certificates
from workstation.services.conclusion_content import PaperTime

if TYPE_CHECKING:
    from signing.certificates import CertificateFacts
    from signing.keys.pkcs12 import Pkcs12Signer
    from signing.stamp import Stamp


@dataclass(frozen=True, slots=True)
class SigningHand:
    """A locked key, its PIN and the words of the stamp, for one moment (`at`, aware)."""

    key: bytes = field(repr=False)
    pin: str = field(repr=False)
    post: str
    paper_time: PaperTime
    at: datetime

    def signer(self) -> "Pkcs12Signer":
        """Opens the key; blocks. Raises WrongPin, NoCertificate or a CertificateRefused."""
        from signing.certificates import check_certificate
        from signing.keys.pkcs12 import Pkcs12Signer

        signer = Pkcs12Signer.open(self.key, self.pin)
        check_certificate(signer.certificate, self.at)
        return signer

    def stamp(self) -> "Stamp":
        """What the account adds to the certificate's own words; blocks."""
        from signing.stamp import Stamp

        return Stamp(self.post, self.paper_time.zone, self.paper_time.name)


async def certificate_facts(certificates: Certificates, account: Account) -> "CertificateFacts":
    """The account's certificate in plain words; raises NoCertificate."""
    from signing.certificates import facts_of

    return facts_of(await certificates.certificate(account))
