"""The same party entered twice: found, and made one."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import requisites
from ..tools.text import comparable_name, is_same_name

ADDRESSES = ("email", "phone")
# They name a firm, for which several people may sign: they tell only together with a name.
NUMBERS = requisites.IDENTIFYING
# Tables that point to a record by its model's name.
NAMED = (
    ("mail_message", "model"),
    ("mail_activity", "res_model"),
    ("ir_attachment", "res_model"),
    ("ir_model_data", "model"),
)


class EsignParty(models.Model):
    """Entries of one company and side that share an address, or a number and the person's name, in their one form."""

    _inherit = "esign.party"

    duplicate_ids = fields.Many2many(
        "esign.party", string="Perhaps the same", compute="_compute_duplicates"
    )
    duplicate_count = fields.Integer(string="Perhaps entered twice", compute="_compute_duplicates")
    has_duplicates = fields.Boolean(
        compute="_compute_duplicates", search="_search_has_duplicates", string="Has duplicates"
    )

    @api.depends("company_id", "side", "name", *ADDRESSES, *NUMBERS)
    def _compute_duplicates(self):
        for party in self:
            found = party._like_this()
            party.duplicate_ids = found
            party.duplicate_count = len(found)
            party.has_duplicates = bool(found)

    def _like_this(self):
        """Return the other parties that share an address with this one, or a number and the person's name."""
        namesakes = self._sharing(NUMBERS).filtered(
            lambda other: is_same_name(other.name, self.name or "")
        )
        return self._sharing(ADDRESSES) | namesakes

    def _sharing(self, keys):
        given = [Domain(key, "=", self[key]) for key in keys if self[key]]
        if not given:
            return self.browse()
        return self.search(
            self._beside() & Domain("id", "!=", self._origin.id) & Domain.OR(given), limit=80
        )

    def _beside(self):
        return Domain("company_id", "=", self.company_id.id) & Domain("side", "=", self.side)

    def _search_has_duplicates(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        alike = [parties for key in ADDRESSES for parties in self._groups_sharing(key)]
        alike += [
            namesakes
            for key in NUMBERS
            for parties in self._groups_sharing(key)
            for namesakes in parties.grouped(lambda each: comparable_name(each.name)).values()
            if len(namesakes) > 1
        ]
        return [("id", "in", self.browse().union(*alike).ids)]

    def _groups_sharing(self, key):
        """Return the parties of one company and side that have the same ``key``, two or more each."""
        groups = self._read_group(
            [(key, "!=", False)],
            ["company_id", "side", key],
            ["id:recordset"],
            having=[("__count", ">", 1)],
        )
        return [parties for *_key, parties in groups]

    def action_open_merge(self):
        """Open the form that makes this party and those like it one. For whoever may read it."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("esign_crm.esign_party_merge_action")
        ids = (self | self.duplicate_ids).ids
        return action | {"context": {"active_model": self._name, "active_ids": ids}}

    # --- making one of several -------------------------------------------------------------------------------------

    def _merge_into(self, kept):
        """Make ``kept`` stand for all of these: what points to the others points to it, what it lacks it takes.

        :raises UserError: they belong to different companies or sides
        :raises AccessError: the caller may not change one of them
        """
        others = self - kept
        everybody = others | kept
        everybody.check_access("write")
        if len(everybody.company_id) > 1 or len(set(everybody.mapped("side"))) > 1:
            raise UserError(self.env._("Only parties of one company and one side can be merged."))
        kept._take_from(others)
        names = ", ".join(others.mapped("display_name"))
        others._repoint_sudo(kept)
        kept._message_log(
            body=self.env._("Merged: %(names)s. What they had now stands here.", names=names)
        )
        others.unlink()

    def _repoint_sudo(self, kept):
        """Turn all that points to these towards ``kept``, in whatever table of whatever addon.

        In SQL, past the refusals of sent requests: their signers name the same person as before. The caller may not
        see all of them.
        """
        self.env.flush_all()
        for field in self._pointing_fields():
            self._repoint_field(field, kept)
        for table, model_column in NAMED:
            self.env.cr.execute(SQL(
                "UPDATE %s SET res_id = %s WHERE %s = %s AND res_id IN %s%s",
                SQL.identifier(table), kept.id, SQL.identifier(model_column), self._name, tuple(self.ids),
                SQL(" AND res_field IS NULL") if table == "ir_attachment" else SQL(),
            ))  # fmt: skip
        self.env.invalidate_all()

    @api.model
    def _pointing_fields(self):
        """Return the stored fields of all models that point to parties."""
        return [
            field
            for model in self.env.registry.values()
            if model._auto and not model._abstract
            for field in model._fields.values()
            if field.comodel_name == self._name
            and field.store
            and field.type in ("many2one", "many2many")
        ]

    def _repoint_field(self, field, kept):
        ids = tuple(self.ids)
        if field.type == "many2one":
            table, column = (
                SQL.identifier(self.env[field.model_name]._table),
                SQL.identifier(field.name),
            )
            self.env.cr.execute(
                SQL("UPDATE %s SET %s = %s WHERE %s IN %s", table, column, kept.id, column, ids)
            )
            return
        table, near, far = map(SQL.identifier, (field.relation, field.column1, field.column2))
        self.env.cr.execute(SQL(
            "INSERT INTO %s (%s, %s) SELECT DISTINCT %s, %s FROM %s WHERE %s IN %s ON CONFLICT DO NOTHING",
            table, near, far, near, kept.id, table, far, ids,
        ))  # fmt: skip
        self.env.cr.execute(SQL("DELETE FROM %s WHERE %s IN %s", table, far, ids))
