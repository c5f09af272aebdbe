"""Numbered steps of the local database. A step never changes and imports no code of the app."""

from collections.abc import Callable

from sqlalchemy import Connection

from workstation.store.migrations import (
    m0001_cache_and_outbox,
    m0002_drafts,
    m0003_held_orders,
    m0004_panels,
    m0005_unsent_messages,
    m0006_annotations,
    m0007_icd10,
    m0008_own_words,
)

MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    m0001_cache_and_outbox.upgrade,
    m0002_drafts.upgrade,
    m0003_held_orders.upgrade,
    m0004_panels.upgrade,
    m0005_unsent_messages.upgrade,
    m0006_annotations.upgrade,
    m0007_icd10.upgrade,
    m0008_own_words.upgrade,
)
"""Step N brings version N - 1 to N (PRAGMA user_version)."""
