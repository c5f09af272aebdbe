"""What stands behind the desks of a tour; here the workstation's own server, which serves all."""

import os
import signal
from pathlib import Path
from typing import Protocol

from backend.files import Files
from tests.journeys.driver import Desk
from tests.journeys.steps import sign_out


class Stage(Protocol):
    """Servers, and who works with which of them."""

    @property
    def trust_roots(self) -> Path:
        """Folder of PEM files: signatures by certificates of these roots are taken."""

    @property
    def files(self) -> Files:
        """The servers' store."""

    @property
    def colleagues_address(self) -> str:
        """Where another doctor of the centre works."""

    def patients_url(self, link: str) -> str:
        """The address by which the patient reaches the page that the link leads to."""

    async def kill_doctors_server(self) -> None:
        """Without a goodbye, as by an outage."""

    async def start_doctors_server(self) -> None:
        """On the port it had."""

    async def admins_desk(self, doctors: Desk) -> Desk:
        """A sign-in screen for the clinic's admin."""

    async def doctors_desk(self, admins: Desk) -> Desk:
        """The admin has done: the desk at which the tour goes on."""

    async def close(self) -> None:
        """Leaves the desks that were opened on the way."""


class OneClinic:
    """One server process, one desk: who wants to work at it signs in there."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.trust_roots = desk.backend.trust_roots
        self.files = Files((self.trust_roots.parent / "files").as_uri())

    @property
    def colleagues_address(self) -> str:
        """The same server."""
        return self._desk.workstation.server_address

    def patients_url(self, link: str) -> str:
        """As it was given."""
        return link

    async def kill_doctors_server(self) -> None:
        """It stops answering, then it is gone."""
        pid = self._desk.backend.pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        os.kill(pid, signal.SIGKILL)

    async def start_doctors_server(self) -> None:
        """The workstation does that by itself."""

    async def admins_desk(self, doctors: Desk) -> Desk:
        """The doctor leaves the desk."""
        await sign_out(doctors)
        return doctors

    async def doctors_desk(self, admins: Desk) -> Desk:
        """The admin stays at it."""
        return admins

    async def close(self) -> None:
        """There is one desk, and it is not ours."""
