"""What carries placed fields: a draft request, a template. How the field placer reads and saves them."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.field_types import may_require
from .esign_field import SYSTEM_FIELDS as FIELD_SYSTEM_FIELDS

MAX_FIELDS = 1000
LAYOUT_SYSTEM_FIELDS = {"layout_revision", "layout_token"}
# What the placer shows and writes of a field, as far as the fields of this version have it.
PROPERTIES = (
    "type", "name", "page", "x", "y", "width", "height", "required", "filled_by", "default", "options",
    "crm_value_id",
)  # fmt: skip
BOX = ("x", "y", "width", "height")


class EsignLayout(models.AbstractModel):
    """Pages with fields on them; each saving counts up ``layout_revision``, so that no tab overwrites another.

    Whoever inherits says which field of ``esign.field`` points to it (``_layout_owner``) and to its roles
    (``_layout_role``), and has ``field_ids``, ``_set_system_sudo`` and

    - ``_layout_document()``: the document whose pages are shown, readable by whoever reads this record;
    - ``_layout_roles()``: the records that fields may belong to, ``_layout_role_values(role)``: id, name, side of one;
    - ``_is_layout_editable()``: whether the caller may place fields now.
    """

    _name = "esign.layout"
    _description = "Pages with fields on them"
    _layout_owner = ""
    _layout_role = ""

    layout_revision = fields.Integer(readonly=True, copy=False, aggregator=None)
    layout_token = fields.Char(
        readonly=True, copy=False, help="Names the last saving, so that its repetition is known."
    )

    # --- reading -----------------------------------------------------------------------------------------------------

    def layout_load(self):
        """Return all that the placer shows, as plain values. For whoever may read this record; called over RPC."""
        self.ensure_one()
        self.check_access("read")
        document = self._layout_document()
        return {
            "name": self.display_name,
            "revision": self.layout_revision,
            "token": self.layout_token,
            "is_editable": self._is_layout_editable(),
            "pages": [
                self._layout_page(document, number) for number in range(1, document.page_count + 1)
            ],
            "roles": [self._layout_role_values(role) for role in self._layout_roles()],
            "types": self._layout_types(),
            "fillers": self._layout_selection("filled_by"),
            "properties": self._layout_properties(),
            "crm_values": self._layout_crm_values(),
            "fields": self._layout_fields(),
        }

    @api.model
    def _layout_page(self, document, number):
        facts = document.page_facts[number - 1]
        return {
            "number": number,
            "width": facts["width"],
            "height": facts["height"],
            "text": facts["text"],
            "covers": facts["covers"],
            "url": f"/esign_crm/document/{document.id}/page/{number}?{document.sha256[:16]}",
        }

    def _layout_fields(self):
        """Return the fields, each with the key by which placer and server know it."""
        names = self._layout_properties()
        return [
            {"key": field.layout_key or f"f{field.id}", "role": field[self._layout_role].id}
            | {name: _plain(field[name]) for name in names}
            for field in self.field_ids.sorted("id")
        ]

    @api.model
    def _layout_properties(self):
        known = self.env["esign.field"]._fields
        return [name for name in PROPERTIES if name in known and name not in FIELD_SYSTEM_FIELDS]

    @api.model
    def _layout_types(self):
        """Return the types that there are, with who may fill them and whether they may be required; the placer knows none."""
        fields_model = self.env["esign.field"]
        return [
            {
                "type": code,
                "label": label,
                "fillers": fields_model._fillers(code),
                "may_require": may_require(code),
            }
            for code, label in self._layout_selection("type")
        ]

    @api.model
    def _layout_crm_values(self):
        """Return what fields may take from the deal; nothing where such fields do not exist."""
        field = self.env["esign.field"]._fields.get("crm_value_id")
        values = self.env[field.comodel_name].search([], limit=None) if field else ()
        return [{"id": value.id, "name": value.display_name} for value in values]

    @api.model
    def _layout_selection(self, name):
        return self.env["esign.field"]._fields[name]._description_selection(self.env)

    # --- saving ------------------------------------------------------------------------------------------------------

    def layout_save(self, revision, token, layout):
        """Make ``layout`` the whole layout, if ``revision`` is still the present one. Called over RPC by the placer.

        :param int revision: what the layout was made from, as last answered
        :param str token: names this saving: the same again answers the same
        :param list[dict] layout: fields as :meth:`layout_load` gives them
        :return: ``{"revision"}``; ``{"conflict": revision}`` when another one saved meanwhile; ``{"busy": True}``
        :raises AccessError: the caller may not change this record
        :raises UserError: the record is fixed, or a field is wrong; says what and where
        """
        self.ensure_one()
        self.check_access("write")
        if not self.try_lock_for_update():
            return {"busy": True}
        if token and token == self.layout_token:
            return {"revision": self.layout_revision}
        if revision != self.layout_revision:
            return {"conflict": self.layout_revision}
        if not self._is_layout_editable():
            raise UserError(
                self.env._("%(name)s is fixed: its fields stay.", name=self.display_name)
            )
        self._before_layout_changes()
        self._replace_layout(layout)
        self._set_system_sudo(
            layout_revision=self.layout_revision + 1, layout_token=str(token or "")[:64] or False
        )
        return {"revision": self.layout_revision}

    def _replace_layout(self, layout):
        """Create, write and delete fields until they are those of ``layout``; what did not change is left alone."""
        if not isinstance(layout, list) or len(layout) > MAX_FIELDS:
            raise UserError(self.env._("At most %(count)s fields can be placed.", count=MAX_FIELDS))
        present = {field.layout_key or f"f{field.id}": field for field in self.field_ids}
        wanted = dict(self._layout_values(number, given) for number, given in enumerate(layout, 1))
        self.env["esign.field"].union(
            *(field for key, field in present.items() if key not in wanted)
        ).unlink()
        self.env["esign.field"].create(
            [
                vals | {"layout_key": key, self._layout_owner: self.id}
                for key, vals in wanted.items()
                if key not in present
            ]
        )
        for key, field in present.items():
            changed = _changed(field, wanted.get(key, {}))
            if changed:
                field.write(changed)

    def _layout_values(self, number, given):
        """Return (key, values of the columns) of one field of the placer, checked."""
        checks = self.env["esign.request"]
        where = self.env._("fields, no. %(number)s", number=number)
        names = self._layout_properties()
        checks._refuse_unknown(where, given, {"key", "role", *names})
        vals = {name: given[name] for name in names if name in given and name not in BOX}
        vals |= checks._checked_box(where, given)
        vals["page"] = checks._whole_number(where, "page", given.get("page"))
        vals["name"] = checks._required_text(where, "name", given.get("name"))
        vals[self._layout_role] = self._checked_layout_role(where, given.get("role"))
        return checks._required_text(where, "key", given.get("key"))[:40], vals

    def _checked_layout_role(self, where, role_id):
        if role_id not in self._layout_roles().ids:
            raise UserError(
                self.env._("%(where)s: this role does not exist any more.", where=where)
            )
        return role_id

    # --- extension point ---------------------------------------------------------------------------------------------

    def _before_layout_changes(self):
        """Hear that the layout is about to change."""


def _changed(field, vals):
    """Return those of ``vals`` that the field does not have yet."""
    return {
        name: value
        for name, value in vals.items()
        if (
            abs(field[name] - value) > 5e-7
            if name in BOX
            else (_plain(field[name]) or False) != (value or False)
        )
    }


def _plain(value):
    """Return a value as JSON has it: the id for a record."""
    return value.id if isinstance(value, models.BaseModel) else value
