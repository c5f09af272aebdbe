"""Staff accounts, sign-in and tokens."""

from backend_client.models.common import CentreId, OpenEnum, UserId, UtcTime, Wire


class Role(OpenEnum):
    """What an account may do."""

    UNKNOWN = "unknown"
    CONSULTANT = "consultant"
    DUTY_DOCTOR = "duty_doctor"
    CLINIC_ADMIN = "clinic_admin"
    MANAGER = "manager"
    AUDITOR = "auditor"
    PATIENT = "patient"


class Account(Wire, frozen=True, kw_only=True):
    """A person who works in a centre (the tenant)."""

    id: UserId
    login: str
    full_name: str
    """Family name, given name, patronymic."""
    short_name: str
    """Family name and initials, as signed under a document."""
    initials: str
    """Two letters for a lock glyph."""
    role: Role
    post: str
    """Post or specialty as shown: «Кардиолог»."""
    centre_id: CentreId
    centre_name: str
    snils: str = ""
    """Insurance number of the person, eleven digits, which the certificate has to name as well;
    empty: the clinic has not entered it. The server tells it to its owner alone."""

    def __repr__(self) -> str:
        """Who it is, without what a log must not hold."""
        return f"Account(id={self.id!r}, role={self.role!r})"


class DemoAccount(Wire, frozen=True, kw_only=True):
    """An account of the demonstration, with its password. Served by a demo backend only."""

    login: str
    password: str
    full_name: str
    initials: str
    post: str


class SignIn(Wire, frozen=True, kw_only=True):
    """Login and password."""

    login: str
    password: str


class RefreshRequest(Wire, frozen=True, kw_only=True):
    """A refresh token, good for one use."""

    refresh_token: str


class SignedIn(Wire, frozen=True, kw_only=True):
    """A short access token, the next refresh token, and whose they are."""

    access_token: str
    refresh_token: str
    access_expires_at: UtcTime
    account: Account
