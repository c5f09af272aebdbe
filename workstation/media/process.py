"""What runs in the media process. Nothing of the window is imported here.

The main thread is the devices' (Qt on macOS wants it so), a second one runs asyncio with the
calls, a third waits at the pipe.
"""

import contextlib
import signal
import sys
import threading
from multiprocessing.connection import Connection
from typing import Final

_TURN_S: Final = 0.0005
"""How long a thread of Python's keeps the others waiting. With Python's own 5 ms the loop, which
lets go at each packet, waits again and again for the threads that encode and decode: on two busy
cores up to 3 of 30 pictures a second were never taken."""


def run_media(connection: Connection) -> None:
    """Answers the window until the pipe ends."""
    sys.setswitchinterval(_TURN_S)
    # Imported here: the window imports this module to name its function, and needs no codecs.
    from workstation.media.devices import Devices
    from workstation.media.serving import serve

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is for the window
    devices = Devices()

    def calls() -> None:
        try:
            with contextlib.suppress(OSError):  # the window is gone
                serve(connection, devices)
        finally:
            devices.quit()

    thread = threading.Thread(target=calls, name="calls")
    thread.start()
    devices.run()
    thread.join()
