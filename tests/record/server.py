"""A PostgreSQL server of the tests' own: made when it is first asked for, thrown away at the end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

PASSWORD = "opensesame"
# No disk is waited for, for the server is thrown away; what was committed must outlive the server, not the machine.
OPTIONS = "-c fsync=off -c full_page_writes=off -c listen_addresses=127.0.0.1"


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL server (15 or newer) that is installed."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda path: int(path.parent.name.split(".")[0]))
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


class Server:
    """A running server. Root may not run one, so root hands it to the user postgres."""

    def __init__(self, bin: Path) -> None:
        self._bin, self._user = bin, "postgres" if os.geteuid() == 0 else None
        self._home = Path(tempfile.mkdtemp(prefix="dragoman-postgresql-", dir="/tmp"))
        if self._user:
            shutil.chown(self._home, self._user)
        self._data = self._home / "data"
        self.port = _free_port()
        self._made = 0
        self._run("initdb", "-D", str(self._data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync",
                  "--locale=C.UTF-8")  # fmt: skip
        rules = self._data / "pg_hba.conf"
        rules.write_text("host all keyed 127.0.0.1/32 scram-sha-256\n" + rules.read_text("utf-8"), "utf-8")
        self.start()
        self.execute(f"create role keyed login password '{PASSWORD}'")

    def start(self) -> None:
        """Start the server, if it does not run."""
        options = f"{OPTIONS} -p {self.port} -k {self._home}"
        self._run("pg_ctl", "-D", str(self._data), "-w", "-l", str(self._home / "log"), "-o", options, "start")

    def stop(self) -> None:
        """Stop the server at once, as a power cut would."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "-m", "immediate", "stop")

    def close(self) -> None:
        """Stop the server and remove all that it kept."""
        try:
            self.stop()
        finally:
            shutil.rmtree(self._home, ignore_errors=True)

    def url(self, *, user: str = "postgres", password: str = "", database: str = "postgres") -> str:
        """The URL of one of the server's databases."""
        who = f"{user}:{password}" if password else user
        return f"postgresql://{who}@127.0.0.1:{self.port}/{database}"

    def fresh(self) -> str:
        """The URL of an empty schema that nobody else has, which is quicker to make than a database."""
        self._made += 1
        self.execute(f"create schema record_{self._made}")
        return self.url() + f"?options=-csearch_path%3Drecord_{self._made}"

    def execute(self, sql: str) -> None:
        """A statement, outside any transaction."""
        import psycopg

        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(sql)  # type: ignore[call-overload]

    def _run(self, command: str, *words: str) -> None:
        done = subprocess.run(
            [str(self._bin / command), *words], user=self._user, cwd=self._home, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env={"PATH": os.environ.get("PATH", "")},
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{command}: {done.stderr.strip()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
