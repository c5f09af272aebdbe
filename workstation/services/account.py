"""Who is signed in: sign-in, coming back after a restart, sign-out."""

import logging
from typing import TYPE_CHECKING

import msgspec

from backend_client.errors import BackendError
from backend_client.models.accounts import Account, DemoAccount
from backend_client.models.server import ServerInfo
from workstation.core.errors import SecretError
from workstation.core.secrets import SecretStore
from workstation.core.server_clock import ServerClock
from workstation.core.subscription import Event

if TYPE_CHECKING:
    from backend_client.client import BackendClient

logger = logging.getLogger(__name__)

REFRESH_TOKEN = "refresh-token"
ACCOUNT = "account"


class AccountService:
    """The session of one server. The password is never kept; the refresh token is, safely.

    `changed` tells of the new account, None when nobody is signed in any more, whether that was
    asked for or the server has ended the session.
    """

    def __init__(self, client: "BackendClient", secrets: SecretStore, clock: ServerClock) -> None:
        self.changed: Event[Account | None] = Event()
        self._client = client
        self._secrets = secrets
        self._clock = clock
        self._account: Account | None = None
        client.session.watch(renewed=self._keep_token, ended=self._end)

    @property
    def account(self) -> Account | None:
        """Who is signed in."""
        return self._account

    async def server(self) -> ServerInfo:
        """What the server says about itself; its clock counts from now on.

        Raises BackendError; ClientTooOld and ServerTooOld where the versions do not fit.
        """
        info = await self._client.server.info()
        self._clock.set_from(info.time)
        return info

    async def demo_accounts(self) -> list[DemoAccount]:
        """Accounts that a demo server offers; none elsewhere."""
        return await self._client.account.demo_accounts()

    async def sign_in(self, login: str, password: str) -> Account:
        """Opens a session.

        Raises:
            BackendError: WrongPassword, TooManyAttempts, Unreachable, ...
            SecretError: the system has no safe place for what must be kept.
        """
        await self._secrets.read(REFRESH_TOKEN)  # where that fails no password leaves the house
        account = await self._client.account.sign_in(login, password)
        await self._remember(account)
        self._become(account)
        return account

    async def resume(self) -> Account | None:
        """Continues the last session; None where there is none or it is over.

        Without a connection the last account comes back too, to work from the cache; the server
        is asked as soon as it answers. Raises BackendError, SecretError.
        """
        token = await self._secrets.read(REFRESH_TOKEN)
        if token is None:
            return None
        try:
            account = await self._client.account.resume(token)
        except BackendError as error:
            return await self._without_answer(error)
        await self._remember(account)
        self._become(account)
        return account

    async def sign_out(self) -> None:
        """Ends the session here and, where it can be reached, on the server."""
        try:
            await self._client.account.sign_out()
        except BackendError as error:
            logger.info("the server was not told of the sign-out: %s", type(error).__name__)
        await self._forget()
        self._become(None)

    async def _without_answer(self, error: BackendError) -> Account | None:
        if error.is_temporary:
            account = await self._remembered()
            if account is None:
                raise error
            self._become(account)
            return account
        await self._forget()
        logger.info("the last session is over: %s", type(error).__name__)
        return None

    async def _keep_token(self, token: str) -> None:
        try:
            await self._secrets.write(REFRESH_TOKEN, token)
        except SecretError as error:
            # The session goes on; only the next start will ask for the password.
            logger.warning("refresh token not kept: %s", type(error).__name__)

    async def _remember(self, account: Account) -> None:
        await self._secrets.write(ACCOUNT, msgspec.json.encode(account).decode())

    async def _remembered(self) -> Account | None:
        kept = await self._secrets.read(ACCOUNT)
        try:
            return None if kept is None else msgspec.json.decode(kept, type=Account)
        except msgspec.MsgspecError:
            return None  # written by another version

    async def _forget(self) -> None:
        await self._secrets.delete(REFRESH_TOKEN)
        await self._secrets.delete(ACCOUNT)

    def _end(self) -> None:
        logger.info("the server has ended the session")
        self._become(None)

    def _become(self, account: Account | None) -> None:
        if account != self._account:
            self._account = account
            self.changed.emit(account)
