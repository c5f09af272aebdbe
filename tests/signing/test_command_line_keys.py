"""`python -m signing sign|approve` with a token and with an outside program; where the PIN comes
from, what is refused, and what `--trust` and `--expect-signers` mean."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from signing.__main__ import main
from signing.command_line import WRONG_USE
from signing.demo_pki import DemoAuthority
from signing.pades import certify
from tests.signing.clinic import STAMP, Clinic, make_person
from tests.signing.gost_clinic import INSTALL as INSTALL_GOST
from tests.signing.gost_clinic import SECRET, GostAuthority, has_gost
from tests.signing.soft_tokens import (
    APPROVERS,
    DOCTORS,
    EC_ID,
    INSTALL,
    LIBRARY,
    PIN,
    RSA_ID,
    SoftTokens,
    is_installed,
    soft_tokens,
)

ROOT = Path(__file__).resolve().parents[2]
needs_tokens = pytest.mark.skipif(not is_installed(), reason=INSTALL)
needs_gost = pytest.mark.skipif(not has_gost(), reason=INSTALL_GOST)


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory, clinic: Clinic) -> Iterator[SoftTokens]:
    with soft_tokens(tmp_path_factory.mktemp("hsm"), clinic.authority, make_person()) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path, clinic: Clinic) -> Path:
    (tmp_path / "paper.pdf").write_bytes(clinic.previewed)
    (tmp_path / "roots.pem").write_bytes(clinic.authority.root_pem)
    (tmp_path / "pin").write_text(PIN + "\n")
    return tmp_path


def on_token(folder: Path, label: str, key_id: str = EC_ID) -> list[str]:
    words = ["--pkcs11", str(LIBRARY), "--token", label, "--key-id", key_id]
    return [*words, "--trust", str(folder / "roots.pem")]


def pdfs(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*.pdf")}


@needs_tokens
def test_a_token_signs_and_another_approves(
    tokens: SoftTokens, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper, signed, both = (str(folder / f"{one}.pdf") for one in ("paper", "signed", "both"))
    pin = ["--passphrase-file", str(folder / "pin")]
    assert main(["sign", paper, signed, *on_token(folder, DOCTORS, RSA_ID), *pin, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["level"] == "B-B"
    reading, writing = os.pipe()
    os.write(writing, PIN.encode())
    os.close(writing)
    by_descriptor = [*on_token(folder, APPROVERS), "--passphrase-fd", str(reading)]
    assert main(["approve", signed, both, *by_descriptor]) == 0
    trust = ["--trust", str(folder / "roots.pem")]
    assert main(["verify", both, *trust, "--expect-signers", "2"]) == 0
    assert main(["verify", both, *trust, "--expect-signers", "1"]) == 1


@needs_tokens
def test_a_wrong_pin_says_what_is_left_and_writes_nothing(
    tokens: SoftTokens, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "pin").write_text("0000")
    words = ["sign", str(folder / "paper.pdf"), str(folder / "signed.pdf"), "--json"]
    words += [*on_token(folder, DOCTORS), "--passphrase-file", str(folder / "pin")]
    assert main(words) == 1
    record = json.loads(capsys.readouterr().out)
    assert (record["error"], record["tries_left"]) == ("WrongPin", "few")
    assert pdfs(folder) == {"paper.pdf"}
    (folder / "pin").write_text(PIN)
    assert main(words) == 0


@needs_tokens
def test_which_of_several_keys_is_asked_for_and_none_is_tried(
    tokens: SoftTokens, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["sign", str(folder / "paper.pdf"), str(folder / "signed.pdf")]
    words += ["--pkcs11", str(LIBRARY), "--passphrase-file", str(folder / "no such file")]
    words += ["--trust", str(folder / "roots.pem")]
    assert main(words) == 1
    said = capsys.readouterr().out
    assert "several keys" in said
    assert said.count("--key-id") == 3
    assert main([*words, "--token", "none"]) == 1
    assert "no token has such a key" in capsys.readouterr().out


@needs_tokens
def test_the_pin_is_asked_on_the_terminal_and_not_shown(tokens: SoftTokens, folder: Path) -> None:
    """And where there is no terminal nothing waits for ever."""
    words = [sys.executable, "-m", "signing", "sign", str(folder / "paper.pdf")]
    words += [str(folder / "signed.pdf"), *on_token(folder, DOCTORS)]
    alone = subprocess.run(
        words, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, start_new_session=True
    )
    assert alone.returncode == 1
    assert b"NoSecret" in alone.stdout
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        os.execv(sys.executable, words)
    shown = b""
    while b"PIN: " not in shown:
        shown += os.read(terminal, 1024)
    os.write(terminal, PIN.encode() + b"\n")
    while chunk := _read(terminal):
        shown += chunk
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert PIN.encode() not in shown.replace(str(folder).encode(), b"")
    assert (folder / "signed.pdf").exists()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1024)
    except OSError:  # its other end is closed
        return b""


@needs_gost
def test_an_outside_program_signs_with_gost(
    folder: Path, clinic: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    authority = GostAuthority(folder)
    person = authority.issue("Левашова Марина Олеговна", qualified=True)
    (folder / "roots.pem").write_bytes(authority.root.public_bytes(Encoding.PEM))
    (folder / "pin").write_text(SECRET, "utf-8")
    signed, trust = str(folder / "signed.pdf"), ["--trust", str(folder / "roots.pem")]
    words = ["sign", str(folder / "paper.pdf"), signed, *trust]
    words += ["--certificate", str(person.certificate), "--key-name", str(person.key)]
    words += ["--passphrase-file", str(folder / "pin")]
    odd = folder / "a program with spaces"
    odd.symlink_to("/bin/cat")
    assert main([*words, "--provider", f"'{odd}' {{certificate}}"]) == 1
    assert "ProviderAnswer" in capsys.readouterr().out
    assert main([*words, "--provider", "'openssl"]) == 1
    assert "quotation" in capsys.readouterr().out
    assert not Path(signed).exists()
    assert main(words) == 0
    capsys.readouterr()
    assert main(["verify", signed, *trust, "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["signatures"][0]["qualified"] is True


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--key", "a.p12", "--pkcs11", "a.so"],
        ["--key", "a.p12", "--token", "x"],
        ["--key", "a.p12", "--key-name", "x"],
        ["--certificate", "a.pem"],
        ["--key", "a.p12", "--pin", "4817"],
        ["--key", "a.p12", "--passphrase", "words"],
        ["--key", "a.p12", "--passphrase-file", "a", "--passphrase-fd", "3"],
    ],
    ids=" ".join,
)
def test_words_that_make_no_sense_are_no_verdict(words: list[str]) -> None:
    """A PIN on the command line is no word that is known."""
    with pytest.raises(SystemExit) as end:
        main(["sign", "a.pdf", "b.pdf", *words])
    assert end.value.code == WRONG_USE


def test_trust_replaces_the_systems_roots_and_adds_nothing(
    folder: Path, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clinic's root stands in for one that the system trusts."""
    signed = folder / "signed.pdf"
    signed.write_bytes(certify(clinic.prepared, clinic.doctor, STAMP))
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "roots.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(folder))
    assert main(["verify", str(signed)]) == 0
    (folder / "other.pem").write_bytes(DemoAuthority(datetime.now(UTC)).root_pem)
    assert main(["verify", str(signed), "--trust", str(folder / "other.pem")]) == 2
    (folder / "empty.pem").write_bytes(b"")
    assert main(["verify", str(signed), "--trust", str(folder / "empty.pem")]) == 1
