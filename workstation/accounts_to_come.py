"""The account service before the program behind it is loaded: sign-in is painted meanwhile."""

import asyncio

from backend_client.models.accounts import Account, DemoAccount
from backend_client.models.server import ServerInfo
from workstation.core.subscription import Event
from workstation.services.account import AccountService


class AccountsToCome(AccountService):
    """Passes everything on to the real service as soon as there is one; questions wait for it."""

    def __init__(self) -> None:
        self.changed: Event[Account | None] = Event()
        self._real: asyncio.Future[AccountService] = asyncio.get_running_loop().create_future()

    def have_come(self, service: AccountService) -> None:
        """From now on the real service answers."""
        service.changed.subscribe(self.changed.emit)
        self._real.set_result(service)

    def cannot_come(self, error: Exception) -> None:
        """Every question is answered by this error."""
        self._real.set_exception(error)
        self._real.exception()  # looked at here, so that nobody is told it was never retrieved

    @property
    def account(self) -> Account | None:
        """Who is signed in."""
        if not self._real.done() or self._real.exception() is not None:
            return None
        return self._real.result().account

    async def server(self) -> ServerInfo:
        return await (await self._service()).server()

    async def demo_accounts(self) -> list[DemoAccount]:
        return await (await self._service()).demo_accounts()

    async def sign_in(self, login: str, password: str) -> Account:
        return await (await self._service()).sign_in(login, password)

    async def resume(self) -> Account | None:
        return await (await self._service()).resume()

    async def sign_out(self) -> None:
        await (await self._service()).sign_out()

    async def _service(self) -> AccountService:
        return await asyncio.shield(self._real)
