"""Sign-in by login and password."""

from sqlalchemy import RowMapping, select

from backend.accounts.attempts import Attempts
from backend.accounts.directory import ACCOUNT_COLUMNS, Directory
from backend.accounts.passwords import Passwords
from backend.accounts.sessions import Sessions
from backend.audit.trace import current
from backend.database import Database
from backend.problems import Refused
from backend.tables import accounts
from backend_client.models.accounts import SignedIn, SignIn
from backend_client.models.common import Problem, ProblemCode


class SignInDesk:
    """Checks who comes; answers an unknown login and a wrong password alike."""

    def __init__(
        self,
        database: Database,
        attempts: Attempts,
        passwords: Passwords,
        sessions: Sessions,
        directory: Directory,
    ) -> None:
        self._database = database
        self._attempts = attempts
        self._passwords = passwords
        self._sessions = sessions
        self._directory = directory

    async def sign_in(self, given: SignIn) -> SignedIn:
        """Opens a session; raises Refused (wrong_password, too_many_attempts)."""
        login = normal_login(given.login)
        await self._attempts.begin(login)
        row = await self._find(login)
        stored = None if row is None else row["password_hash"]
        fits = await self._passwords.fits(stored, given.password)
        account = None if row is None else self._directory.account(row)
        trace = current()
        if trace is not None and account is not None:
            trace.by(account)  # failures of an account that exists stand in the audit
        if account is None or not fits:
            raise _wrong_password()
        await self._attempts.succeeded(login)
        return await self._sessions.open(account)

    async def _find(self, login: str) -> RowMapping | None:
        found = select(*ACCOUNT_COLUMNS, accounts.c.password_hash).where(accounts.c.login == login)
        async with self._database.read() as connection:
            return (await connection.execute(found)).mappings().first()


def normal_login(login: str) -> str:
    """As kept: without case, spaces around it, and NUL, which PostgreSQL does not take."""
    return login.replace("\0", "").strip().casefold()


def _wrong_password() -> Refused:
    title = "Wrong login or password"
    return Refused(Problem(status=401, title=title, code=ProblemCode.WRONG_PASSWORD))
