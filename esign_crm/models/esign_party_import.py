"""Lists of parties from files: good rows come in, bad rows are named."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

LOT = 20  # rows: one bad row costs the repetition of so many
WHO = ("name", "company_name", "email", "phone", "company_id", "side")


class EsignParty(models.Model):
    """Odoo's own import takes all rows or none; a directory of a thousand should not wait for one mistyped number."""

    _inherit = "esign.party"

    @api.model
    def load(self, fields, data):
        """Import what is good, in small lots, and name what is not; called by Odoo's import.

        :return: as Odoo's own: ``ids`` of what came in, ``messages`` that name each row that did not
        """
        limit = self.env.context.get("_import_limit") or len(data)
        rows, rest = data[:limit], data[limit:]
        parties = self.with_context(esign_party_import=True)
        ids, messages = [], []
        for start in range(0, len(rows), LOT):
            found = parties._load_lot(fields, rows[start : start + LOT], start)
            ids.extend(found[0])
            messages.extend(found[1])
        messages = self._summary(ids, messages) + messages
        return {"ids": ids or False, "messages": messages, "nextrow": len(rows) if rest else 0}

    def _load_lot(self, fields, rows, start):
        """Return (ids, messages) of a few rows: taken at once, or one by one when one of them is bad."""
        found = super().load(fields, rows)
        if found["ids"] is not False:
            return found["ids"], [_placed(each, start) for each in found["messages"]]
        if len(rows) == 1:
            return [], [_placed(found["messages"][0], start)]
        ids, messages = [], []
        for number, row in enumerate(rows, start):
            taken, words = self._load_lot(fields, [row], number) if any(row) else ([], [])
            ids.extend(taken)
            messages.extend(words)
        return ids, messages

    def _summary(self, ids, messages):
        """Return what tells the reader that the good rows need not be imported again; nothing when all were good."""
        count = sum(message["type"] == "error" for message in messages)
        if not count:
            return []
        words = self.env._(
            "%(good)s parties were taken, %(bad)s rows were not. Correct those rows and import them again: "
            "what is in the directory is not entered twice.",
            good=len(ids),
            bad=count,
        )
        return [
            {"type": "warning", "message": words, "rows": {"from": 0, "to": 0}, "record": False}
        ]

    def _load_records_create(self, vals_list):
        """Refuse a new row that is in the directory word for word: a corrected file is imported once more."""
        parties = super()._load_records_create(vals_list)
        if self.env.context.get("esign_party_import"):
            for party in parties:
                party._check_not_entered_twice()
        return parties

    def _check_not_entered_twice(self):
        same = Domain.AND(
            Domain(name, "=", self[name].id if name == "company_id" else self[name]) for name in WHO
        )
        if self.search(same & Domain("id", "!=", self.id), limit=1):
            raise UserError(
                self.env._("%(name)s is already in the directory.", name=self.display_name)
            )


def _placed(message, start):
    """Return a message whose rows are counted from the beginning of the file."""
    rows = message.get("rows") or {"from": 0, "to": 0}
    return message | {
        "record": start + (message.get("record") or 0),
        "rows": {"from": start + rows["from"], "to": start + rows["to"]},
    }
