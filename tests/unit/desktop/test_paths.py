"""Where files go: apart for each server and account, and gone with the demonstration."""

from pathlib import Path

import pytest

from workstation.desktop.paths import TemporaryFolder, paths_in, system_paths


def test_each_server_and_account_has_a_folder_of_its_own(tmp_path: Path) -> None:
    paths = paths_in(tmp_path)
    asked = [("https://a", "1"), ("https://a", "2"), ("https://b", "1"), ("https://a\n2", "")]
    folders = {paths.account_folder(server, account) for server, account in asked}
    assert len(folders) == 4
    assert paths.account_folder("https://a", "1") in folders


@pytest.mark.parametrize("server", ["http://../../etc", "nonsense", "https://ЦЕНТР.рф/?a=b", ""])
def test_no_address_leads_out_of_the_data_folder(tmp_path: Path, server: str) -> None:
    paths = paths_in(tmp_path)
    folder = paths.account_folder(server, "../../1")
    assert folder.parent == paths.data / "accounts"
    assert folder.resolve() == folder


def test_the_system_s_folders_are_the_program_s_own() -> None:
    paths = system_paths()
    for folder in (paths.config, paths.data, paths.state, paths.logs):
        assert "telemed-workstation" in folder.parts
        assert folder.is_absolute()


def test_the_demonstration_leaves_nothing_behind() -> None:
    with TemporaryFolder() as folder:
        paths = paths_in(folder.path)
        paths.data.mkdir(parents=True)
        (paths.data / "store.db").write_bytes(b"x")
        assert folder.path.stat().st_mode & 0o077 == 0
    assert not folder.path.exists()
