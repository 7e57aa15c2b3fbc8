"""Keys: made once, private to their owner, refused where they may not be."""

import stat
import threading

import pytest

from core.failures import HouseFailure
from core.settings import Keys
from vault.keys import CredentialKeys, FileKeys, open_keys


def test_a_key_is_made_once_and_is_private(tmp_path):
    first = FileKeys(tmp_path / "keys").secret("device")
    assert FileKeys(tmp_path / "keys").secret("device") == first
    assert len(first) == 32
    assert stat.S_IMODE((tmp_path / "keys" / "device.key").stat().st_mode) == 0o600


def test_processes_that_make_the_same_key_at_once_agree(tmp_path):
    seen: set[bytes] = set()
    barrier = threading.Barrier(8)

    def make() -> None:
        barrier.wait()
        seen.add(FileKeys(tmp_path).secret("device"))

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["device.key"]


def test_a_plain_file_is_refused_in_production(tmp_path):
    with pytest.raises(HouseFailure, match="development"):
        open_keys(Keys(store="file", folder=tmp_path), "production")


def test_credentials_need_the_service(monkeypatch, tmp_path):
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    with pytest.raises(HouseFailure, match="service"):
        open_keys(Keys(store="credential"), "production")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    (tmp_path / "tongban.device").write_bytes(bytes(range(32)))
    assert open_keys(Keys(store="credential"), "production").secret("device") == bytes(range(32))


def test_a_key_of_the_wrong_size_is_refused(tmp_path):
    (tmp_path / "tongban.device").write_bytes(b"short")
    with pytest.raises(HouseFailure, match="5 bytes"):
        CredentialKeys(tmp_path).secret("device")


def test_a_missing_tpm_says_what_to_do():
    with pytest.raises(HouseFailure, match="systemd-creds"):
        open_keys(Keys(store="tpm"), "production")
