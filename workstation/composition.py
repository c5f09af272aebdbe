"""What stands behind the window. Imported in a thread, after the first paint (decision 0002)."""

from dataclasses import dataclass

from backend_client.client import BackendClient
from backend_client.models.accounts import Account
from workstation.core.secrets import SecretStore
from workstation.core.server_clock import ServerClock
from workstation.desktop.paths import Paths
from workstation.desktop.secrets import KeyringSecrets, MemorySecrets
from workstation.media.engine import MediaEngine
from workstation.services.account import AccountService
from workstation.services.desk import Desk, open_desk
from workstation.studies.decoder import Decoder


@dataclass(frozen=True, slots=True)
class Backing:
    """The services that live as long as the window, whoever is signed in."""

    address: str
    client: BackendClient
    accounts: AccountService
    decoder: Decoder
    media: MediaEngine
    secrets: SecretStore
    clock: ServerClock
    paths: Paths

    async def open_desk(self, account: Account) -> Desk:
        """Opens the account's encrypted data and builds its services. Raises LocalError."""
        folder = self.paths.account_folder(self.address, account.id)
        return await open_desk(self.client, account, self.secrets, folder, self.decoder, self.clock)

    async def start_processes(self) -> None:
        """Starts the decoder and the media process ahead of their first use."""
        await self.decoder.start()
        await self.media.start()

    async def close(self) -> None:
        """Ends the processes and closes all connections."""
        await self.decoder.close()
        await self.media.close()
        await self.client.aclose()


def back_the_window(address: str, paths: Paths, clock: ServerClock, *, demo: bool) -> Backing:
    """Builds the services for the server at `address`; under demo keys stay in memory."""
    client = BackendClient(address)
    secrets: SecretStore = MemorySecrets() if demo else KeyringSecrets(address)
    return Backing(
        address=address,
        client=client,
        accounts=AccountService(client, secrets, clock),
        decoder=Decoder(),
        media=MediaEngine(),
        secrets=secrets,
        clock=clock,
        paths=paths,
    )
