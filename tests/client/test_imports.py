"""What an import costs: the contract brings no network code, nor do the window's services."""

import subprocess
import sys

import pytest

NETWORK = {"httpx", "websockets", "stamina", "anyio"}
HEAVY = NETWORK | {"sqlalchemy", "sqlcipher3", "keyring", "cryptography", "PySide6"}
MODELS = ["accounts", "catalogue", "common", "documents", "events", "requests", "routes", "server"]


def imported_by(*modules: str) -> set[str]:
    """Top-level packages that a fresh interpreter has after importing these."""
    lines = [f"import {module}" for module in modules]
    lines += ["import sys", "print(*{name.partition('.')[0] for name in sys.modules})"]
    result = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True
    )
    return set(result.stdout.split())


def test_the_contract_imports_no_network_code() -> None:
    modules = [f"backend_client.models.{name}" for name in MODELS]
    assert imported_by("backend_client.errors", *modules) & HEAVY == set()


@pytest.mark.parametrize("name", ["account", "answers", "requests", "studies", "sync", "triage"])
def test_the_services_that_a_screen_names_import_nothing_heavy(name: str) -> None:
    """Screens import them for their types, before the first paint."""
    assert imported_by(f"workstation.services.{name}") & HEAVY == set()


def test_what_the_start_needs_imports_nothing_heavy() -> None:
    modules = ["workstation.settings", "workstation.logging_setup", "workstation.desktop.paths"]
    assert imported_by(*modules, "workstation.desktop.secrets") & HEAVY == set()
