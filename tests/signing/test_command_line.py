"""`python -m signing`: the codes it leaves with, and its words."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from signing.__main__ import main
from signing.demo_pki import issue_all
from tests.signing.clinic import PASSPHRASE, Clinic, make_person

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Desk:
    """Files on a disk, as somebody at a command line has them."""

    folder: Path

    def path(self, name: str) -> str:
        return str(self.folder / name)

    def sign(self, command: str, source: str, target: str, key: str) -> int:
        arguments = [command, self.path(source), self.path(target), "--key", self.path(key)]
        arguments += ["--passphrase-file", self.path("passphrase"), "--post", "врач-кардиолог"]
        return main([*arguments, "--trust", self.path("roots.pem")])

    def verify(self, name: str, *more: str) -> int:
        return main(["verify", self.path(name), "--trust", self.path("roots.pem"), *more])


@pytest.fixture
def desk(clinic: Clinic, tmp_path: Path) -> Desk:
    people = [make_person(), make_person("Бережной Илья Петрович")]
    now = clinic.doctor.certificate.not_valid_before_utc
    roots, keys = issue_all(people, PASSPHRASE, now)
    files = {"roots.pem": roots, "doctor.p12": keys[0], "approver.p12": keys[1]}
    files |= {"paper.pdf": clinic.previewed, "passphrase": PASSPHRASE.encode()}
    files |= {"strangers.pem": clinic.authority.root_pem}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return Desk(tmp_path)


def test_sign_approve_and_verify(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.sign("sign", "paper.pdf", "signed.pdf", "doctor.p12") == 0
    assert desk.sign("approve", "signed.pdf", "approved.pdf", "approver.p12") == 0
    capsys.readouterr()
    assert desk.verify("approved.pdf", "--expect-signers", "2") == 0
    words = capsys.readouterr().out.splitlines()
    assert words[0] == "The signatures are valid."
    assert "1. Левашова Марина Олеговна: valid" in words
    assert "2. Бережной Илья Петрович: valid" in words
    assert any("covers the whole file; added later: nothing" in line for line in words)


def test_verify_as_json(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.sign("sign", "paper.pdf", "signed.pdf", "doctor.p12")
    capsys.readouterr()
    assert desk.verify("signed.pdf", "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert record["verdict"] == "valid"
    assert record["signatures"][0]["name"] == "Левашова Марина Олеговна"
    assert record["signatures"][0]["qualified"] is False


def test_one_is_invalid_and_two_is_indeterminate(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.sign("sign", "paper.pdf", "signed.pdf", "doctor.p12")
    assert desk.verify("signed.pdf", "--expect-signers", "2") == 1
    assert desk.verify("paper.pdf") == 1
    assert desk.verify("none.pdf") == 1
    strangers = desk.path("strangers.pem")
    assert main(["verify", desk.path("signed.pdf"), "--trust", strangers]) == 2
    assert "does not lead to a trusted root" in capsys.readouterr().out


def test_a_refusal_leaves_no_file_behind(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    Path(desk.path("passphrase")).write_text("wrong", "utf-8")
    before = sorted(desk.folder.iterdir())
    assert desk.sign("sign", "paper.pdf", "signed.pdf", "doctor.p12") == 1
    assert "WrongPin" in capsys.readouterr().out
    assert sorted(desk.folder.iterdir()) == before


def test_a_wrong_command_line_is_no_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["verify"])
    assert end.value.code == 64
    assert "usage" in capsys.readouterr().err


def test_the_module_runs_as_a_program(desk: Desk) -> None:
    command = [sys.executable, "-m", "signing", "verify", desk.path("paper.pdf"), "--json"]
    command += ["--trust", desk.path("roots.pem")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60)
    assert done.returncode == 1
    assert json.loads(done.stdout)["problems"] == ["not_signed"]
