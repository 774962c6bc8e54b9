from .apart import PACKAGE, copy


def test_the_copy_has_the_tests_and_no_package(tmp_path):
    copy(tmp_path)
    assert (tmp_path / "tests" / "settings.py").exists() and (tmp_path / "setup.cfg").exists()
    assert not (tmp_path / PACKAGE).exists()
    assert not list(tmp_path.rglob("__pycache__"))
