"""A doctor's desk in a process of its own: takes one request and has it in hand until it is killed.

python -m tests.client.desk_process ADDRESS LOGIN REQUEST_ID FOLDER
"""

import asyncio
import sys
from pathlib import Path

from backend_client.client import BackendClient
from backend_client.models.common import RequestId
from tests.backend.clinic import PASSWORD
from tests.unit.services.house import make_doors
from workstation.core.server_clock import ServerClock
from workstation.desktop.secrets import MemorySecrets
from workstation.services.account import AccountService
from workstation.services.desk import open_desk

IN_HAND = "in hand"


async def work(address: str, login: str, request_id: str, folder: str) -> None:
    """As the window does it, without the window."""
    clock, secrets = ServerClock(), MemorySecrets()
    client = BackendClient(address, now=clock.now)
    account = await AccountService(client, secrets, clock).sign_in(login, PASSWORD)
    own = Path(folder)
    desk = await open_desk(client, account, secrets, own, make_doors(own), clock)
    running = asyncio.create_task(desk.sync.run())
    await desk.requests.claim(RequestId(request_id))
    sys.stdout.write(f"{IN_HAND}\n")
    sys.stdout.flush()
    await running


if __name__ == "__main__":
    asyncio.run(work(*sys.argv[1:5]))
