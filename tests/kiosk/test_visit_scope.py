"""The scope of a visit: once stopped it stays stopped, once closed nothing is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.failures import Cancelled
from kiosk.visit_scope import VisitScope, wipe_leftovers


def test_all_its_waiting_stops_together_and_later_waiting_at_once(tmp_path: Path) -> None:
    scope = VisitScope(1, tmp_path)
    before = [scope.patience(), scope.patience(60)]
    scope.stop()
    for patience in (*before, scope.patience()):
        with pytest.raises(Cancelled):
            patience.check()


def test_one_patience_stops_alone(tmp_path: Path) -> None:
    scope = VisitScope(1, tmp_path)
    one, other = scope.patience(), scope.patience()
    one.stop()
    assert (one.stopped, other.stopped, scope.stopped) == (True, False, False)


def test_the_folder_is_private_nameless_and_gone(tmp_path: Path) -> None:
    scope = VisitScope(1, tmp_path / "run")
    folder = scope.folder()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert scope.folder() == folder
    (folder / "inner").mkdir()
    (folder / "inner" / "page").write_bytes(b"personal")
    scope.close()
    assert list((tmp_path / "run").iterdir()) == []


def test_caches_are_forgotten_once_and_late_files_are_deleted(tmp_path: Path) -> None:
    forgotten: list[int] = []
    scope = VisitScope(1, tmp_path, lambda: forgotten.append(1))
    folder = scope.folder()
    scope.close()
    folder.mkdir()
    (folder / "late").write_bytes(b"personal")
    scope.close()
    assert not folder.exists()
    assert forgotten == [1]


def test_what_a_power_cut_left_is_wiped(tmp_path: Path) -> None:
    VisitScope(1, tmp_path).folder()
    VisitScope(2, tmp_path).folder()
    (tmp_path / "other").mkdir()
    assert wipe_leftovers(tmp_path) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["other"]
    assert wipe_leftovers(tmp_path / "never made") == 0
