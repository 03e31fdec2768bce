"""start.py: sets up with whatever pip there is, once, and says in one line what is missing."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
from types import SimpleNamespace

import pytest

from tests.conftest import ROOT

PATH = ROOT / "start.py"


@pytest.fixture
def start(tmp_path, monkeypatch):
    """start.py as a module, with its virtual environment in a folder of the test."""
    spec = importlib.util.spec_from_file_location("start", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    venv = tmp_path / ".venv"
    for name, value in {"VENV": venv, "PYTHON": venv / "bin" / "python", "STAMP": venv / "stamp.txt"}.items():
        monkeypatch.setattr(module, name, value)
    return module


@pytest.fixture
def machine(start, monkeypatch):
    """A machine on which the commands that hold one of the words fail; the commands are kept."""
    ran: list[list[str]] = []
    fails: set[str] = set()

    def run(command, **_):
        ran.append([str(word) for word in command])
        failed = any(word in " ".join(ran[-1]) for word in fails)
        if not failed and "venv" in ran[-1]:
            start.PYTHON.parent.mkdir(parents=True, exist_ok=True)
            start.PYTHON.touch()
        return SimpleNamespace(returncode=int(failed), stdout="", stderr="no")

    monkeypatch.setattr(subprocess, "run", run)
    return SimpleNamespace(ran=ran, fails=fails)


def test_old_pythons_can_read_it_and_are_told(start, monkeypatch, capsys):
    ast.parse(PATH.read_text("utf-8"), feature_version=(3, 6))
    monkeypatch.setattr(start.sys, "version_info", (3, 10, 1))
    with pytest.raises(SystemExit, match="2"):
        start.main(["code"])
    assert "Python 3.11 or newer is needed" in capsys.readouterr().err


def test_own_pip_of_the_environment_is_used_where_there_is_one(start, machine):
    assert start.installer() == [str(start.PYTHON), "-m", "pip"]


def test_system_pip_acts_on_the_environment_where_ensurepip_is_missing(start, machine):
    machine.fails |= {"--clear " + str(start.VENV), str(start.PYTHON) + " -m pip"}
    assert start.installer()[1:] == ["-m", "pip", "--python", str(start.PYTHON)]
    assert any("--without-pip" in command for command in machine.ran)


def test_no_pip_at_all_is_said(start, machine, capsys):
    machine.fails |= {"-m pip"}
    with pytest.raises(SystemExit, match="2"):
        start.installer()
    assert "apt install python3-pip" in capsys.readouterr().err


def test_what_is_set_up_is_not_set_up_again(start, machine):
    start.set_up(dev=True)
    assert any("--require-hashes" in command for command in machine.ran)
    machine.ran.clear()
    start.set_up(dev=True)
    start.set_up(dev=False)
    assert not any("install" in command for command in machine.ran)


def test_set_up_for_running_is_not_enough_for_the_tests(start, machine):
    start.set_up(dev=False)
    machine.ran.clear()
    start.set_up(dev=True)
    assert any("dev.txt" in " ".join(command) for command in machine.ran)


def test_failed_installation_is_said_and_not_taken_for_done(start, machine, capsys):
    machine.fails |= {"--require-hashes"}
    with pytest.raises(SystemExit, match="2"):
        start.set_up(dev=False)
    assert "is PyPI in reach?" in capsys.readouterr().err
    assert not start.STAMP.exists()


def test_no_words_show_how_to_use_it(start, capsys):
    assert start.main([]) == 2
    assert "python3 start.py test" in capsys.readouterr().out
