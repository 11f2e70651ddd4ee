"""`dev/i18n`: takes the texts out of the addon and says what the translations lack.

    dev/i18n                writes `i18n/esign_crm.pot` and brings every `.po` up to date with it
    dev/i18n --check        changes nothing; 1 when a text is untranslated, fuzzy or not in the files
    dev/i18n --missing pl   prints the untranslated texts of a language as JSON
    dev/i18n --take pl FILE fills translations in from a JSON object {text: translation}

A `.po` is a translator's file: what is there stays, whatever moves in the code.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import polib

from dev.lib import paths
from dev.lib.process import run_logged
from dev.lib.stack import databases
from dev.lib.trouble import Trouble, ends_plainly, say

FOLDER = paths.ADDON / "i18n"
TEMPLATE = FOLDER / "esign_crm.pot"
LANGUAGES = ("de", "fr", "it", "pl", "ru")
HEADER = ("POT-Creation-Date", "PO-Revision-Date")
WIDTH = 100


@ends_plainly
def main(*arguments):
    """Do what was asked for; return 1 when a check finds a gap."""
    parser = argparse.ArgumentParser(prog="dev/i18n", description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--missing", choices=LANGUAGES)
    parser.add_argument("--take", nargs=2, metavar=("LANGUAGE", "FILE"))
    chosen = parser.parse_args(arguments)
    if chosen.take:
        return _take(chosen.take[0], Path(chosen.take[1]))
    if chosen.missing:
        say(json.dumps(_missing(_catalogue(chosen.missing)), ensure_ascii=False, indent=1))
        return 0
    return _check() if chosen.check else _update()


def _update():
    """Write the template anew and merge it into each language's file."""
    template = _exported()
    FOLDER.mkdir(exist_ok=True)
    template.save(str(TEMPLATE))
    for language in LANGUAGES:
        catalogue = _catalogue(language)
        catalogue.merge(template)
        for entry in catalogue.obsolete_entries():
            catalogue.remove(entry)
        _save(catalogue, language)
        say(f"  {language}: {len(_missing(catalogue))} of {len(catalogue)} untranslated")
    return 0


def _check():
    """Compare the files with the code and ask `msgfmt` about each."""
    wanted = {entry.msgid for entry in _exported()}
    faults = []
    for language in LANGUAGES:
        catalogue = _catalogue(language)
        absent = wanted - {entry.msgid for entry in catalogue if not entry.obsolete}
        gaps = {"missing": sorted(absent), "untranslated": _missing(catalogue)}
        faults += [
            f"{language}: {what}: {text!r}" for what, texts in gaps.items() for text in texts
        ]
        statistics = subprocess.run(
            ["msgfmt", "--check-format", "--statistics", "-o", "/dev/null", str(_path(language))],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        say(f"  {language}: {statistics.stderr.strip()}")
        if statistics.returncode or "fuzzy" in statistics.stderr:
            faults.append(f"{language}: {statistics.stderr.strip()}")
    for fault in faults[:40]:
        say(f"  {fault}")
    return 1 if faults else 0


def _take(language, file):
    """Fill in translations from JSON; texts that the addon does not have are an error, for a typo is one."""
    given = json.loads(file.read_text())
    catalogue = _catalogue(language)
    known = {entry.msgid: entry for entry in catalogue}
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise Trouble(
            f"{len(unknown)} texts are not in {_path(language).name}, e.g. {unknown[0]!r}."
        )
    for text, translation in given.items():
        known[text].msgstr = translation
        known[text].flags = [flag for flag in known[text].flags if flag != "fuzzy"]
    _save(catalogue, language)
    say(f"  {language}: {len(_missing(catalogue))} of {len(catalogue)} untranslated")
    return 0


def _exported():
    """Return the template as Odoo makes it of the product's database, without what changes daily."""
    known = databases()
    target = paths.HOME / "esign_crm.pot"
    name = known.clone(known.product(), f"esign_run_{os.getpid()}_i18n")
    try:
        command = known.odoo.command(f"--addons-path={known.addons_path()}", "i18n", "export")
        command += ["-c", paths.CONFIG, "-d", name, "-o", target, "esign_crm"]
        environment = known.odoo.environment()
        run_logged(command, "i18n-export", "Odoo could not export the texts", env=environment)
    finally:
        known.drop(name)
    template = polib.pofile(str(target), wrapwidth=WIDTH)
    for name in HEADER:
        template.metadata.pop(name, None)
    return template


def _catalogue(language):
    """Return a language's translations; an empty catalogue when there is no file yet."""
    path = _path(language)
    if path.exists():
        return polib.pofile(str(path), wrapwidth=WIDTH)
    catalogue = polib.POFile(wrapwidth=WIDTH)
    catalogue.metadata = {
        "Project-Id-Version": "esign_crm",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    return catalogue


def _missing(catalogue):
    return [
        entry.msgid
        for entry in catalogue
        if not entry.obsolete and (not entry.msgstr or entry.fuzzy)
    ]


def _path(language):
    return FOLDER / f"{language}.po"


def _save(catalogue, language):
    catalogue.save(str(_path(language)))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
