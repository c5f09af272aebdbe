"""Phrases of an account: one list, written whole under its next revision."""

import msgspec
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.changes import Change
from backend.problems import invalid, stale_version
from backend.tables import accounts
from backend.tables import own_phrases as table
from backend_client.models.accounts import Account
from backend_client.models.catalogue import SectionName
from backend_client.models.phrases import Phrase, Phrases


async def kept_phrases(connection: AsyncConnection, account: Account) -> Phrases:
    """The account's own; revision 0 where it has kept none yet."""
    mine = select(table.c.version, table.c.phrases).where(table.c.account_id == account.id)
    row = (await connection.execute(mine)).first()
    if row is None:
        return Phrases()
    phrases = msgspec.convert(row.phrases, list[Phrase], strict=False)
    return Phrases(revision=row.version, phrases=phrases)


async def keep_phrases(change: Change, account: Account, given: Phrases) -> Phrases:
    """Keeps them under the next revision. Raises Refused (invalid, stale_version)."""
    phrases = [_clean(one) for one in given.phrases]
    if any(one.section is SectionName.UNKNOWN for one in phrases):
        raise invalid("phrases: a section that is not known")
    if any(not one.text.strip() for one in phrases):
        raise invalid("phrases: nothing but spaces")
    one_at_a_time = select(accounts.c.id).where(accounts.c.id == account.id).with_for_update()
    await change.connection.execute(one_at_a_time)
    known = await kept_phrases(change.connection, account)
    if known.revision != given.revision:
        raise stale_version("The phrases were changed at another desk", known)
    kept = Phrases(revision=given.revision + 1, phrases=phrases)
    values = {"version": kept.revision, "phrases": msgspec.to_builtins(phrases)}
    if known.revision:
        mine = table.c.account_id == account.id
        await change.connection.execute(update(table).where(mine).values(values))
    else:
        await change.connection.execute(insert(table).values(account_id=account.id, **values))
    return kept


def _clean(phrase: Phrase) -> Phrase:
    return msgspec.structs.replace(
        phrase, name=phrase.name.replace("\0", ""), text=phrase.text.replace("\0", "")
    )
