"""Which of the two databases a test runs on (decision 0061).

Both, unless its file or itself is named here: a test of who may do what and what follows from it,
by statements that other tests run on both.
"""

from typing import Final

BOTH: Final = ("sqlite", "postgresql")
ALONE: Final = ("sqlite",)
ON_SQLITE: Final = frozenset(
    {
        "test_advice.py",
        "test_allowed_actions.py",
        "test_audit_coverage.py",
        "test_card.py",
        "test_catalogue_data.py",
        "test_catalogue_faults.py",
        "test_clocks_over_http.py",
        "test_consents.py",
        "test_demo_load.py",
        "test_documents.py",
        "test_gate_over_http.py",
        "test_path_tricks.py",
        "test_patient_links.py",
        "test_patient_page.py",
        "test_patient_stages.py",
        "test_problems.py",
        "test_refusals.py",
        "test_request_actions.py",
        "test_request_roads.py",
        "test_request_walk.py",
        "test_role_matrix.py::test_every_role_in_its_own_centre",
        "test_role_matrix.py::test_every_role_of_another_centre",
        "test_server_info.py",
        "test_stream_roles.py",
        "test_tenants.py",
        "test_upload_largest.py",
    }
)
"""Files, and tests within files that otherwise run on both."""


def databases_of(file: str, test: str) -> tuple[str, ...]:
    """Names of the databases for that test of that file."""
    return ALONE if {file, f"{file}::{test}"} & ON_SQLITE else BOTH
