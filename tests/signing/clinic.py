"""A clinic of the tests: its authority, a doctor, an approver, and a paper for them to sign."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from signing.demo_pki import DemoAuthority, DemoKey, DemoPerson
from signing.fields import prepare_fields
from signing.keys.pkcs12 import Pkcs12Signer
from signing.pades import approve, certify
from signing.stamp import Stamp
from tests.unit.documents.papers import make_content
from workstation.documents.conclusion_pdf import render_conclusion

PASSPHRASE = "верный пароль"
STAMP = Stamp("врач-кардиолог", timezone(timedelta(hours=3)), "МСК")
_DAY = timedelta(days=1)


def make_person(
    name: str = "Левашова Марина Олеговна", key: DemoKey = DemoKey.EC_P256
) -> DemoPerson:
    """Somebody of the centre who does not exist."""
    centre = "Центр сердечно-сосудистой хирургии"
    return DemoPerson(name, centre, "кардиолог", "11223344595", key)


@dataclass(frozen=True)
class Clinic:
    """Who may sign, and the same paper in its four states."""

    authority: DemoAuthority
    doctor: Pkcs12Signer
    approver: Pkcs12Signer
    previewed: bytes
    prepared: bytes
    certified: bytes
    approved: bytes


def make_clinic(
    key: DemoKey = DemoKey.EC_P256,
    *,
    doctor_is: DemoPerson | None = None,
    approver_is: DemoPerson | None = None,
) -> Clinic:
    """A paper that went the whole way."""
    authority = DemoAuthority(datetime.now(UTC))
    doctor = make_signer(authority, doctor_is or make_person(key=key))
    approver = make_signer(authority, approver_is or make_person("Бережной Илья Петрович", key))
    previewed = render_conclusion(make_content())
    prepared = prepare_fields(previewed)
    certified = certify(prepared, doctor, STAMP)
    approved = approve(certified, approver, STAMP, [authority.root])
    return Clinic(authority, doctor, approver, previewed, prepared, certified, approved)


def make_signer(
    authority: DemoAuthority,
    person: DemoPerson | None = None,
    *,
    valid_from_days: float = -1,
    valid_to_days: float = 30,
    for_signing: bool = True,
) -> Pkcs12Signer:
    """Somebody with a certificate, valid between the days counted from now."""
    now = datetime.now(UTC)
    start, end = now + valid_from_days * _DAY, now + valid_to_days * _DAY
    file = authority.issue(person or make_person(), PASSPHRASE, start, end, for_signing=for_signing)
    return Pkcs12Signer.open(file, PASSPHRASE)
