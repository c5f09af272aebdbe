"""`python -m signing`: the codes it leaves with, and its words."""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from signing.__main__ import main
from signing.demo_pki import issue_all
from tests.signing.clinic import PASSPHRASE, Clinic, make_person
from tests.signing.pki import APPROVER, DOCTOR_EC, Fault, PkiServer

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


@pytest.fixture
def ward(clinic: Clinic, pki: PkiServer, tmp_path: Path) -> Desk:
    """As `desk`, with certificates whose services answer."""
    policy = {"time_services": [pki.tsa], "timeout_seconds": 5}
    files = {"roots.pem": pki.root.public_bytes(Encoding.PEM), "paper.pdf": clinic.previewed}
    files |= {"doctor.p12": pki.key_file(DOCTOR_EC), "approver.p12": pki.key_file(APPROVER)}
    files |= {"passphrase": PASSPHRASE.encode(), "policy.json": json.dumps(policy).encode()}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return Desk(tmp_path)


def run(ward: Desk, command: str, *files: str, **options: str) -> int:
    """One command with the ward's roots."""
    words = [command, *(ward.path(name) for name in files), "--trust", ward.path("roots.pem")]
    return main([*words, *(f"--{name.replace('_', '-')}={said}" for name, said in options.items())])


def signing(ward: Desk, key: str) -> dict[str, str]:
    return {"key": ward.path(key), "passphrase_file": ward.path("passphrase")}


def test_signed_offline_said_so_and_lifted(ward: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(ward, "sign", "paper.pdf", "signed.pdf", **signing(ward, "doctor.p12")) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[1:] == [
        "level: B-B",
        "revocation: not revoked",
        "wanted: B-LTA",
        "  - no time-stamping service is named",
    ]
    policy = ward.path("policy.json")
    assert run(ward, "extend", "signed.pdf", "lifted.pdf", policy=policy) == 0
    assert "level: B-LTA" in capsys.readouterr().out
    assert run(ward, "verify", "lifted.pdf", expect_signers="1") == 0
    before, after = (Path(ward.path(name)).read_bytes() for name in ("signed.pdf", "lifted.pdf"))
    assert after.startswith(before)


def test_the_level_as_json(ward: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    options = signing(ward, "doctor.p12") | {"policy": ward.path("policy.json")}
    words = ["sign", ward.path("paper.pdf"), ward.path("signed.pdf"), "--json"]
    words += ["--trust", ward.path("roots.pem"), "--level=B-LT"]
    assert main([*words, *(f"--{k.replace('_', '-')}={v}" for k, v in options.items())]) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["wanted"], record["level"], record["why_lower"]) == ("B-LT", "B-LT", [])


def test_below_the_least_level_there_is_no_file(
    ward: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    options = signing(ward, "doctor.p12") | {"at_least": "B-T"}
    assert run(ward, "sign", "paper.pdf", "signed.pdf", **options) == 1
    assert "LevelNotReached: only B-B: no_time_service" in capsys.readouterr().out
    assert not Path(ward.path("signed.pdf")).exists()


def test_somebody_else_is_refused(ward: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    options = signing(ward, "approver.p12") | {"name": "Левашова Марина Олеговна"}
    assert run(ward, "sign", "paper.pdf", "signed.pdf", **options) == 1
    assert "WrongPerson" in capsys.readouterr().out


@pytest.mark.parametrize(
    "policy", ["{", "[]", '{"level": "B-X"}', '{"levels": "B-T"}', '{"time_services": ["ftp://x"]}']
)
def test_a_policy_that_makes_no_sense_is_named(
    ward: Desk, capsys: pytest.CaptureFixture[str], policy: str
) -> None:
    Path(ward.path("policy.json")).write_text(policy, "utf-8")
    options = signing(ward, "doctor.p12") | {"policy": ward.path("policy.json")}
    assert run(ward, "sign", "paper.pdf", "signed.pdf", **options) == 1
    assert "BadPolicy" in capsys.readouterr().out


def test_killed_while_it_signs_it_leaves_nothing_and_the_retry_works(
    ward: Desk, pki: PkiServer
) -> None:
    before = sorted(ward.folder.iterdir())
    options = signing(ward, "doctor.p12") | {"time_service": pki.tsa, "timeout": "60"}
    words = [sys.executable, "-m", "signing", "sign"]
    words += [ward.path("paper.pdf"), ward.path("signed.pdf"), "--trust", ward.path("roots.pem")]
    words += [f"--{name.replace('_', '-')}={said}" for name, said in options.items()]
    with pki.failing(tsa=Fault.HANGS) as services:
        process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL)
        assert services.hanging.wait(60)
        process.kill()
        assert process.wait(30) == -signal.SIGKILL
    assert sorted(ward.folder.iterdir()) == before
    assert run(ward, "sign", "paper.pdf", "signed.pdf", **signing(ward, "doctor.p12")) == 0
