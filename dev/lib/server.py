"""A real Odoo server with several processes, on a database of its own."""

import contextlib
import os
import re
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

from dev.lib import paths, ports
from dev.lib.process import end_group
from dev.lib.trouble import Trouble

RUNNING = paths.HOME / "running"
LIMITS = {"limit-time-cpu": 120, "limit-time-real": 180, "limit-time-real-cron": 300}


class Server:
    """One prefork Odoo server; `with Server(…) as server:` starts and stops it."""

    def __init__(self, databases, name, **options):
        """Take the database's name.

        :param options: `port`, `workers` (2), `crons` (1), `proxy_mode` (False), `environment`
            (further variables) and `arguments` (further ones of Odoo's command line)
        """
        self.databases = databases
        self.name = name
        self.options = {"workers": 2, "crons": 1, "proxy_mode": False, **options}
        self.port = ports.choose(self.options.get("port"))
        self.gevent_port = ports.choose()
        self.log = paths.LOGS / f"server-{name}-{self.port}.log"
        self.process = None

    @property
    def url(self):
        """The server's address, without a slash at its end."""
        return f"http://{ports.HOST}:{self.port}"

    def __enter__(self):
        """Start the server."""
        self.log.unlink(missing_ok=True)
        self.start()
        return self

    def __exit__(self, *_):
        """Stop the server."""
        self.stop()

    def start(self, patience=120):
        """Start the processes and wait until they answer."""
        sweep()
        paths.LOGS.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [str(part) for part in self._command()],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={**self.databases.odoo.environment(), **self.options.get("environment", {})},
            )
        _remember(self.process.pid)
        try:
            self._wait(patience)
        except BaseException:
            self.kill()
            raise

    def _command(self):
        options = self.options
        settings = {
            "addons-path": self.databases.addons_path(),
            "database": self.name,
            "db-filter": f"^{re.escape(self.name)}$",
            "http-port": self.port,
            "gevent-port": self.gevent_port,
            "workers": options["workers"],
            "max-cron-threads": options["crons"],
            **LIMITS,
        }
        flags = [f"--{key}={value}" for key, value in settings.items()]
        flags += ["--proxy-mode"] if options["proxy_mode"] else []
        flags += options.get("arguments", ())
        return self.databases.odoo.command("-c", paths.CONFIG, "--no-database-list", *flags)

    def _wait(self, patience):
        """Return once the server answers; raise Trouble when it ends or never does."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            if self.answers():
                return
            time.sleep(0.2)
        raise Trouble(f"the Odoo server did not start (its log: {self.log}).")

    def answers(self):
        """Tell whether the server answers requests."""
        try:
            with urllib.request.urlopen(f"{self.url}/web/health", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def stop(self):
        """Ask the server to end; what does not end in 15 s is killed."""
        if self.process:
            end_group(self.process, patience=15)
            self._forget()

    def kill(self):
        """End every process of the server at once, as a power cut would."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._forget()

    def restart(self):
        """Stop and start again, on the same ports and database."""
        self.stop()
        self.start()

    def workers(self, kind="WorkerHTTP"):
        """Return the ids of living workers of one kind (WorkerHTTP, WorkerCron)."""
        born = re.findall(rf"Worker {kind} \((\d+)\) alive", self.text())
        return [int(pid) for pid in dict.fromkeys(born) if self._is_ours(pid)]

    def _is_ours(self, pid):
        """Tell whether a process lives and is still our worker: numbers are given out again."""
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            return False
        state, parent = stat.rpartition(")")[2].split()[:2]
        return state != "Z" and int(parent) == self.process.pid

    def kill_worker(self, pid=None):
        """Kill one HTTP worker (-9) and return its id; the server starts another by itself."""
        chosen = pid or self.workers()[0]
        with contextlib.suppress(ProcessLookupError):
            os.kill(chosen, signal.SIGKILL)
        return chosen

    def text(self):
        """Return the server's log so far."""
        return self.log.read_text(errors="replace")

    def errors(self):
        """Return the log's ERROR and CRITICAL lines."""
        return [line for line in self.text().splitlines() if re.search(r" (ERROR|CRITICAL) ", line)]

    def _forget(self):
        (RUNNING / f"{os.getpid()}-{self.process.pid}").unlink(missing_ok=True)
        self.process = None


def _remember(pid):
    """Note whose server this is, so that a later start can end it if we are killed."""
    RUNNING.mkdir(exist_ok=True)
    (RUNNING / f"{os.getpid()}-{pid}").touch()


def sweep():
    """End servers whose starter was killed before it could stop them."""
    for note in RUNNING.glob("*-*"):
        owner, pid = note.name.split("-")
        if Path(f"/proc/{owner}").exists():
            continue
        if _is_our_server(pid):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(int(pid), signal.SIGKILL)
        note.unlink(missing_ok=True)


def _is_our_server(pid):
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return str(paths.CONFIG).encode() in words
