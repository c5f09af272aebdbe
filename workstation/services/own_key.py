"""The signing key of the account at this desk, for the settings."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend_client.models.accounts import Account
from workstation.services.chosen_certificates import ChosenCertificates, TokenKeyFound
from workstation.services.signing_hand import certificate_facts
from workstation.services.signing_keys import KeyChoice, known_library

if TYPE_CHECKING:
    from signing.certificates import CertificateFacts


@dataclass(frozen=True, slots=True)
class OwnKey:
    """One account's key among the certificates of this computer."""

    certificates: ChosenCertificates
    account: Account

    @property
    def may_choose(self) -> bool:
        """Not in the demonstration."""
        return self.certificates.may_choose

    async def choice(self) -> KeyChoice:
        """What was chosen."""
        return await self.certificates.choice(self.account)

    async def certificate(self) -> "CertificateFacts":
        """Its certificate; raises NoCertificate."""
        return await certificate_facts(self.certificates, self.account)

    async def known_library(self) -> str:
        """A token maker's library that is installed here; "" where none is."""
        return await asyncio.to_thread(known_library)

    async def token_keys(self, library: str) -> list[TokenKeyFound]:
        """All that may sign on all tokens that are plugged in. Raises a SigningError."""
        return await self.certificates.token_keys(library)

    async def choose(self, choice: KeyChoice, pin: str) -> "CertificateFacts":
        """As `ChosenCertificates.choose`."""
        return await self.certificates.choose(self.account, choice, pin)
