"""A doctor's desk in a process of its own: declines one request, and is killed before the moment.

python -m tests.client.triage_process ADDRESS LOGIN REQUEST_ID FOLDER
"""

import asyncio
import json
import sys
from pathlib import Path

from backend_client.client import BackendClient
from backend_client.models.common import RequestId
from backend_client.models.request_actions import Decline, DeclineReason
from backend_client.models.requests import Action
from tests.backend.clinic import PASSWORD
from tests.unit.services.house import make_doors
from workstation.core.server_clock import ServerClock
from workstation.core.triage_order import TriageOrder
from workstation.desktop.secrets import MemorySecrets
from workstation.services.account import AccountService
from workstation.services.desk import open_desk

HELD = "held"
SECRETS = "secrets.json"


class FileSecrets(MemorySecrets):
    """A keyring that the next process finds again."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        if path.exists():
            self._secrets.update(json.loads(path.read_text()))

    async def write(self, name: str, secret: str) -> None:
        """Keeps it over the end of the process."""
        await super().write(name, secret)
        self._path.write_text(json.dumps(self._secrets))


async def work(address: str, login: str, request_id: str, folder: str) -> None:
    """As the window does it, without the window."""
    own, clock = Path(folder), ServerClock()
    secrets = FileSecrets(own / SECRETS)
    client = BackendClient(address, now=clock.now)
    account = AccountService(client, secrets, clock)
    await account.server()
    who = await account.sign_in(login, PASSWORD)
    desk = await open_desk(client, who, secrets, own / login, make_doors(own), clock)
    running = asyncio.create_task(desk.sync.run())
    row = (await desk.requests.card(RequestId(request_id))).card.row
    said = Decline(reason=DeclineReason.OTHER, note="Мало данных", version=row.version)
    await desk.triage.order(TriageOrder(row.id, Action.DECLINE, said), row)
    sys.stdout.write(f"{HELD}\n")
    sys.stdout.flush()
    await running


if __name__ == "__main__":
    asyncio.run(work(*sys.argv[1:5]))
