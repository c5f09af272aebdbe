"""Cards in memory: true as long as every change is heard, and not a moment longer."""

import msgspec

from backend_client.models.requests import Contact, RequestRow
from tests.factories import NOW, make_card, make_document, make_row
from workstation.core.connection import ConnectionState, Link
from workstation.services.cards_at_hand import MOST, CardsAtHand
from workstation.services.link import LinkState

ROW = make_row(version=3, seq=10)
CARD = make_card(ROW)
ONLINE = ConnectionState(Link.ONLINE, NOW)


def at_hand() -> tuple[CardsAtHand, LinkState]:
    """With one card."""
    link = LinkState(ONLINE)
    cards = CardsAtHand(link)
    cards.put(CARD, cards.losses)
    return cards, link


def test_a_card_is_at_hand_until_its_request_changes() -> None:
    cards, _ = at_hand()
    assert cards.card(ROW.id) == CARD
    cards.hear(ROW.id, msgspec.structs.replace(ROW, version=4))
    assert cards.card(ROW.id) is None


def test_of_the_same_version_the_newer_row_is_taken_over() -> None:
    """What this account has seen or may do changes without a new version."""
    cards, _ = at_hand()
    newer = msgspec.structs.replace(ROW, seq=11, unread_messages=2)
    cards.hear(ROW.id, newer)
    cards.hear(ROW.id, msgspec.structs.replace(ROW, seq=9))
    card = cards.card(ROW.id)
    assert card is not None
    assert card.row == newer


def test_an_event_that_overtook_the_answer_counts_for_more() -> None:
    cards, _ = at_hand()
    event = msgspec.structs.replace(ROW, version=4, seq=12, unread_messages=1)
    cards.hear(ROW.id, event)
    cards.put(CARD, cards.losses)
    assert cards.card(ROW.id) is None
    cards.put(make_card(msgspec.structs.replace(ROW, version=4, seq=11)), cards.losses)
    card = cards.card(ROW.id)
    assert card is not None
    assert card.row == event


def with_one_more_file() -> RequestRow:
    """What is told of a file that has come to a request whose documents were complete: the version
    stays."""
    first, *others = ROW.checklist
    more = msgspec.structs.replace(first, file_count=first.file_count + 1)
    return msgspec.structs.replace(ROW, seq=11, checklist=[more, *others])


def test_a_new_file_ends_the_card() -> None:
    """Or the case would open without it, and nobody would be told again."""
    cards, _ = at_hand()
    cards.hear(ROW.id, with_one_more_file())
    assert cards.card(ROW.id) is None
    cards.put(CARD, cards.losses)  # an answer that was on its way
    assert cards.card(ROW.id) is None
    cards.put(make_card(with_one_more_file()), cards.losses)
    assert cards.card(ROW.id) is not None


def test_a_line_of_history_ends_the_card() -> None:
    """The row is as it was, but for its number in the log: told for what it does not show."""
    cards, _ = at_hand()
    cards.hear(ROW.id, msgspec.structs.replace(ROW, seq=11))
    assert cards.card(ROW.id) is None


def test_what_this_account_has_opened_does_not() -> None:
    cards, _ = at_hand()
    first, *others = ROW.checklist
    opened = msgspec.structs.replace(first, unopened_count=first.unopened_count + 1)
    cards.hear(ROW.id, msgspec.structs.replace(ROW, seq=11, checklist=[opened, *others]))
    assert cards.card(ROW.id) is not None


def test_what_went_out_of_sight_meanwhile_is_not_kept() -> None:
    cards, _ = at_hand()
    asked_at = cards.losses
    cards.hear(ROW.id, None)
    cards.put(CARD, asked_at)
    assert cards.card(ROW.id) is None


def test_without_a_connection_no_card_is_at_hand() -> None:
    cards, link = at_hand()
    asked_at = cards.losses
    link.set(ConnectionState(Link.OFFLINE, NOW))
    cards.put(CARD, cards.losses)
    link.set(ONLINE)
    cards.put(CARD, asked_at)
    assert cards.card(ROW.id) is None


def test_whether_a_contact_is_lost_is_asked_every_time() -> None:
    """DRC-11: the patient may have come without a change of the request."""
    cards, _ = at_hand()
    contact = Contact(
        patient_offline=True, call_failed=True, phone_attempts=1, phone_attempts_needed=2
    )
    cards.put(msgspec.structs.replace(CARD, contact=contact), cards.losses)
    assert cards.card(ROW.id) is None


def test_a_document_that_was_opened_is_marked_in_the_card() -> None:
    cards, _ = at_hand()
    (document,) = CARD.documents
    cards.hear_documents([msgspec.structs.replace(document, opened=True)])
    cards.hear_documents([make_document()])
    card = cards.card(ROW.id)
    assert card is not None
    assert [one.opened for one in card.documents] == [True]


def test_of_many_cards_the_oldest_go() -> None:
    cards, _ = at_hand()
    for _ in range(MOST):
        cards.put(make_card(), cards.losses)
    assert cards.card(ROW.id) is None
