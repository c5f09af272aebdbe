"""One PIN for a sitting, from a real token to the signed file (OZ-12, SPB-21, DRC-13).

SoftHSM2 is the token. Everything between it and the server is the program's own: the choice of the
key, the sitting, the doctor's and the approver's services, the process that countersigns.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from backend_client.models.accounts import Account
from backend_client.models.conclusions import ConclusionState
from signing.demo_pki import DemoAuthority
from signing.errors import PinWanted, TokenMissing, TriesLeft, WrongPin
from signing.report import Verdict
from signing.signer import Signer
from signing.verify import verify_pdf
from tests.signing.clinic import make_person
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
from tests.signing.test_tokens import PulledOutMidSign
from tests.unit.services.conclusion_house import ADMIN, DOCTOR, FORM, ONE, House, make_house
from workstation.desktop.secrets import MemorySecrets
from workstation.services.answers import Preview
from workstation.services.certificates import TRUST_ROOTS, KeptCertificates
from workstation.services.chosen_certificates import ChosenCertificates
from workstation.services.signing_keys import KeyChoice, KeyKind, LockedKey
from workstation.services.sitting import Sitting

pytestmark = pytest.mark.skipif(not is_installed(), reason=INSTALL)
MINUTES = 15
HOLDERS = {DOCTORS: DOCTOR, APPROVERS: ADMIN}


@dataclass
class Watch:
    """Seconds that pass when the test says so."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@dataclass(frozen=True)
class LostMidSign:
    """A key whose token goes away when the bytes are on their way to it."""

    inner: LockedKey
    tokens: SoftTokens

    def open(self, pin: str) -> Signer:
        return PulledOutMidSign(self.inner.open(pin), self.tokens)


class LooseReader(ChosenCertificates):
    """Of a computer whose reader has a loose contact, while `tokens` is set."""

    tokens: SoftTokens | None = None

    async def key(self, account: Account) -> LockedKey:
        key = await super().key(account)
        return key if self.tokens is None else LostMidSign(key, self.tokens)


@dataclass
class Computer:
    """At which both sign, each with a token of their own."""

    folder: Path
    tokens: SoftTokens
    watch: Watch = field(default_factory=Watch)

    def __post_init__(self) -> None:
        kept = self.folder / "certificates"
        (kept / TRUST_ROOTS).mkdir(parents=True)
        root = self.tokens.authority.root.public_bytes(Encoding.PEM)
        (kept / TRUST_ROOTS / "tokens.pem").write_bytes(root)
        self.certificates = LooseReader(
            KeptCertificates(kept), kept, MemorySecrets(), Sitting(self.watch), _now
        )

    def house(self) -> House:
        """A conclusion and the two desks; the keys stay those of this computer."""
        return make_house(self.folder, certificates=self.certificates)

    async def choose(self, token: str, key_id: str = EC_ID, pin: str = PIN) -> None:
        """The token's holder takes one of the keys that are found."""
        found = await self.certificates.token_keys(str(LIBRARY))
        mine = next(one for one in found if (one.label, one.key_id) == (token, key_id))
        choice = KeyChoice(
            kind=KeyKind.TOKEN,
            library=str(LIBRARY),
            token=mine.token,
            key_id=mine.key_id,
            minutes=MINUTES,
        )
        await self.certificates.choose(HOLDERS[token], choice, pin)

    async def tries(self, token: str) -> TriesLeft:
        """What the token says of its PIN."""
        found = await self.certificates.token_keys(str(LIBRARY))
        return next(one.tries for one in found if one.label == token)


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoftTokens]:
    authority = DemoAuthority(_now())
    people = (make_person(HOLDERS[token].full_name) for token in (DOCTORS, APPROVERS))
    with soft_tokens(tmp_path_factory.mktemp("hsm"), authority, *people) as made:
        yield made


@pytest.fixture
def computer(tmp_path: Path, tokens: SoftTokens) -> Iterator[Computer]:
    made = Computer(tmp_path, tokens)
    yield made
    made.certificates.forget()


async def written(house: House) -> Preview:
    """A draft that the server has, and its pages."""
    await house.doctor.save(ONE, 0, FORM)
    return await house.doctor.preview(await house.doctor.open(ONE))


async def is_valid(house: House, tokens: SoftTokens, signers: int) -> bool:
    pdf, roots = house.server.pdf_on_disk, [tokens.authority.root]
    report = await asyncio.to_thread(verify_pdf, pdf, roots, signers)
    return report.verdict is Verdict.VALID


async def test_two_tokens_ask_for_their_pins_once_a_sitting_and_again_after_its_time(
    computer: Computer, tokens: SoftTokens
) -> None:
    await computer.choose(DOCTORS, RSA_ID)
    await computer.choose(APPROVERS)
    first, second = computer.house(), computer.house()
    for house in (first, second):  # no PIN before either, and none between them
        assert not await house.doctor.needs_pin()
        await house.doctor.sign(await written(house), "")
        assert await is_valid(house, tokens, 1)
    assert first.admin.pin_until is not None
    (approval,) = await first.admin.waiting()
    done = await first.admin.approve(await first.admin.read(approval), "")
    await first.admin.close()
    assert done.state is ConclusionState.DELIVERED
    assert await is_valid(first, tokens, 2)
    computer.watch.seconds = MINUTES * 60
    house = computer.house()
    preview = await written(house)
    assert await house.doctor.needs_pin()
    assert house.admin.pin_until is None
    with pytest.raises(PinWanted):
        await house.doctor.sign(preview, "")
    assert house.server.taken == []
    signed = await house.doctor.sign(preview, PIN)
    assert signed.state is ConclusionState.SIGNED
    assert not await house.doctor.needs_pin()
    assert house.admin.pin_until is None, "the other token's PIN was not given"


async def test_a_wrong_pin_is_counted_once_said_and_loses_nothing(
    computer: Computer, tokens: SoftTokens
) -> None:
    """A token that counts to three is never asked by the program itself: nothing locks unseen."""
    await computer.choose(DOCTORS)
    computer.certificates.forget()
    house = computer.house()
    preview = await written(house)
    for _ in range(5):  # more often than any token allows: without a PIN it is not asked
        with pytest.raises(PinWanted):
            await house.doctor.sign(preview, "")
    assert await computer.tries(DOCTORS) is TriesLeft.SEVERAL
    with pytest.raises(WrongPin) as refusal:
        await house.doctor.sign(preview, "0000")
    assert refusal.value.tries is TriesLeft.FEW
    assert await computer.tries(DOCTORS) is TriesLeft.FEW
    assert await house.doctor.needs_pin()
    assert (await house.doctor.open(ONE)).form == FORM
    assert house.server.taken == []
    assert (await house.doctor.sign(preview, PIN)).state is ConclusionState.SIGNED
    assert await computer.tries(DOCTORS) is TriesLeft.SEVERAL
    assert await is_valid(house, tokens, 1)


@pytest.mark.parametrize("key_id", [RSA_ID, EC_ID])
async def test_a_token_pulled_out_while_the_doctor_signs_leaves_the_draft_and_the_retry_signs(
    computer: Computer, tokens: SoftTokens, key_id: str
) -> None:
    await computer.choose(DOCTORS, key_id)
    house = computer.house()
    preview = await written(house)
    computer.certificates.tokens = tokens
    try:
        with pytest.raises(TokenMissing):
            await house.doctor.sign(preview, "")
        computer.certificates.tokens = None
        with pytest.raises(TokenMissing):  # it is still out
            await house.doctor.sign(preview, PIN)
    finally:
        tokens.plug_in()
    assert await house.doctor.needs_pin()
    draft = await house.doctor.open(ONE)
    assert draft.form == FORM
    assert draft.conclusion is not None
    assert draft.conclusion.state is ConclusionState.DRAFTING
    assert house.server.taken == []
    assert (await house.doctor.sign(preview, PIN)).state is ConclusionState.SIGNED
    assert await is_valid(house, tokens, 1)


async def test_a_token_pulled_out_while_the_clinic_approves_leaves_it_waiting(
    computer: Computer, tokens: SoftTokens
) -> None:
    await computer.choose(DOCTORS)
    await computer.choose(APPROVERS)
    house = computer.house()
    await house.doctor.sign(await written(house), "")
    (approval,) = await house.admin.waiting()
    signed = await house.admin.read(approval)
    computer.certificates.tokens = tokens
    try:
        with pytest.raises(TokenMissing):
            await house.admin.approve(signed, "")
    finally:
        computer.certificates.tokens = None
        tokens.plug_in()
    assert house.admin.pin_until is None
    assert await house.admin.waiting() == [approval]
    done = await house.admin.approve(await house.admin.read(approval), PIN)
    await house.admin.close()
    assert done.state is ConclusionState.DELIVERED
    assert await is_valid(house, tokens, 2)


def _now() -> datetime:
    return datetime.now(UTC)
