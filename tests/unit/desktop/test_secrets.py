"""Keys and tokens: in a real keyring, in memory, or refused; never in a plain file."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from workstation.core.errors import NoSecretStore, SecretsLocked
from workstation.core.secrets import SecretStore
from workstation.desktop.keyring_backends import ALLOWED, safest_backend
from workstation.desktop.secrets import KeyringSecrets, MemorySecrets, random_key

ROUND_TRIP = """
import asyncio, json
from workstation.desktop.secrets import KeyringSecrets, random_key

async def main():
    one, other = KeyringSecrets("https://one"), KeyringSecrets("https://other")
    told = {"absent": await one.read("token")}
    await one.write("token", "first")
    await one.write("token", "секрет second")
    told["kept"] = await one.read("token")
    told["again"] = await KeyringSecrets("https://one").read("token")
    told["other"] = await other.read("token")
    key = await random_key(one, "store-key")
    told["same key"] = key == await random_key(KeyringSecrets("https://one"), "store-key")
    told["other key"] = key == await random_key(other, "store-key")
    await one.delete("token")
    await one.delete("token")
    told["deleted"] = await one.read("token")
    print(json.dumps(told))

asyncio.run(main())
"""
NO_KEYRING = """
import asyncio
from workstation.core.errors import NoSecretStore
from workstation.desktop.secrets import KeyringSecrets

async def main():
    try:
        await KeyringSecrets("https://one").write("token", "secret")
    except NoSecretStore:
        print("refused")

asyncio.run(main())
"""
UNLOCK = "printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null"


class SlyBackend(KeyringBackend):
    """Fails as a test wants it."""

    priority = 1.0

    def __init__(self, error: Exception | None = None) -> None:
        self._error = error

    def get_password(self, service: str, username: str) -> str | None:
        """Always the same, whatever was written."""
        if self._error is not None:
            raise self._error
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        """Forgets it at once."""

    def delete_password(self, service: str, username: str) -> None:
        """Nothing to delete."""


def environment(folder: Path, **more: str) -> dict[str, str]:
    """A home of its own, without a desktop session."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ}
    home = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    return {**kept, **home, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent", **more}


@pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="dbus and gnome-keyring are not installed (make servers)",
)
def test_the_real_keyring_keeps_secrets_apart_and_gives_them_back(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    script = f'{UNLOCK} && exec "$0" -c "$1"'
    command = ["dbus-run-session", "--", "sh", "-c", script, sys.executable, ROUND_TRIP]
    home = environment(tmp_path)
    result = subprocess.run(command, env=home, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == {
        "absent": None,
        "kept": "секрет second",
        "again": "секрет second",
        "other": None,
        "same key": True,
        "other key": False,
        "deleted": None,
    }


@pytest.mark.parametrize("backend", ["keyring.backends.null.Keyring", "keyrings.alt.file.X", ""])
def test_without_a_keyring_nothing_is_kept_whatever_the_settings_say(
    tmp_path: Path, backend: str
) -> None:
    home = environment(tmp_path, PYTHON_KEYRING_BACKEND=backend)
    command = [sys.executable, "-c", NO_KEYRING]
    result = subprocess.run(command, env=home, capture_output=True, text=True, timeout=60)
    assert result.stdout == "refused\n", result.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_only_stores_that_encrypt_are_allowed() -> None:
    rooms = {module.rpartition(".")[2] for module, _ in ALLOWED}
    assert rooms == {"SecretService", "kwallet", "macOS", "Windows"}


def test_where_no_allowed_backend_works_it_says_so() -> None:
    with pytest.raises(NoSecretStore):
        safest_backend([("keyring.backends.SecretService", "NoSuch"), ("no.such.module", "X")])


async def test_a_keyring_that_stays_locked_is_told_from_none() -> None:
    locked = KeyringSecrets("s", lambda: SlyBackend(KeyringLocked("dismissed")))
    with pytest.raises(SecretsLocked):
        await locked.read("token")
    broken = KeyringSecrets("s", lambda: SlyBackend(ConnectionError("no bus")))
    with pytest.raises(NoSecretStore):
        await broken.read("token")


async def test_a_keyring_that_forgets_is_not_trusted_with_the_key() -> None:
    """Data under a key that is lost would be lost with it."""
    with pytest.raises(NoSecretStore):
        await random_key(KeyringSecrets("s", SlyBackend), "store-key")


async def test_memory_forgets_on_demand() -> None:
    secrets: SecretStore = MemorySecrets()
    await secrets.write("token", "secret")
    assert await secrets.read("token") == "secret"
    await secrets.delete("token")
    await secrets.delete("token")
    assert await secrets.read("token") is None


async def test_a_key_is_made_once_and_a_spoilt_one_is_made_anew() -> None:
    secrets = MemorySecrets()
    key = await random_key(secrets, "store-key")
    assert len(key) == 32
    assert await random_key(secrets, "store-key") == key
    assert await random_key(secrets, "another") != key
    await secrets.write("store-key", "not base64!")
    assert await random_key(secrets, "store-key") != key
