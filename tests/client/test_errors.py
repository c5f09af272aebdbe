"""Whatever happens on the way, the caller gets an error of the client's own tree."""

import asyncio

import httpx
import pytest

from backend_client.client import BackendClient
from backend_client.errors import (
    BackendError,
    BrokenAnswer,
    ClientTooOld,
    Conflict,
    Forbidden,
    NotFound,
    NotSignedIn,
    Rejected,
    ServerFault,
    TimedOut,
    TooManyAttempts,
    Unreachable,
    WrongPassword,
)
from backend_client.models.common import ProblemCode, RequestId
from tests.client.answering import (
    AT_ONCE,
    IMPATIENT,
    Answering,
    StreamOf,
    client_of,
    ok,
    refusal,
    signed_in_client,
)

CARD = RequestId("request-1")
MARKER = "Приметова"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refusal(400, ProblemCode.INVALID), Rejected),
        (refusal(403, ProblemCode.FORBIDDEN), Forbidden),
        (refusal(404, ProblemCode.NOT_FOUND), NotFound),
        (refusal(408), TimedOut),
        (refusal(409, ProblemCode.STALE_VERSION), Conflict),
        (refusal(413), Rejected),
        (refusal(426, ProblemCode.CLIENT_TOO_OLD), ClientTooOld),
        (refusal(429, ProblemCode.TOO_MANY_ATTEMPTS), TooManyAttempts),
        (refusal(500, ProblemCode.INTERNAL), ServerFault),
        (refusal(503), ServerFault),
        (httpx.Response(302, headers={"Location": "http://elsewhere"}), BrokenAnswer),
        (httpx.Response(502, text="<html>Bad gateway</html>"), ServerFault),
        (httpx.Response(404, text="<html>nginx</html>"), NotFound),
        (httpx.Response(200, text="<html>Welcome to the hotel's WiFi</html>"), BrokenAnswer),
        (httpx.Response(200, content=b"\xff\xfe"), BrokenAnswer),
        (ok(raw=b"{}"), BrokenAnswer),
        (ok(raw=b""), BrokenAnswer),
        (httpx.ConnectError("refused"), Unreachable),
        (httpx.ConnectTimeout("slow"), Unreachable),
        (httpx.ReadTimeout("slow"), TimedOut),
        (httpx.WriteTimeout("slow"), TimedOut),
        (httpx.PoolTimeout("slow"), TimedOut),
        (httpx.ReadError("reset"), Unreachable),
        (httpx.RemoteProtocolError("cut"), Unreachable),
        (httpx.ProxyError("proxy"), Unreachable),
        (httpx.UnsupportedProtocol("ftp"), Unreachable),
        (ConnectionResetError(), Unreachable),
    ],
)
async def test_each_trouble_has_its_own_error(
    answer: httpx.Response | Exception, kind: type[BackendError]
) -> None:
    async with signed_in_client(Answering(answer)) as client:
        with pytest.raises(BackendError) as raised:
            await client.requests.card(CARD)
    assert type(raised.value) is kind


async def test_a_claim_that_came_too_late_names_the_owner() -> None:
    taken = refusal(409, ProblemCode.CLAIMED_BY_OTHER, owner_name="Орлов П. И.")
    async with signed_in_client(Answering(taken)) as client:
        with pytest.raises(Conflict) as raised:
            await client.requests.claim(CARD)
    assert raised.value.owner_name == "Орлов П. И."
    assert raised.value.code is ProblemCode.CLAIMED_BY_OTHER


async def test_too_many_attempts_say_how_long_to_wait() -> None:
    by_problem = refusal(429, ProblemCode.TOO_MANY_ATTEMPTS, retry_after=30)
    by_header = httpx.Response(429, headers={"Retry-After": "7"})
    for answer, seconds in ((by_problem, 30), (by_header, 7)):
        async with client_of(Answering(answer)) as client:
            with pytest.raises(TooManyAttempts) as raised:
                await client.account.sign_in("levashova", "wrong")
        assert raised.value.retry_after == seconds


async def test_a_wrong_password_is_told_from_an_ended_session() -> None:
    async with client_of(Answering(refusal(401, ProblemCode.WRONG_PASSWORD))) as client:
        with pytest.raises(WrongPassword):
            await client.account.sign_in("levashova", "wrong")
    async with signed_in_client(Answering(refusal(401, ProblemCode.NOT_SIGNED_IN))) as client:
        with pytest.raises(NotSignedIn) as raised:
            await client.requests.counts()
    assert not isinstance(raised.value, WrongPassword)


async def test_a_server_that_is_no_demonstration_offers_no_accounts() -> None:
    async with client_of(Answering(refusal(404, ProblemCode.NOT_FOUND))) as client:
        assert await client.account.demo_accounts() == []


async def test_without_a_session_nothing_is_sent() -> None:
    server = Answering(ok(raw=b"{}"))
    async with client_of(server) as client:
        with pytest.raises(NotSignedIn):
            await client.requests.counts()
    assert server.requests == []


async def test_a_server_that_never_answers_times_out_by_itself() -> None:
    async def never(request: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError("never")

    async with signed_in_client(never, timeouts=IMPATIENT) as client:
        with pytest.raises(TimedOut):
            await client.requests.counts()


async def test_a_caller_may_be_cancelled() -> None:
    asked = asyncio.Event()

    async def never(request: httpx.Request) -> httpx.Response:
        asked.set()
        await asyncio.Event().wait()
        raise AssertionError("never")

    async with signed_in_client(never) as client:
        task = asyncio.create_task(client.requests.counts())
        await asked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_an_answer_that_is_cut_off_is_unreachable() -> None:
    async def cut(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=StreamOf(b'{"cou', httpx.ReadError("cut")))

    async with signed_in_client(cut) as client:
        with pytest.raises(Unreachable) as raised:
            await client.requests.counts()
    assert raised.value.may_have_arrived


@pytest.mark.parametrize("address", ["http://", "nonsense", "http://[", "ftp://host", ""])
async def test_an_address_that_is_none_is_unreachable(address: str) -> None:
    client = BackendClient(address, retrying=AT_ONCE)
    with pytest.raises(Unreachable):
        await client.server.info()
    await client.aclose()


async def test_what_the_server_writes_for_people_is_not_in_the_error() -> None:
    """It may be about a patient, and errors go to logs."""
    answer = refusal(409, ProblemCode.STALE_VERSION, detail=MARKER, title=MARKER)
    broken = ok(raw=f'{{"row": "{MARKER}"}}'.encode())
    for one in (answer, broken, httpx.Response(418, text=MARKER)):
        async with signed_in_client(Answering(one)) as client:
            with pytest.raises(BackendError) as raised:
                await client.requests.card(CARD)
        assert MARKER not in str(raised.value)
        assert MARKER not in repr(raised.value)
