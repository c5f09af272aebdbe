"""What may be repeated is repeated; what may not be is sent once."""

import httpx
import pytest

from backend_client.errors import (
    BackendError,
    Conflict,
    ServerFault,
    TimedOut,
    TooManyAttempts,
    Unreachable,
)
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.requests import QueueCounts, QueueGroup
from tests.client.answering import (
    Answer,
    Answering,
    client_of,
    make_signed_in,
    ok,
    refusal,
    signed_in_client,
)
from tests.factories import make_card

CARD = RequestId("request-1")
COUNTS = QueueCounts(counts={QueueGroup.ALL: 3})


@pytest.mark.parametrize(
    "trouble",
    [
        httpx.ConnectError("refused"),
        httpx.ReadError("reset"),
        httpx.ReadTimeout("slow"),
        refusal(502),
        refusal(503),
        refusal(504),
    ],
)
async def test_a_reading_call_gets_over_a_passing_trouble(trouble: Answer) -> None:
    server = Answering(trouble, trouble, ok(COUNTS))
    async with signed_in_client(server) as client:
        assert await client.requests.counts() == COUNTS
    assert len(server.requests) == 3


async def test_a_trouble_that_stays_is_reported_after_three_tries() -> None:
    server = Answering(httpx.ConnectError("refused"))
    async with signed_in_client(server) as client:
        with pytest.raises(Unreachable):
            await client.requests.counts()
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refusal(500, ProblemCode.INTERNAL), ServerFault),
        (refusal(503, retry_after=60), ServerFault),
        (refusal(429, retry_after=1), TooManyAttempts),
        (refusal(409, ProblemCode.STALE_VERSION), Conflict),
    ],
)
async def test_an_answer_that_would_come_again_is_not_asked_for_twice(
    answer: httpx.Response, kind: type[BackendError]
) -> None:
    server = Answering(answer)
    async with signed_in_client(server) as client:
        with pytest.raises(kind):
            await client.requests.counts()
    assert len(server.requests) == 1


async def test_a_repeated_order_carries_the_same_key() -> None:
    server = Answering(httpx.ReadTimeout("slow"), refusal(503), ok(make_card()))
    async with signed_in_client(server) as client:
        await client.requests.claim(CARD)
    keys = {request.headers["Idempotency-Key"] for request in server.requests}
    assert len(server.requests) == 3
    assert len(keys) == 1


async def test_each_order_has_a_key_of_its_own_unless_it_is_given() -> None:
    server = Answering(ok(make_card()))
    async with signed_in_client(server) as client:
        await client.requests.claim(CARD)
        await client.requests.claim(CARD)
        await client.requests.release(CARD, key="kept")
    keys = [request.headers["Idempotency-Key"] for request in server.requests]
    assert len(set(keys)) == 3
    assert keys[2] == "kept"


async def test_a_sign_in_that_may_have_arrived_is_not_repeated() -> None:
    server = Answering(httpx.ReadTimeout("slow"))
    async with client_of(server) as client:
        with pytest.raises(TimedOut):
            await client.account.sign_in("levashova", "demo")
    assert len(server.requests) == 1


async def test_a_sign_in_that_never_left_is_repeated() -> None:
    server = Answering(httpx.ConnectError("refused"), ok(make_signed_in()))
    async with client_of(server) as client:
        await client.account.sign_in("levashova", "demo")
    assert len(server.requests) == 2
