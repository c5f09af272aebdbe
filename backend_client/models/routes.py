"""The road by which a request reaches the centre (OZ-1, SPB-3)."""

from backend_client.models.common import OpenEnum


class Route(OpenEnum):
    """Each route has its own badge, clock and required fields."""

    UNKNOWN = "unknown"
    CENTRE = "centre_application"
    DUTY = "duty_doctor"
    REFERRAL = "referral"
    JOURNAL = "deferred_journal"
