"""One subscriber's stream: a greeting, what was missed, then every change as it is committed."""

from collections.abc import AsyncGenerator

from backend.database import Database
from backend.events.hub import EventHub, TooFarBehind
from backend.events.log import events_after, log_state
from backend.events.snapshots import Snapshots
from backend.settings import Clock
from backend_client.models.accounts import Account
from backend_client.models.common import RequestId
from backend_client.models.events import Hello, RequestChanged

Message = Hello | RequestChanged


class EventStreams:
    """Opens streams."""

    def __init__(self, database: Database, hub: EventHub, snapshots: Snapshots, now: Clock) -> None:
        self._database = database
        self._hub = hub
        self._snapshots = snapshots
        self._now = now

    async def messages(self, account: Account, since: int | None) -> AsyncGenerator[Message, None]:
        """Messages without end; raises TooFarBehind where the subscriber does not keep up."""
        # Subscribed before the log is read: nothing can fall between the two.
        with self._hub.subscribed(account.centre_id) as subscription:
            async with self._database.read() as connection:
                state = await log_state(connection, account.centre_id)
            resumed = since is not None and state.continues_behind(since)
            yield Hello(seq=state.seq, time=self._now(), resumed=resumed)
            seq = since if since is not None and resumed else state.seq
            caught_up = False
            while True:
                batch = await self._next(account, seq)
                for message in batch:
                    yield message
                    seq = message.seq
                    subscription.sent(seq)
                    if caught_up and subscription.is_too_far_behind:
                        raise TooFarBehind
                if not batch:
                    caught_up = True
                    subscription.sent(seq)
                    await subscription.news()

    async def _next(self, account: Account, seq: int) -> list[RequestChanged]:
        """The next events after `seq`. Staff see all of their centre's, so none is left out."""
        messages = []
        for number, request_id in await self._batch(account, seq):
            if number != seq + 1:  # the log has forgotten what came between
                raise TooFarBehind
            row = await self._snapshots.row(account, request_id, number)
            changed = RequestChanged(
                seq=number, prev=seq, request_id=RequestId(request_id), row=row
            )
            messages.append(changed)
            seq = number
        return messages

    async def _batch(self, account: Account, seq: int) -> list[tuple[int, str]]:
        async with self._database.read() as connection:
            return await events_after(connection, account.centre_id, seq)
