"""`python -m backend`: one line when it listens, plain words when it cannot, a clean end."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from backend.__main__ import main
from backend.listening import listen, refuse_open_demo
from backend.openapi import openapi_text
from backend.settings import CannotStart
from backend_client.models.common import API_PREFIX
from tests.backend.server_process import command, run, serving


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_listens_serves_and_ends_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    async with serving(command(tmp_path)) as server:
        async with httpx.AsyncClient(base_url=server.address) as client:
            assert (await client.get(f"{API_PREFIX}/server")).status_code == 200
        server.process.send_signal(number)
        assert await server.ended() == (0, "", "")


async def test_embedded_server_ends_with_its_parent(tmp_path: Path) -> None:
    async with serving(command(tmp_path, "--exit-with-stdin")) as server:
        assert server.process.stdin is not None
        server.process.stdin.close()
        server.process.stdin = None
        code, out, _ = await server.ended()
    assert (code, out) == (0, "")


async def test_closed_stdin_alone_ends_nothing(tmp_path: Path) -> None:
    async with serving(command(tmp_path)) as server:
        assert server.process.stdin is not None
        server.process.stdin.close()
        server.process.stdin = None
        async with httpx.AsyncClient(base_url=server.address) as client:
            assert (await client.get(f"{API_PREFIX}/server")).status_code == 200


def test_taken_port_is_named_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = run(command(tmp_path, port=port))
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert f"port {port} is taken" in ended.stderr
    assert "--port" in ended.stderr


def test_demo_is_for_this_machine_alone(tmp_path: Path) -> None:
    ended = run(command(tmp_path, "--demo", "--host", "0.0.0.0"))
    assert ended.returncode == 2
    assert "loopback" in ended.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "example.org", ""])
def test_demo_refuses_every_address_that_others_reach(host: str) -> None:
    with pytest.raises(CannotStart, match="loopback"):
        refuse_open_demo(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_demo_takes_every_loopback_address(host: str) -> None:
    refuse_open_demo(host)


def test_foreign_address_is_refused_in_words() -> None:
    with pytest.raises(CannotStart, match="not an address of this machine"):
        listen("203.0.113.7", 0)


@pytest.mark.parametrize(
    ("option", "value"), [("--database", "mysql://x"), ("--files", "/tmp"), ("--port", "70000")]
)
def test_bad_options_are_refused_in_words(tmp_path: Path, option: str, value: str) -> None:
    arguments = command(tmp_path)
    arguments[arguments.index(option) + 1] = value
    ended = run(arguments)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr


def test_openapi_prints_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["openapi"]) == 0
    assert capsys.readouterr().out == openapi_text()


def test_command_line_answers_without_the_frameworks() -> None:
    code = "import backend.__main__, sys; sys.exit('litestar' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
