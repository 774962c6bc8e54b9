"""The contracts of import-linter name every module of the root, so that none is forgotten."""

import configparser
import pkgutil
from pathlib import Path

import wagtail_diaspora
from wagtail_diaspora.rooms import installed_rooms

CONFIG = Path(__file__).resolve().parents[2] / "setup.cfg"


def test_the_contract_of_the_root_names_all_its_modules():
    config = configparser.ConfigParser()
    config.read(CONFIG, encoding="utf-8")
    named = config["importlinter:contract:root"]["source_modules"].split()
    rooms = {room.name for room in installed_rooms()}
    modules = {module.name for module in pkgutil.iter_modules(wagtail_diaspora.__path__, "wagtail_diaspora.")}
    assert set(named) == modules - rooms
