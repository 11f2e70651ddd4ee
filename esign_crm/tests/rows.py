"""Rows put straight into a table, past every refusal: something to try one's rights on."""

import itertools

from odoo.tools import SQL

_count = itertools.count(900_000)
_PLAIN = {
    "boolean": False, "integer": 0, "float": 0.5, "monetary": 0, "json": "{}", "binary": b"x",
    "date": "2026-01-31", "datetime": "2026-01-31 09:05:00",
}  # fmt: skip
# What a database constraint asks for beyond "not empty".
_SPECIAL = {
    "esign.stage": {"turn_side": "own"},
    "esign.sealing.key": {"state": "retired"},
    "esign.field": {"page": 1, "x": 0.1, "y": 0.1, "width": 0.2, "height": 0.1},
}


def insert_row(env, model, known=None, **values):
    """Return a new record of ``model`` that no method of it has seen.

    What is required and not given is made up, as is what it points to: a model that is new needs no word here.

    :param dict known: comodel → id, for the fields that point there
    """
    known, fields = dict(known or {}), env[model]._fields
    row = ({"active": True} if "active" in fields else {}) | _SPECIAL.get(model, {}) | values
    for name, field in fields.items():
        if not field.store or not field.column_type or name in row or name == "id":
            continue
        if field.type == "many2one" and field.comodel_name in known:
            row[name] = known[field.comodel_name]
        elif field.required:
            row[name] = _made_up(env, field, known)
    columns = {name: _column(env, fields[name], value) for name, value in row.items()}
    env.flush_all()
    query = SQL(
        "INSERT INTO %s (%s) VALUES %s RETURNING id",
        SQL.identifier(env[model]._table),
        SQL(", ").join(map(SQL.identifier, columns)),
        SQL("(%s)", SQL(", ").join(SQL("%s", value) for value in columns.values())),
    )
    ((record_id,),) = env.execute_query(query)
    env.invalidate_all()
    return env[model].browse(record_id)


def _made_up(env, field, known):
    if field.type == "many2one":
        record = env[field.comodel_name].sudo().with_context(active_test=False).search([], limit=1)
        is_ours = field.comodel_name.startswith("esign.")
        return insert_row(env, field.comodel_name, known).id if is_ours else record.id
    if field.type == "selection":
        return field.get_values(env)[0]
    return _PLAIN.get(field.type, f"x{next(_count)}") if field.type != "integer" else next(_count)


def _column(env, field, value):
    """Return what the column takes; a translated text is an object there."""
    if field.translate and isinstance(value, str):
        return SQL("jsonb_build_object('en_US', %s::text)", value)
    return value
