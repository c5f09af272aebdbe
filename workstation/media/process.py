"""What runs in the media process. Nothing of the window is imported here.

The main thread is the devices' (Qt on macOS wants it so), a second one runs asyncio with the
calls, a third waits at the pipe.
"""

import contextlib
import signal
import threading
from multiprocessing.connection import Connection


def run_media(connection: Connection) -> None:
    """Answers the window until the pipe ends."""
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
