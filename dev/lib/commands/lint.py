"""`dev/lint`: every linter and check, none left out in silence; `--fix` formats and repairs first."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from dev.lib import checks, paths
from dev.lib.process import run_logged
from dev.lib.steps import fingerprint, only_one, write_whole
from dev.lib.trouble import ends_plainly, progress, say

# One README for the repository; one file for each part of a large model; doors that refuse `write`.
NOT_OURS = (
    "missing-readme",
    "consider-merging-classes-inherited",
    "method-required-super",
    "super-method-mismatch",
    "no-wizard-in-models",  # the settings share a mixin, which the rule does not follow
)
MODULES = paths.ROOT / "node_modules"
SHORT = ["--output-format=concise"]
PRETTY = "**/*.{js,cjs,css,json,xml}"


@ends_plainly
def main(*arguments):
    """Run everything and return 1 when anything is wrong."""
    parser = argparse.ArgumentParser(prog="dev/lint", description=__doc__)
    parser.add_argument("--fix", action="store_true", help="repair what the tools can repair")
    fix = parser.parse_args(arguments).fix
    _ensure_node_modules()
    good = [_run(label, command) for label, command in _tools(fix)]
    good.append(_own_checks())
    bad = good.count(False)
    say("lint: all clean" if not bad else f"lint: {bad} of {len(good)} checks found faults")
    return 1 if bad else 0


def _tools(fix):
    """Return label and command line of each tool."""
    ruff = [sys.executable, "-m", "ruff"]
    return [
        ("ruff check", [*ruff, "check", *SHORT, *(["--fix"] if fix else []), "."]),
        ("ruff format", [*ruff, "format", *SHORT, *([] if fix else ["--check"]), "."]),
        *_pylint(),
        ("eslint", [MODULES / ".bin/eslint", *(["--fix"] if fix else []), "."]),
        ("prettier", [MODULES / ".bin/prettier", "--write" if fix else "--check", PRETTY]),
        ("bash", ["bash", "-n", *_scripts()]),
    ]


def _pylint():
    """Return pylint's runs: Odoo's rules for the addon, the general ones for the rest too."""
    pylint = [sys.executable, "-m", "pylint", "--rcfile=pyproject.toml"]
    if paths.ADDON.is_dir():
        yield "pylint-odoo", [*pylint, f"--disable={','.join(NOT_OURS)}", "esign_crm"]
    plain = [name for name in ("dev", "tests_live") if (paths.ROOT / name).is_dir()]
    yield "pylint", [*pylint, "--disable=odoolint", *plain]


def _scripts():
    """Return the shell scripts among our files."""
    candidates = [*Path(paths.ROOT, "dev").glob("*"), *Path(paths.ROOT, "dev/lib").glob("*.sh")]
    candidates.append(paths.ROOT / ".ci/run")
    return sorted(path for path in candidates if path.is_file() and _is_bash(path))


def _is_bash(path):
    return path.suffix == ".sh" or path.open("rb").readline().strip().endswith(b"bash")


def _run(label, command):
    """Run one tool in the checkout; it prints its own findings."""
    say(f"• {label}")
    environment = {**os.environ, "PYTHONPATH": str(paths.ROOT)}
    words = [str(part) for part in command]
    return subprocess.run(words, cwd=paths.ROOT, env=environment, check=False).returncode == 0


def _own_checks():
    say("• file length, imports one way, no hosts of registries")
    faults = checks.all_faults()
    for fault in faults:
        say(f"  {fault}")
    return not faults


def _ensure_node_modules():
    """Install the JavaScript tools as locked; the stamp in their folder tells that they are whole."""
    stamp = MODULES / ".ready"
    lock = fingerprint(paths.ROOT / "package-lock.json")
    with only_one("node"):
        if stamp.is_file() and stamp.read_text() == lock:
            return
        with progress("installing eslint and prettier"):
            run_logged(
                ["npm", "ci", "--no-audit", "--no-fund"],
                "npm",
                "the JavaScript tools could not be installed",
                explain=_explain,
                cwd=paths.ROOT,
            )
        write_whole(stamp, lock)


def _explain(text):
    offline = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH")
    if any(word in text for word in offline):
        return "no network: the npm registry cannot be reached."
    return None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
