"""Checks of our own that no linter has: file length, imports one way, no names of this machine."""

import ast
import re
import shutil
import socket
from pathlib import Path

from dev.lib import paths
from dev.lib.process import output_of

LONGEST = 400
COUNTED = {".py", ".js", ".cjs", ".xml", ".sh", ".sql"}
LAYERS = {"tools": 0, "models": 1, "wizard": 1, "controllers": 2}
NETWORK = {"aiohttp", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "urllib3"}
UNCERTAIN = {"random", "secrets"}  # tools take chance and time from their caller


def tracked():
    """Return every file that git knows or would add."""
    listed = output_of(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=paths.ROOT
    )
    names = [name for name in (listed or "").split("\0") if name]
    return [path for path in map(paths.ROOT.joinpath, names) if path.is_file()]


def too_long(files):
    """Name the files that break the limit."""
    for path in files:
        if path.suffix in COUNTED and (count := _lines(path)) > LONGEST:
            yield f"{_name(path)}: {count} lines, more than {LONGEST}"


def _lines(path):
    return len(path.read_text(errors="replace").splitlines())


def _name(path):
    return path.relative_to(paths.ROOT).as_posix()


def wrong_way(files):
    """Name the imports that go against `controllers → models → tools`, and impure tools."""
    for path in files:
        parts = path.relative_to(paths.ROOT).parts
        if path.suffix == ".py" and len(parts) > 2 and parts[0] == "esign_crm":
            for line, target in _imports(path):
                if fault := _fault(parts, target):
                    yield f"{_name(path)}:{line}: {fault}"


def _imports(path):
    """Return line and dotted name of each import, relative ones made absolute."""
    package = path.relative_to(paths.ROOT).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(), path.name)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            base = [*start, *([node.module] if node.module else [])]
            yield from ((node.lineno, ".".join([*base, alias.name])) for alias in node.names)


def _fault(parts, target):
    """Say what is wrong with one import, or nothing."""
    words = target.removeprefix("odoo.addons.").split(".")
    layer = parts[1]
    if words[0] == "esign_crm" and LAYERS.get(words[1], -1) > LAYERS.get(layer, 9):
        return f"{layer}/ may not import {words[1]}/"
    if layer != "tools":
        return None
    if words[0] == "odoo" or target.startswith("odoo."):
        return "tools/ is pure Python and may not import odoo"
    outside = NETWORK | UNCERTAIN if parts[2] != "gateways" else set()
    if words[0] in outside or target.startswith("urllib.request"):
        return f"only tools/gateways/ talks to the outside, and {words[0]} does"
    return None


def named_hosts(files):
    """Name the files that hold a package registry's host or a path of this machine."""
    secrets = [*_registry_hosts(), str(paths.ROOT)]
    pattern = re.compile("|".join(re.escape(word) for word in secrets))
    for path in files:
        found = pattern.search(path.read_bytes().decode(errors="replace"))
        if found:
            yield f"{_name(path)}: names a registry's host or this machine's folder"


def _registry_hosts():
    """Return the hosts that this machine's package clients ask, told by the clients."""
    hosts = {_host(line) for line in (*_apt_sites(), _npm_registry())} | set(_pip_hosts())
    return sorted(host for host in hosts if host and "." in host and host != _self())


def _self():
    return socket.getfqdn()


def _apt_sites():
    listed = output_of(["apt-get", "indextargets", "--format", "$(SITE)\n$(REPO_URI)"])
    return (listed or "").splitlines()


def _npm_registry():
    asked = output_of(["npm", "config", "get", "registry"]) if shutil.which("npm") else ""
    return (asked or "").strip()


def _pip_hosts():
    from pip._internal.models.index import PyPI  # noqa: PLC0415 - pip tells it nowhere else

    return (PyPI.netloc, PyPI.file_storage_domain)


def _host(address):
    return re.sub(r"^\w+://", "", address).split("/")[0].split(":")[0]


def all_faults():
    """Run every check and return the faults as lines."""
    files = [path for path in tracked() if not Path(path).is_symlink()]
    return [*too_long(files), *wrong_way(files), *named_hosts(files)]
