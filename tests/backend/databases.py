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
        *(
            f"test_mail.py::{name}"
            for name in (
                "test_address_is_confirmed_by_the_code_of_a_letter",
                "test_code_has_five_tries_and_an_hour_five_codes",
                "test_nothing_of_the_patient_stands_where_others_look",
                "test_centre_that_says_so_sends_the_signed_file_itself",
                "test_link_is_over_after_its_time_and_can_be_sent_again",
                "test_made_up_links_have_to_wait",
                "test_mail_servers_refusal_is_a_state_with_its_reason",
                "test_server_that_is_not_there_is_tried_again_until_it_has_failed",
                "test_letter_goes_through_starttls_and_a_password_or_not_at_all",
                "test_clear_or_untrusted_connection_gets_no_letter",
                "test_chat_ends_with_the_document_and_is_closed",
                "test_signature_delivers_where_the_route_asks_for_no_approval",
                "test_patient_may_take_the_address_away",
                "test_without_a_mail_server_no_address_is_asked_for",
                "test_letter_outlives_a_server_that_is_killed_while_it_is_taken",
                "test_odd_address_of_320_characters_is_a_clear_refusal",
            )
        ),
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
