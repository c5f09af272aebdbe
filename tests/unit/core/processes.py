"""What the tests run in processes of their own."""

import os
import threading
from multiprocessing.connection import Connection

from workstation.core.kept_process import say_ready


def echo(connection: Connection) -> None:
    """Says everything back; "die" ends it, "hang" makes it deaf."""
    say_ready(connection)
    try:
        while message := connection.recv_bytes():
            if message == b"die":
                os._exit(3)
            if message == b"hang":
                threading.Event().wait()
            connection.send_bytes(message)
    except EOFError:
        return


def stillborn(connection: Connection) -> None:
    """Never comes up."""
    os._exit(4)


def boundless(connection: Connection) -> None:
    """Says more than anybody wants to hear."""
    say_ready(connection)
    connection.send_bytes(bytes(64 * 1024 * 1024))
    threading.Event().wait()
