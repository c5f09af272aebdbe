"""What the store's tests share: keys and the type of the opening fixture."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from workstation.store.database import Database

Opened = Callable[[], AbstractAsyncContextManager[Database]]
KEY = bytes(range(32))
OTHER_KEY = bytes(32)
