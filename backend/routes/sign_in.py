"""Sign-in, tokens, and whose they are."""

from litestar import get, post
from litestar.params import RequestBody
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

from backend.auth import ANY_ROLE, OPEN
from backend.problems import problems
from backend.routes.given import Asked, GivenAccount, GivenParts, PatientAsked, address_of
from backend_client.models.accounts import Account, RefreshRequest, SignedIn, SignIn


@post(
    "/sign-in",
    opt={OPEN: True},
    status_code=HTTP_200_OK,
    responses=problems(401, 413, 429),
)
async def sign_in(data: RequestBody[SignIn], parts: GivenParts) -> SignedIn:
    """Opens a session by login and password."""
    return await parts.desk.sign_in(data)


@post(
    "/token/refresh",
    opt={OPEN: True},
    status_code=HTTP_200_OK,
    responses=problems(401, 413),
)
async def refresh(
    request: PatientAsked, data: RequestBody[RefreshRequest], parts: GivenParts
) -> SignedIn:
    """The next pair of tokens. A refresh token is good once; used again, it ends the session,
    unless the same client asks again at once for an answer that was lost."""
    client = f"{address_of(request)} {request.headers.get('User-Agent', '')}"
    return await parts.sessions.refresh(data.refresh_token, client)


@post(
    "/sign-out",
    opt={ANY_ROLE: True},
    status_code=HTTP_204_NO_CONTENT,
    responses=problems(401),
)
async def sign_out(request: Asked, parts: GivenParts) -> None:
    """Ends the session: none of its tokens is good any more."""
    await parts.sessions.close(request.auth.family_id)


@get("/me", opt={ANY_ROLE: True}, responses=problems(401))
async def me(account: GivenAccount) -> Account:
    """Whose the session is."""
    return account
