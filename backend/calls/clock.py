"""The clock of a consultation at a patient's answer: it starts, or goes on (DRC-8)."""

from datetime import datetime

from backend.calls.reading import calls_of
from backend.changes import Change
from backend.requests.moving import Standing
from backend.rules.catalogues import Catalogues
from backend.rules.consultation_clock import length_of, started
from backend.tables import calls
from backend_client.models.calls import ConsultationClock


async def clock_at_answer(
    change: Change, standing: Standing, catalogues: Catalogues, now: datetime
) -> ConsultationClock:
    """Of a call that was broken off and placed again the clock goes on, until its time is over."""
    going_on = (calls.c.request_id == standing.id) & (calls.c.clock_ends_at > now)
    before = await calls_of(change.connection, going_on)
    if before and before[0].clock is not None:
        return before[0].clock
    catalogue = catalogues.catalogue_for(standing.centre_id, standing.created_at)
    return started(length_of(catalogue, standing.route), now)
