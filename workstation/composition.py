"""What stands behind the window. Imported in a thread, after the first paint (decision 0002).

The parts come in the order in which a doctor needs them: the client and sign-in; then the desk;
the decoder and the media process once the queue is there.
"""

import asyncio
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if "httpx" not in sys.modules:  # its command line would load click, rich and pygments, too
    sys.modules["httpx._main"] = None  # type: ignore[assignment]  # Python's way to say "not here"

from backend_client.client import BackendClient
from backend_client.models.accounts import Account
from workstation.core.secrets import SecretStore
from workstation.core.server_clock import ServerClock
from workstation.core.subscription import Event
from workstation.desktop.paths import Paths
from workstation.desktop.secrets import KeyringSecrets, MemorySecrets
from workstation.imports import bring
from workstation.media.engine import MediaEngine
from workstation.services.account import AccountService
from workstation.services.certificates import (
    Certificates,
    DemoCertificates,
    KeptCertificates,
)
from workstation.services.chosen_certificates import ChosenCertificates
from workstation.services.sitting import Sitting

if TYPE_CHECKING:
    from workstation.services.desk import Desk
    from workstation.studies.decoder import Decoder
    from workstation.studies.errors import DecoderStopped
    from workstation.studies.study import Study

DESK = "workstation.services.desk"
DECODER = "workstation.studies.decoder"


class DecoderToCome:
    """The decoder's door before the decoder is loaded; the first file waits for it."""

    def __init__(self) -> None:
        self.restarted: Event[DecoderStopped] = Event()
        self._loading: asyncio.Task[Decoder] | None = None

    async def decoder(self) -> "Decoder":
        """The decoder, loaded at the first call."""
        if self._loading is None:
            self._loading = asyncio.create_task(self._load(), name="decoder.load")
        return await asyncio.shield(self._loading)

    async def open(self, data: memoryview) -> "Study":
        """As the decoder's own."""
        return await (await self.decoder()).open(data)

    async def open_series(self, files: Sequence[memoryview]) -> "Study":
        """As the decoder's own."""
        return await (await self.decoder()).open_series(files)

    @property
    def pid(self) -> int | None:
        """The decoder process's id; None where it is not started."""
        loaded = self._loading is not None and self._loading.done()
        return self._loading.result().pid if loaded and self._loading is not None else None

    async def close(self) -> None:
        """Ends the process where there is one."""
        if self._loading is not None:
            await (await self._loading).close()

    async def _load(self) -> "Decoder":
        module = await bring(DECODER)
        decoder: Decoder = module.Decoder()
        decoder.restarted.subscribe(self.restarted.emit)
        return decoder


@dataclass(slots=True)
class Backing:
    """The services that live as long as the window, whoever is signed in."""

    address: str
    client: BackendClient
    accounts: AccountService
    secrets: SecretStore
    clock: ServerClock
    paths: Paths
    certificates: ChosenCertificates
    opener: DecoderToCome = field(default_factory=DecoderToCome)
    media: MediaEngine = field(default_factory=MediaEngine)

    async def open_desk(self, account: Account) -> "Desk":
        """Opens the account's encrypted data and builds its services. Raises LocalError."""
        module = await bring(DESK)
        folder = self.paths.account_folder(self.address, account.id)
        doors = module.Doors(self.opener, self.media, self.certificates)
        desk: Desk = await module.open_desk(
            self.client, account, self.secrets, folder, doors, self.clock
        )
        return desk

    async def start_processes(self, media_restarted: Callable[[], None]) -> None:
        """Starts the decoder and the media process ahead of their first use."""
        await (await self.opener.decoder()).start()
        self.media.restarted.subscribe(lambda _: media_restarted())
        await self.media.start()

    async def close(self) -> None:
        """Ends the processes and closes all connections."""
        await asyncio.to_thread(self.certificates.forget)
        await self.opener.close()
        await self.media.close()
        await self.client.aclose()


def back_the_window(
    address: str, paths: Paths, clock: ServerClock, *, demo_roots: Path | None
) -> Backing:
    """Builds the services for the server at `address`.

    `demo_roots`: in the demonstration, the folder of the roots that its server trusts; secrets and
    keys then stay in memory. None: the keyring, and the certificates of this computer.
    """
    client = BackendClient(address, now=clock.now, from_store=True)
    secrets: SecretStore = KeyringSecrets(address) if demo_roots is None else MemorySecrets()
    kept = paths.config / "certificates"
    given: Certificates = (
        KeptCertificates(kept) if demo_roots is None else DemoCertificates(demo_roots, clock.now)
    )
    certificates = ChosenCertificates(
        given, kept if demo_roots is None else None, secrets, Sitting(time.monotonic), clock.now
    )
    return Backing(
        address=address,
        client=client,
        accounts=AccountService(client, secrets, clock),
        secrets=secrets,
        clock=clock,
        paths=paths,
        certificates=certificates,
    )
