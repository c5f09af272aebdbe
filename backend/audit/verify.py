"""Checks the audit: finds rows that were removed, altered, replaced or put in, and names them."""

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.audit.entries import digest, opening_digest, seal
from backend.audit.log import NOTHING
from backend.audit.seals import Kept
from backend.database import Database
from backend.tables import audit_chains, audit_entries


@dataclass(slots=True)
class Report:
    """What was looked at, and what is wrong with it."""

    chains: int = 0
    entries: int = 0
    findings: list[str] = field(default_factory=list)
    seal: bytes = NOTHING
    """Over all heads: two that are equal are of the same audit."""
    heads: list[Kept] = field(default_factory=list)
    """Every chain's; kept elsewhere they show later that this much has stood."""


@dataclass(slots=True)
class _Chain:
    """How far one chain has been read."""

    number: int
    length: int
    head: bytes
    last: int
    last_hash: bytes
    kept: dict[int, bytes]
    """Heads that were kept elsewhere, by the length that they belong to."""

    def look(self, row: Mapping[str, object], report: Report) -> None:
        """The next entry."""
        number, said = row["number"], row["hash"]
        assert isinstance(number, int)
        assert isinstance(said, bytes)
        name = f"chain {self.number} entry {number}"
        if number > self.last + 1:
            report.findings.append(f"{_missing(self.number, self.last + 1, number - 1)} removed")
        elif row["prev"] != self.last_hash:
            report.findings.append(f"{name}: does not follow the entry before it: one was replaced")
        if number > self.length:
            report.findings.append(f"{name}: put in behind the chain's end")
        elif digest(row) != said:
            report.findings.append(f"{name}: altered")
        elif self.kept.pop(number, said) != said:
            report.findings.append(f"{name}: not the one that the kept lines have")
        self.last, self.last_hash = number, said

    def close(self, report: Report) -> None:
        """There are no more entries."""
        if self.last < self.length:
            report.findings.append(f"{_missing(self.number, self.last + 1, self.length)} removed")
        elif self.last == self.length and self.last_hash != self.head:
            report.findings.append(f"chain {self.number} entry {self.last}: replaced")
        longest = max(self.kept, default=0)
        if longest > max(self.last, self.length):
            name = _missing(self.number, max(self.last, self.length) + 1, longest)
            report.findings.append(f"{name} removed since the lines were kept")


async def verify(database: Database, since: Iterable[Kept] = ()) -> Report:
    """Reads all of it once, in one view of the database; `since` was kept of it before."""
    report = Report()
    async with database.snapshot() as connection:
        chains = await _chains(connection, report)
        _expect(chains, since, report)
        async for row in _entries(connection):
            report.entries += 1
            number = row["chain"]
            if number not in chains:
                report.findings.append(f"chain {number} entry {row['number']}: of no known chain")
                continue
            chains[number].look(dict(row), report)
    for chain in chains.values():
        chain.close(report)
    return report


async def _chains(connection: AsyncConnection, report: Report) -> dict[int, _Chain]:
    found = select(audit_chains).order_by(audit_chains.c.number)
    rows = (await connection.execute(found)).mappings()
    chains: dict[int, _Chain] = {}
    prev, expected = NOTHING, 1
    for row in rows:
        _look_at_opening(row, prev, expected, report)
        prev, expected = row["opening"], row["number"] + 1
        one = Kept(row["number"], row["length"], row["head"])
        chains[one.chain] = _Chain(one.chain, one.length, one.head, 0, row["opening"], {})
        report.heads.append(one)
        report.seal = seal(report.seal, row["head"])
    report.chains = len(chains)
    return chains


def _expect(chains: Mapping[int, _Chain], since: Iterable[Kept], report: Report) -> None:
    """Notes what each chain must have; nothing of one is read yet, its opening apart."""
    for one in since:
        chain = chains.get(one.chain)
        if chain is None:
            report.findings.append(f"chain {one.chain}: removed since the lines were kept")
        elif one.length:
            if chain.kept.setdefault(one.length, one.head) != one.head:
                report.findings.append(f"chain {one.chain}: the kept lines contradict each other")
        elif chain.last_hash != one.head:
            report.findings.append(f"chain {one.chain}: its opening is not the one of the lines")


def _look_at_opening(row: RowMapping, prev: bytes, expected: int, report: Report) -> None:
    number = row["number"]
    if number > expected:
        report.findings.append(f"chains {expected} to {number - 1}: removed")
    elif row["prev"] != prev:
        report.findings.append(f"chain {number}: does not follow the chain before it")
    if opening_digest(dict(row)) != row["opening"]:
        report.findings.append(f"chain {number}: its opening was altered")


def _missing(chain: int, first: int, last: int) -> str:
    if first == last:
        return f"chain {chain} entry {first}:"
    return f"chain {chain} entries {first} to {last}:"


async def _entries(connection: AsyncConnection) -> AsyncIterator[RowMapping]:
    order = (audit_entries.c.chain, audit_entries.c.number)
    found = await connection.stream(select(audit_entries).order_by(*order))
    async for row in found.mappings():
        yield row
