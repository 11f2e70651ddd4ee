"""A user's own requests on the portal."""

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

LIST_URL = "/my/esign"


class EsignPortal(CustomerPortal):
    """What waits for the user's signature, or has it; the document itself is behind link and code as for everybody."""

    def _prepare_home_portal_values(self, counters):
        """Count the user's own requests."""
        values = super()._prepare_home_portal_values(counters)
        if "esign_count" in counters:
            values["esign_count"] = self._own_requests_sudo().search_count(self._own_domain())
        return values

    @http.route(
        [LIST_URL, f"{LIST_URL}/page/<int:page>"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def esign_my_requests(self, page=1, sortby=None, **_kwargs):
        """List the user's own requests."""
        return self._render_own_requests(page, sortby)

    @http.route(
        f"{LIST_URL}/<int:signer_id>/open",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def esign_my_open(self, signer_id, **_kwargs):
        """Send the user's browser to the page of his turn, by a link that opens once."""
        signers = request.env["esign.signer"]
        signer_sudo = signers.sudo().search(
            [("id", "=", signer_id), *signers._portal_domain(request.env.user)]
        )
        try:
            url = signer_sudo and signer_sudo._open_from_portal_sudo(
                request.env.user, request.httprequest.remote_addr or ""
            )
        except AccessError:
            url = LIST_URL  # closed meanwhile: the list tells
        except UserError:
            return self._render_own_requests(is_unreachable=True)
        if not url:
            raise request.not_found()
        response = request.redirect(url, code=303, local=False)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    def _render_own_requests(self, page=1, sortby=None, *, is_unreachable=False):
        requests_sudo, domain = self._own_requests_sudo(), self._own_domain()
        sortings = self._esign_sortings()
        sortby = sortby if sortby in sortings else "date"
        pages = pager(
            url=LIST_URL,
            total=requests_sudo.search_count(domain),
            page=page,
            step=self._items_per_page,
            url_args={"sortby": sortby},
        )
        found_sudo = requests_sudo.search(
            domain,
            order=sortings[sortby]["order"],
            limit=self._items_per_page,
            offset=pages["offset"],
        )
        values = self._prepare_portal_layout_values() | {
            "rows": request.env["esign.signer"]._portal_rows_sudo(found_sudo, request.env.user),
            "is_unreachable": is_unreachable,
            "page_name": "esign",
            "pager": pages,
            "default_url": LIST_URL,
            "searchbar_sortings": sortings,
            "sortby": sortby,
        }
        return request.render("esign_crm.portal_my_requests", values)

    def _own_requests_sudo(self):
        """Return the model under sudo: a portal user has no rights on it, the domain is what he may see."""
        return request.env["esign.request"].sudo()

    def _own_domain(self):
        return request.env["esign.signer"]._portal_requests_domain(request.env.user)

    def _esign_sortings(self):
        return {
            "date": {"label": request.env._("Newest"), "order": "sent_at desc, id desc"},
            "deadline": {"label": request.env._("Deadline"), "order": "deadline_at, id desc"},
            "title": {"label": request.env._("Title"), "order": "title, id desc"},
        }
