"""Where everything of the development environment lies."""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""


def _home():
    """Return the folder of all state: ESIGN_DEV_HOME, else `.dev` in the checkout."""
    chosen = os.environ.get("ESIGN_DEV_HOME")
    return Path(chosen).expanduser().resolve() if chosen else ROOT / ".dev"


HOME = _home()
IDENTITY = hashlib.sha256(str(HOME).encode()).hexdigest()[:10]
"""Names what must not collide with another checkout's, such as the socket folder."""

LOGS = HOME / "log"
CACHE = HOME / "cache"
ODOO = HOME / "odoo"
VENVS = HOME / "venvs"
VENV = HOME / "venv"
LINT_VENV = HOME / "venv-lint"
CLUSTER = HOME / "postgres"
DATA = HOME / "data"
FILESTORE = DATA / "filestore"
MASTER_KEY = HOME / "master.key"
CONFIG = HOME / "odoo.conf"
ADDON = ROOT / "esign_crm"


FALLBACK = Path("/var/tmp") / f"esign-{IDENTITY}-pg"  # noqa: S108 - made private
"""The cluster's place when its account cannot reach the checkout, such as one in /root."""


def socket_folder():
    """Return the folder of PostgreSQL's socket: short, as a socket's path has 107 bytes."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    usable = runtime and os.geteuid() != 0 and len(runtime) < 60 and os.access(runtime, os.W_OK)
    return Path(runtime if usable else "/tmp") / f"esign-{IDENTITY}"  # noqa: S108 - made private
