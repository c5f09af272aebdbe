"""Accounts as the database knows them, in the contract's form."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping

from backend.accounts.names import initials, short_name
from backend.rules.catalogues import Catalogues
from backend.tables import accounts
from backend_client.models.accounts import Account

ACCOUNT_COLUMNS = (
    accounts.c.id,
    accounts.c.login,
    accounts.c.full_name,
    accounts.c.role,
    accounts.c.post,
    accounts.c.centre_id,
    accounts.c.snils,
)


class Directory:
    """Knows the centres' names."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues

    def account(self, row: Mapping[str, Any] | RowMapping) -> Account:
        """From a row that has ACCOUNT_COLUMNS."""
        return Account(
            id=row["id"],
            login=row["login"],
            full_name=row["full_name"],
            short_name=short_name(row["full_name"]),
            initials=initials(row["full_name"]),
            role=row["role"],
            post=row["post"],
            centre_id=row["centre_id"],
            centre_name=self._catalogues.newest(row["centre_id"]).centre_name_ru,
            snils=row["snils"],
        )
