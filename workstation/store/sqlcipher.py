"""The one place that speaks to SQLCipher: opens an encrypted file with a raw key."""

from pathlib import Path
from typing import cast

from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPIModule
from sqlcipher3 import dbapi2

BUSY_MILLISECONDS = 5_000
KEY_BYTES = 32
UNREADABLE = {11, 26}
"""SQLITE_CORRUPT and SQLITE_NOTADB: damaged, or another key."""


DriverError: type[Exception] = dbapi2.Error
"""Base of what the driver raises where SQLAlchemy does not stand between."""


def module() -> DBAPIModule:
    """The driver, as SQLAlchemy wants it."""
    return cast(DBAPIModule, dbapi2)


def connect(path: Path, key: bytes) -> DBAPIConnection:
    """An open connection; whether the key fits shows at the first reading.

    The key is the raw 256 bits (no passphrase, no derivation). Transactions are begun by hand.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key of {KEY_BYTES} bytes is needed")
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    connection.execute("PRAGMA temp_store = MEMORY")  # SQLCipher does not encrypt other temp files
    return cast(DBAPIConnection, connection)


def means_unreadable(error: BaseException | None) -> bool:
    """Whether the driver's error says that the file is damaged or the key is another one."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in UNREADABLE
