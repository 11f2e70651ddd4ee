"""Runs inside Odoo: the board's calls on several databases, turn and turn about; prints the seconds as JSON.

Started by `dev/benchmarks/board.py` in a process of its own: `board_rounds.py CONFIG ADDONS_PATH ROUNDS DATABASE…`
"""

import ast
import importlib.util
import json
import random
import sys
import time
from pathlib import Path

from lxml import etree

import odoo
from odoo import api
from odoo.modules.registry import Registry
from odoo.tools import config

CARDS, ROWS = 40, 80  # what the web client loads of a column, and of a list
WHO = {"manager": "admin", "rep": "demo"}
MODEL = "esign.request"


def main(conf, addons_path, rounds, *names):
    """Measure and print ``{call: {database: [seconds, …]}}``, and the queries of each call."""
    config.parse_config(["-c", conf, f"--addons-path={addons_path}", "--log-level=error"])
    registries = {name: Registry(name) for name in names}
    calls = _calls(registries[names[0]])
    taken = {call: {name: [] for name in names} for call in calls}
    queries = {}
    for number in range(int(rounds) + 2):
        order = [(call, name) for call in calls for name in names]
        random.Random(number).shuffle(order)  # noqa: S311 - no secret
        for call, name in order:
            seconds, count = _run(registries[name], *calls[call])
            queries[call] = count
            if number >= 2:  # the first ones fill the caches
                taken[call][name].append(seconds)
    print(json.dumps({"seconds": taken, "queries": queries}))


def _run(registry, login, work):
    """Return (seconds, queries) of one call in a transaction of its own, as of a request."""
    with registry.cursor() as cr:
        env = _environment(cr, login)
        before, start = cr.sql_log_count, time.perf_counter()
        work(env)
        taken = time.perf_counter() - start
        count = cr.sql_log_count - before
        cr.rollback()
    return taken, count


def _environment(cr, login):
    cr.execute("SELECT id FROM res_users WHERE login = %s", (login,))
    user_id = cr.fetchone()[0]
    env = api.Environment(cr, user_id, {})
    env.user.has_group("base.group_user")  # a request has read this when it comes to the call
    return env(
        context={"lang": "en_US", "tz": "UTC", "allowed_company_ids": env.user.company_ids.ids}
    )


def _calls(registry):
    """Return name → (log-in, what the web client asks for)."""
    with registry.cursor() as cr:
        env = _environment(cr, WHO["manager"])
        recent = _filter(env, "recent")
        kanban, columns = _specification(env, "kanban"), {}
        bars = _progress_bar(env)
        rows = _specification(env, "list")
    for who, login in WHO.items():
        columns |= {
            f"board, {who}": (login, lambda e: _board(e, recent, kanban, bars)),
            f"list, {who}": (login, lambda e: _list(e, recent, rows)),
        }
    return columns | {
        "board without filter": (WHO["manager"], lambda e: _board(e, [], kanban, bars)),
        "list without filter": (WHO["manager"], lambda e: _list(e, [], rows)),
    }


def _board(env, domain, specification, bars):
    requests = env[MODEL].with_context(read_group_expand=True)
    groups = requests.web_read_group(
        domain, ["stage_id"], [], auto_unfold=True, unfold_read_specification=specification,
        unfold_read_default_limit=CARDS,
    )  # fmt: skip
    if bars:
        env[MODEL].read_progress_bar(domain=domain, group_by="stage_id", progress_bar=bars)
    return groups


def _list(env, domain, specification):
    return env[MODEL].web_search_read(domain, specification, limit=ROWS, count_limit=10_001)


def _arch(env, kind):
    return etree.fromstring(env[MODEL].get_view(view_type=kind)["arch"])


def _specification(env, kind):
    """Return what the client reads for this view, by the tests' own reading of the arch."""
    return _from_tests("view_specification").specification(env, MODEL, _arch(env, kind))


def _progress_bar(env):
    bar = _arch(env, "kanban").find(".//progressbar")
    if bar is None:
        return None
    return {"field": bar.get("field"), "colors": json.loads(bar.get("colors"))}


def _filter(env, name):
    (node,) = _arch(env, "search").xpath(f"//filter[@name='{name}']")
    return ast.literal_eval(node.get("domain"))


def _from_tests(name):
    """Return a module of the addon's tests without the tests."""
    file = Path(odoo.addons.esign_crm.__file__).parent / "tests" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main(*sys.argv[1:])
