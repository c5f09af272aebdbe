"""The key that a doctor chooses, and for how long one PIN serves (SPB-21)."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import structs

from signing.certificates import facts_of
from signing.demo_pki import DemoAuthority
from signing.errors import (
    Expired,
    NoCertificate,
    ProviderMissing,
    SigningError,
    TokenMissing,
    TriesLeft,
    WrongPerson,
    WrongPin,
)
from tests.factories import make_account
from tests.signing.clinic import PASSPHRASE, make_person
from tests.signing.gost_clinic import INSTALL as INSTALL_GOST
from tests.signing.gost_clinic import SECRET, GostAuthority, has_gost
from tests.signing.soft_tokens import (
    DOCTORS,
    EC_ID,
    INSTALL,
    LIBRARY,
    PIN,
    SoftTokens,
    is_installed,
    soft_tokens,
)
from workstation.core.errors import NoSecretStore
from workstation.desktop.secrets import MemorySecrets
from workstation.services.certificates import DemoCertificates, KeptCertificates
from workstation.services.chosen_certificates import ChosenCertificates
from workstation.services.signing_hand import needs_pin
from workstation.services.signing_keys import SITTING_MINUTES, KeyChoice, KeyKind
from workstation.services.sitting import GRACE_S, Sitting

NAME = "Левашова Марина Олеговна"
DOCTOR = make_account(login="levashova", full_name=NAME)


class Watch:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class ClosedSecrets(MemorySecrets):
    """A computer without a safe keyring."""

    async def write(self, name: str, secret: str) -> None:
        raise NoSecretStore("none")


@dataclass
class Place:
    """A computer of a doctor."""

    folder: Path
    watch: Watch = field(default_factory=Watch)
    secrets: MemorySecrets = field(default_factory=MemorySecrets)

    def __post_init__(self) -> None:
        self.certificates = self.started()

    def started(self) -> ChosenCertificates:
        """The program, started again."""
        return ChosenCertificates(
            KeptCertificates(self.folder),
            self.folder,
            self.secrets,
            Sitting(self.watch),
            lambda: datetime.now(UTC),
        )


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path / "certificates")
    yield made
    made.certificates.forget()


@pytest.fixture(scope="module")
def authority() -> DemoAuthority:
    return DemoAuthority(datetime.now(UTC))


def key_file(folder: Path, authority: DemoAuthority, name: str = NAME, days: float = 30) -> Path:
    now = datetime.now(UTC)
    folder.mkdir(exist_ok=True)
    start = datetime.fromtimestamp(now.timestamp() - 40 * 86400, UTC)
    end = datetime.fromtimestamp(now.timestamp() + days * 86400, UTC)
    path = folder / "own.p12"
    path.write_bytes(authority.issue(make_person(name), PASSPHRASE, start, end))
    return path


async def signed(certificates: ChosenCertificates, pin: str = "") -> bytes:
    key = await certificates.key(DOCTOR)
    return await asyncio.to_thread(lambda: key.open(pin).sign(b"content"))


async def test_a_file_is_opened_once_a_sitting(
    place: Place, tmp_path: Path, authority: DemoAuthority
) -> None:
    certificates = place.certificates
    choice = KeyChoice(file=str(key_file(tmp_path / "own", authority)), minutes=15)
    facts = await certificates.choose(DOCTOR, choice, PASSPHRASE)
    assert facts.name == NAME
    assert facts_of(await certificates.certificate(DOCTOR)) == facts
    assert not await needs_pin(certificates, DOCTOR)
    assert await signed(certificates)
    place.watch.seconds = 10 * 60
    assert certificates.open_seconds(DOCTOR) == 5 * 60  # of the time that was chosen
    place.watch.seconds = 15 * 60
    assert certificates.open_seconds(DOCTOR) == 0
    assert await needs_pin(certificates, DOCTOR)
    with pytest.raises(WrongPin):
        await signed(certificates)
    assert await signed(certificates, PASSPHRASE)
    assert not await needs_pin(certificates, DOCTOR)


async def test_in_the_demonstration_a_pin_serves_a_sitting_too(tmp_path: Path) -> None:
    """OZ-12: the second signature is two keys there as well."""
    watch = Watch()
    certificates = ChosenCertificates(
        DemoCertificates(tmp_path, lambda: datetime.now(UTC)),
        None,
        MemorySecrets(),
        Sitting(watch),
        lambda: datetime.now(UTC),
    )
    assert await needs_pin(certificates, DOCTOR)
    with pytest.raises(WrongPin):
        await signed(certificates)
    assert await signed(certificates, certificates.pin_hint)
    assert not await needs_pin(certificates, DOCTOR)
    assert await signed(certificates)
    watch.seconds = SITTING_MINUTES * 60
    assert await needs_pin(certificates, DOCTOR)


async def test_a_wrong_pin_is_refused_although_the_key_is_open(
    place: Place, tmp_path: Path, authority: DemoAuthority
) -> None:
    choice = KeyChoice(file=str(key_file(tmp_path / "own", authority)))
    await place.certificates.choose(DOCTOR, choice, PASSPHRASE)
    with pytest.raises(WrongPin):
        await signed(place.certificates, "wrong")


@pytest.mark.parametrize(
    ("snils", "fits"),
    [("", True), ("11223344595", True), ("08765430300", False)],
    ids=["not known", "the same", "another's"],
)
async def test_a_key_is_chosen_where_its_snils_is_that_of_the_account(
    place: Place, tmp_path: Path, authority: DemoAuthority, snils: str, fits: bool
) -> None:
    """The name alone is compared where the clinic has not entered the number."""
    choice = KeyChoice(file=str(key_file(tmp_path / "own", authority)))
    account = structs.replace(DOCTOR, snils=snils)
    if fits:
        assert await place.certificates.choose(account, choice, PASSPHRASE)
    else:
        with pytest.raises(WrongPerson):
            await place.certificates.choose(account, choice, PASSPHRASE)


async def test_signing_out_locks_the_key(
    place: Place, tmp_path: Path, authority: DemoAuthority
) -> None:
    choice = KeyChoice(file=str(key_file(tmp_path / "own", authority)))
    await place.certificates.choose(DOCTOR, choice, PASSPHRASE)
    place.certificates.forget()
    assert await needs_pin(place.certificates, DOCTOR)
    with pytest.raises(WrongPin):
        await signed(place.certificates)


async def test_a_choice_outlives_the_program_and_holds_no_secret(
    place: Place, tmp_path: Path, authority: DemoAuthority
) -> None:
    choice = KeyChoice(file=str(key_file(tmp_path / "own", authority)), minutes=60)
    await place.certificates.choose(DOCTOR, choice, PASSPHRASE)
    again = place.started()
    assert (await again.choice(DOCTOR)).minutes == 60
    assert facts_of(await again.certificate(DOCTOR)).name == NAME
    assert await needs_pin(again, DOCTOR)
    kept = b"".join(path.read_bytes() for path in place.folder.iterdir())
    assert PASSPHRASE.encode() not in kept


async def test_the_keyring_opens_the_key_where_the_doctor_wants_it(
    place: Place, tmp_path: Path, authority: DemoAuthority
) -> None:
    path = key_file(tmp_path / "own", authority)
    choice = KeyChoice(file=str(path), remembers=True)
    await place.certificates.choose(DOCTOR, choice, PASSPHRASE)
    again = place.started()
    assert not await needs_pin(again, DOCTOR)
    assert await signed(again)
    await again.choose(DOCTOR, KeyChoice(file=str(path)), PASSPHRASE)
    assert await needs_pin(place.started(), DOCTOR)
    assert await place.secrets.read(f"signing-passphrase {DOCTOR.id}") is None


async def test_a_remembered_passphrase_that_fits_no_more_is_not_tried_twice(
    place: Place, tmp_path: Path, authority: DemoAuthority
) -> None:
    choice = KeyChoice(file=str(key_file(tmp_path / "own", authority)), remembers=True)
    await place.certificates.choose(DOCTOR, choice, PASSPHRASE)
    await place.secrets.write(f"signing-passphrase {DOCTOR.id}", "another")
    again = place.started()
    with pytest.raises(WrongPin):
        await signed(again)
    assert await needs_pin(again, DOCTOR)


async def test_without_a_keyring_nothing_is_chosen(
    place: Place, tmp_path: Path, authority: DemoAuthority
) -> None:
    place.secrets = ClosedSecrets()
    certificates = place.started()
    choice = KeyChoice(file=str(key_file(tmp_path / "own", authority)), remembers=True)
    with pytest.raises(NoSecretStore):
        await certificates.choose(DOCTOR, choice, PASSPHRASE)
    assert await certificates.choice(DOCTOR) == KeyChoice()


@pytest.mark.parametrize(
    ("name", "days", "pin", "error"),
    [
        (NAME, 30.0, "wrong", WrongPin),
        ("Чужая Анна Петровна", 30.0, PASSPHRASE, WrongPerson),
        (NAME, -1.0, PASSPHRASE, Expired),
    ],
)
async def test_a_wrong_choice_is_named_and_not_taken(
    place: Place,
    tmp_path: Path,
    authority: DemoAuthority,
    name: str,
    days: float,
    pin: str,
    error: type[SigningError],
) -> None:
    path = key_file(tmp_path / "own", authority, name, days)
    with pytest.raises(error):
        await place.certificates.choose(DOCTOR, KeyChoice(file=str(path)), pin)
    with pytest.raises(NoCertificate):
        await place.certificates.choose(DOCTOR, KeyChoice(file=str(tmp_path / "none")), PASSPHRASE)
    assert await place.certificates.choice(DOCTOR) == KeyChoice()
    assert await needs_pin(place.certificates, DOCTOR)


async def test_a_damaged_choice_is_the_administrators_file(place: Place) -> None:
    place.folder.mkdir()
    (place.folder / "levashova.key.json").write_text('{"kind": "rubbish"')
    assert await place.certificates.choice(DOCTOR) == KeyChoice()
    with pytest.raises(NoCertificate):
        await place.certificates.key(DOCTOR)


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoftTokens]:
    if not is_installed():
        pytest.skip(INSTALL)
    authority = DemoAuthority(datetime.now(UTC))
    with soft_tokens(tmp_path_factory.mktemp("hsm"), authority, make_person(NAME)) as made:
        yield made


async def test_a_token_is_chosen_among_several_and_its_pin_serves_a_sitting(
    place: Place, tokens: SoftTokens
) -> None:
    certificates = place.certificates
    found = await certificates.token_keys(str(LIBRARY))
    assert len(found) == 3
    assert {one.facts.name for one in found} == {NAME}
    mine = next(one for one in found if one.label == DOCTORS and one.key_id == EC_ID)
    choice = KeyChoice(
        kind=KeyKind.TOKEN, library=str(LIBRARY), token=mine.token, key_id=mine.key_id
    )
    with pytest.raises(WrongPin) as refusal:
        await certificates.choose(DOCTOR, choice, "0000")
    assert refusal.value.tries is TriesLeft.FEW
    await certificates.choose(DOCTOR, choice, PIN)
    assert await signed(certificates)
    certificates.forget()
    assert await needs_pin(certificates, DOCTOR)
    assert await signed(certificates, PIN)
    place.watch.seconds += 30 * 60 + GRACE_S
    assert await needs_pin(certificates, DOCTOR)


async def test_a_token_that_was_pulled_out_ends_the_sitting(
    place: Place, tokens: SoftTokens
) -> None:
    certificates = place.certificates
    mine = (await certificates.token_keys(str(LIBRARY)))[0]
    choice = KeyChoice(
        kind=KeyKind.TOKEN, library=str(LIBRARY), token=mine.token, key_id=mine.key_id
    )
    await certificates.choose(DOCTOR, choice, PIN)
    tokens.pull_out()
    try:
        assert await needs_pin(certificates, DOCTOR)
        with pytest.raises(SigningError):
            await signed(certificates, PIN)
        assert facts_of(await certificates.certificate(DOCTOR)).name == NAME
    finally:
        tokens.plug_in()
    assert await signed(certificates, PIN)
    missing = KeyChoice(kind=KeyKind.TOKEN, library=str(LIBRARY), token="none", key_id="aa")
    with pytest.raises(TokenMissing):
        await certificates.choose(DOCTOR, missing, PIN)


async def test_a_pulled_out_token_is_noticed_before_its_next_use(
    place: Place, tokens: SoftTokens
) -> None:
    certificates = place.certificates
    mine = (await certificates.token_keys(str(LIBRARY)))[0]
    choice = KeyChoice(
        kind=KeyKind.TOKEN, library=str(LIBRARY), token=mine.token, key_id=mine.key_id
    )
    assert not await certificates.lose_pulled_out()
    await certificates.choose(DOCTOR, choice, PIN)
    assert not await certificates.lose_pulled_out()
    tokens.pull_out()
    try:
        assert await certificates.lose_pulled_out()
        assert not await certificates.lose_pulled_out(), "it is said once"
    finally:
        tokens.plug_in()
    assert await needs_pin(certificates, DOCTOR)
    assert await signed(certificates, PIN)


async def test_a_locked_screen_forgets_the_open_key(
    place: Place, tmp_path: Path, authority: DemoAuthority
) -> None:
    certificates = place.certificates
    assert not await certificates.lock()
    choice = KeyChoice(file=str(key_file(tmp_path / "own", authority)))
    await certificates.choose(DOCTOR, choice, PASSPHRASE)
    assert not await needs_pin(certificates, DOCTOR)
    assert await certificates.lock()
    assert await needs_pin(certificates, DOCTOR)


@pytest.mark.skipif(not has_gost(), reason=INSTALL_GOST)
async def test_an_outside_program_signs_with_gost(place: Place, tmp_path: Path) -> None:
    person = GostAuthority(tmp_path).issue(NAME, qualified=True)
    choice = KeyChoice(
        kind=KeyKind.PROGRAM,
        certificate_file=str(person.certificate),
        key_name=str(person.key),
    )
    with pytest.raises(WrongPin):
        await place.certificates.choose(DOCTOR, choice, "wrong")
    facts = await place.certificates.choose(DOCTOR, choice, SECRET)
    assert facts.is_qualified
    assert await signed(place.certificates)
    missing = KeyChoice(
        kind=KeyKind.PROGRAM,
        certificate_file=str(person.certificate),
        key_name="key",
        command=("no-such-provider", "{content}"),
    )
    with pytest.raises(ProviderMissing):
        await place.certificates.choose(DOCTOR, missing, SECRET)
    assert (await place.certificates.choice(DOCTOR)).command == ()


IN_THE_KEYRING = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from tests.signing.clinic import PASSPHRASE
from tests.unit.services.test_chosen_certificates import DOCTOR, signed
from workstation.desktop.secrets import KeyringSecrets
from workstation.services.certificates import KeptCertificates
from workstation.services.chosen_certificates import ChosenCertificates
from workstation.services.signing_hand import needs_pin
from workstation.services.signing_keys import KeyChoice
from workstation.services.sitting import Sitting

async def main():
    folder = Path(sys.argv[1])
    def started():
        now = lambda: datetime.now(UTC)
        secrets = KeyringSecrets("https://one")
        kept, sitting = KeptCertificates(folder), Sitting(lambda: 0)
        return ChosenCertificates(kept, folder, secrets, sitting, now)
    choice = KeyChoice(file=str(folder / "own.p12"), remembers=True)
    await started().choose(DOCTOR, choice, PASSPHRASE)
    again = started()
    assert not await needs_pin(again, DOCTOR)
    assert await signed(again)
    print("signed")

asyncio.run(main())
"""
UNLOCK = "printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null"


@pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="dbus and gnome-keyring are not installed (make servers)",
)
def test_the_real_keyring_opens_the_key_at_the_next_start(
    tmp_path: Path, authority: DemoAuthority
) -> None:
    tmp_path.chmod(0o700)
    place = key_file(tmp_path / "own", authority).parent
    script = f'{UNLOCK} && exec "$0" -c "$1" "$2"'
    command = ["dbus-run-session", "--", "sh", "-c", script]
    command += [sys.executable, IN_THE_KEYRING, str(place)]
    home = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    home |= {"PYTHONPATH": os.getcwd(), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=home, capture_output=True, text=True, timeout=60)
    assert done.stdout == "signed\n", done.stderr
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert PASSPHRASE.encode() not in kept
