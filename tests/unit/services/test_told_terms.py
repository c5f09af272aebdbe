"""What another process is told of a signature is what it understands."""

from datetime import UTC, datetime

import msgspec

from signing.certificates import Person
from signing.demo_pki import DemoAuthority
from signing.policy import Policy
from signing.report import Level
from signing.signed_file import Terms
from workstation.services.told_terms import ToldTerms, told


def test_the_other_process_understands_the_same_terms() -> None:
    policy = Policy(
        level=Level.B_LT,
        at_least=Level.B_T,
        time_services=("http://127.0.0.1:1/tsa",),
        timeout=7.5,
        must_know_revocation=True,
    )
    at = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    terms = Terms(policy, [DemoAuthority(at).root], Person("Иванова Анна", "112-233-445 95"), at)
    wire = msgspec.msgpack.encode(told(terms))
    understood = msgspec.msgpack.decode(wire, type=ToldTerms).understood()
    assert understood == terms
