"""Signed files on their way to the server: each signed once, handed in until it has an answer."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from backend_client.errors import BackendError
from backend_client.models.common import RequestId
from backend_client.models.conclusions import Conclusion


@dataclass(frozen=True, slots=True)
class SigningOrder:
    """What is to be signed: the file by its digest, made from this version of the conclusion."""

    request_id: RequestId
    version: int
    sha256: str


@dataclass(slots=True)
class _Delivery:
    key: str = field(default_factory=lambda: str(uuid.uuid4()))
    signed: bytes | None = field(default=None, repr=False)
    answer: Conclusion | None = field(default=None, repr=False)


class SignedFiles:
    """Keeps the signed bytes in memory while the server's answer is not known.

    An order that is given again after a lost answer hands in the same file under the same
    idempotency key. Nothing is kept of an order that the server has refused.
    """

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._deliveries: dict[SigningOrder, _Delivery] = {}

    async def deliver(
        self,
        order: SigningOrder,
        sign: Callable[[bytes | None], bytes],
        send: Callable[[bytes, str], Awaitable[Conclusion]],
    ) -> Conclusion:
        """Signs in a thread, then sends with the order's key.

        `sign` gets what was signed for the order before (None: nothing) and returns it where the
        PIN fits: a PIN is asked for each time. Raises what both raise.
        """
        async with self._turn:
            delivery = self._delivery(order)
            signed = delivery.signed = await asyncio.to_thread(sign, delivery.signed)
            if delivery.answer is None:
                delivery.answer = await self._sent(order, signed, delivery.key, send)
            return delivery.answer

    def _delivery(self, order: SigningOrder) -> _Delivery:
        waiting = {
            one: delivery
            for one, delivery in self._deliveries.items()
            if one == order or (delivery.answer is None and one.request_id != order.request_id)
        }
        self._deliveries = waiting
        return waiting.setdefault(order, _Delivery())

    async def _sent(
        self,
        order: SigningOrder,
        signed: bytes,
        key: str,
        send: Callable[[bytes, str], Awaitable[Conclusion]],
    ) -> Conclusion:
        try:
            return await send(signed, key)
        except BackendError as error:
            if not error.is_temporary:
                del self._deliveries[order]
            raise
