"""Who sees which requests. Every query about requests, documents and claims goes through here."""

from sqlalchemy import ColumnElement

from backend.tables import requests
from backend_client.models.accounts import Account


def visible_requests(account: Account) -> ColumnElement[bool]:
    """A condition on `requests`: those of the account's own centre and no other's (OZ-28)."""
    return requests.c.centre_id == account.centre_id
