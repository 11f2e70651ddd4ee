"""Opening one record in its form."""


def form_action(record):
    """Return the action that opens ``record`` in its own form."""
    return {
        "type": "ir.actions.act_window",
        "res_model": record._name,
        "res_id": record.id,
        "views": [(False, "form")],
    }
