"""Tell the kinds of documents anew: what a document comes from counts too, not its title alone."""

from odoo.tools.sql import column_exists

from odoo.addons.esign_crm.tools.layout_kind import layout_kind


def migrate(cr, version):
    """Write what changed past the ORM, so that no request counts as touched."""
    cr.execute("UPDATE esign_request SET layout_source = 'act' WHERE act_id IS NOT NULL")
    if column_exists(cr, "sale_order", "opportunity_id"):
        cr.execute(
            """UPDATE esign_request r SET layout_source = 'quotation' FROM sale_order o
               WHERE r.layout_source IS NULL AND r.template_id IS NULL
                 AND o.opportunity_id = r.lead_id AND o.name = r.title"""
        )
    cr.execute("SELECT id, title, template_id, layout_source, layout_kind FROM esign_request")
    for request_id, title, template_id, source, former in cr.fetchall():
        kind = layout_kind(title or "", template_id=template_id or 0, source=source or "") or None
        if kind != former:
            cr.execute(
                "UPDATE esign_request SET layout_kind = %s WHERE id = %s", (kind, request_id)
            )
