"""The command line: what makes no sense is refused in one line before a window opens."""

import pytest

from workstation.__main__ import parse_arguments


def refusal(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as left:
        parse_arguments(arguments)
    assert left.value.code == 2
    return capsys.readouterr().err


@pytest.mark.parametrize("address", ["https://centre.example", "http://10.0.0.5:8000"])
def test_demo_refuses_any_address_but_loopback(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "this computer only" in refusal(["--demo", "--server", address], capsys)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8000", "http://localhost:1", "http://[::1]:9"]
)
def test_demo_takes_loopback(address: str) -> None:
    assert parse_arguments(["--demo", "--server", address]).server == address


@pytest.mark.parametrize("address", ["centre.example", "ftp://centre.example", "https://"])
def test_an_address_that_is_none_is_named(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "https://host:port" in refusal(["--server", address], capsys)


@pytest.mark.parametrize(
    "arguments", [["--demo"], ["--server", "https://centre.example"]], ids=["own", "real"]
)
def test_another_folder_of_roots_is_for_the_demo_at_a_server(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert "--demo with --server" in refusal([*arguments, "--trust-roots", "roots"], capsys)
    given = ["--demo", "--server", "http://127.0.0.1:1", "--trust-roots", "roots"]
    assert parse_arguments(given).trust_roots == "roots"


def test_signing_in_from_the_command_line_is_for_the_demo(
    capsys: pytest.CaptureFixture[str],
) -> None:
    refused = refusal(["--server", "https://centre.example", "--sign-in", "levashova"], capsys)
    assert "--demo" in refused
