"""Runs inside Odoo: acts of several lengths as the HTML that is printed; prints ``{lines: html}`` as JSON.

Started by `dev/benchmarks/act.py` in a process of its own: `act_pages.py CONFIG ADDONS_PATH DATABASE LANGUAGE LINES…`
"""

import json
import sys

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tools import config

WORKS = (
    "Montage der Kühlzelle einschließlich Verrohrung, Dämmung und Inbetriebnahme nach Absprache vom 3. Mai",
    "Обслуживание печи",
    "Été à Łódź: przegląd instalacji",
    "Works",
)
CLIENT = "Gesellschaft für Kälte-, Klima- und Wärmetechnik Obertürkheim-Untertürkheim mit beschränkter Haftung"


def main(conf, addons_path, name, language, *lengths):
    """Print the pages; nothing is kept in the database."""
    config.parse_config(["-c", conf, f"--addons-path={addons_path}", "--log-level=error"])
    with Registry(name).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        pages = {length: _page(env, language, int(length)) for length in lengths}
        cr.rollback()
    print(json.dumps(pages))


def _page(env, language, length):
    client = env["res.partner"].create(
        {"name": CLIENT, "is_company": True, "city": "Łódź", "vat": "DE136695976"}
    )
    deal = env["crm.lead"].create({"name": "Works", "partner_id": client.id, "type": "opportunity"})
    lines = [
        {"name": WORKS[n % len(WORKS)], "quantity": 1 + n % 7, "price": 19.99 * (1 + n % 90)}
        | {"tax_percent": 20 if n % 5 else 5.5}
        for n in range(length)
    ]
    values = {"lead_id": deal.id, "line_ids": [Command.create(line) for line in lines]}
    act = env["esign.act"].create(values | {"lang": language, "date": "2031-05-12"})
    act._take_number()
    return act._html()


if __name__ == "__main__":
    main(*sys.argv[1:])
