"""Sign-in, sign-out, and whose the session is."""

from backend_client.errors import NotFound, NotSignedIn
from backend_client.models.accounts import Account, DemoAccount, RefreshRequest, SignedIn, SignIn
from backend_client.transport import Transport


class AccountResource:
    """The session's account. Tokens stay inside the client."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._session = transport.session

    async def demo_accounts(self) -> list[DemoAccount]:
        """Accounts that a demo server offers; none elsewhere."""
        try:
            return await self._transport.get("/demo-accounts", list[DemoAccount], signed=False)
        except NotFound:
            return []

    async def sign_in(self, login: str, password: str) -> Account:
        """Opens a session; raises WrongPassword, TooManyAttempts."""
        body = SignIn(login=login, password=password)
        signed_in = await self._transport.post("/sign-in", SignedIn, body, signed=False, once=True)
        await self._session.accept(signed_in)
        return signed_in.account

    async def resume(self, refresh_token: str) -> Account:
        """Continues an earlier session by its last refresh token; raises NotSignedIn.

        Where the server gives no answer the token is kept: a later call tries it again.
        """
        self._session.restore(refresh_token)
        return await self.me()

    async def me(self) -> Account:
        """Whose the session is."""
        return await self._transport.get("/me", Account)

    async def sign_out(self) -> None:
        """Ends the session; the tokens are forgotten even where the server does not answer."""
        try:
            await self._transport.post("/sign-out", type(None), once=True)
        except NotSignedIn:
            pass  # over already
        finally:
            self._session.forget()


async def exchange(transport: Transport, refresh_token: str) -> SignedIn:
    """The next pair of tokens; raises NotSignedIn where the session is over."""
    body = RefreshRequest(refresh_token=refresh_token)
    return await transport.post("/token/refresh", SignedIn, body, signed=False, once=True)
