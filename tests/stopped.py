"""A child process that stands still: it is there, and answers nothing."""

import asyncio
import os
import signal


async def stop(pid: int) -> None:
    """Stops a child of ours; it has stopped when this returns, not some time later."""
    os.kill(pid, signal.SIGSTOP)
    await asyncio.to_thread(os.waitid, os.P_PID, pid, os.WSTOPPED | os.WNOWAIT)
