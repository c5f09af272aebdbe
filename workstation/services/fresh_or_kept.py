"""What the server has now; where it cannot be reached, what was kept of it."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from backend_client.errors import BackendError

Found = TypeVar("Found")


async def fresh_or_kept(
    fresh: Callable[[], Awaitable[Found]],
    kept: Callable[[], Awaitable[Found | None]],
    *,
    kept_first: bool = False,
) -> Found:
    """`kept` is asked where `fresh` fails for now, and before it with `kept_first` (offline).

    Raises BackendError where neither has anything.
    """
    if kept_first and (found := await kept()) is not None:
        return found
    try:
        return await fresh()
    except BackendError as error:
        found = await kept() if error.is_temporary else None
        if found is None:
            raise
        return found
