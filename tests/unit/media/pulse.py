"""A sound server of the tests' own: a speaker that nobody hears and a microphone that hears it."""

import asyncio
import os
import shutil
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

INSTALL = "apt-get install -y pulseaudio pulseaudio-utils"
SPEAKER = "module-null-sink sink_name=speaker rate=48000 sink_properties=device.description=Speaker"
MICROPHONE = (
    "module-remap-source master=speaker.monitor source_name=microphone"
    " source_properties=device.description=Microphone"
)


def missing() -> str | None:
    """Why there is none, with the line that installs it; None where there is one."""
    found = shutil.which("pulseaudio") and shutil.which("pactl")
    return None if found else f"PulseAudio is missing; install it with: {INSTALL}"


class Pulse:
    """The running server."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment

    async def load(self, module: str) -> str:
        """Adds a device; answers the module's number."""
        return (await self._pactl("load-module", *module.split())).strip()

    async def unload(self, number: str) -> None:
        """Takes the device away."""
        await self._pactl("unload-module", number)

    async def is_up(self) -> bool:
        """Whether it answers."""
        words = await asyncio.to_thread(self._run, "info")
        return words.returncode == 0

    async def _pactl(self, *words: str) -> str:
        done = await asyncio.to_thread(self._run, *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["pactl", *words], env=self._environment, capture_output=True, text=True, timeout=10
        )


@asynccontextmanager
async def pulse(folder: Path) -> AsyncIterator[Pulse]:
    """A server with its socket in `folder`; give its address to children as PULSE_SERVER."""
    environment = {
        **os.environ,
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "PULSE_RUNTIME_PATH": str(folder),
        "PULSE_SERVER": address(folder),
    }
    process = await asyncio.to_thread(_start, folder, environment)
    try:
        server = Pulse(environment)
        end = time.monotonic() + 60
        while not await server.is_up():
            assert time.monotonic() < end, "PulseAudio did not come up"
        yield server
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 10)


def address(folder: Path) -> str:
    """Where the server of that folder listens."""
    return f"unix:{folder}/native"


def _start(folder: Path, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    protocol = f"module-native-protocol-unix socket={folder}/native auth-anonymous=1"
    words = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
    return subprocess.Popen(
        [*words, f"--load={protocol}"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
