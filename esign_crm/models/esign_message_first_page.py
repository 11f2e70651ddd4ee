"""First pages drawn ahead: ready when a link that has left is opened."""

import logging

from odoo import api, models
from odoo.exceptions import UserError

from .advisory_lock import Space
from .esign_message import ASKS_TO_SIGN
from .transactions import run_alone

_logger = logging.getLogger(__name__)


class EsignMessage(models.Model):
    """After the links, and only while no message waits: what is not drawn here is drawn when it is opened."""

    _inherit = "esign.message"

    @api.model
    def _draw_first_pages(self, message_ids):
        """Have ready what the links of these messages open."""
        for message_id in message_ids:
            if not run_alone(
                self.env,
                lambda env, each=message_id: env["esign.message"].browse(each)._draw_first_page(),
            ):
                return

    def _draw_first_page(self):
        """Draw the page that this message's link opens, unless somebody is at it; False once a message waits."""
        message_sudo = self.sudo()
        if message_sudo._count_due():
            return False
        is_link = message_sudo.state == "sent" and message_sudo.purpose in ASKS_TO_SIGN
        document_sudo = message_sudo.request_id.frozen_document_id
        if is_link and document_sudo and document_sudo._may_draw(Space.PAGES_AHEAD):
            message_sudo._try_to_draw(document_sudo)
        return True

    def _try_to_draw(self, document_sudo):
        """Draw; what cannot be shown is a matter for the sender, whose link has left all the same."""
        request = self.request_id
        try:
            document_sudo.with_env(request._sender_env())._page_image(1)
        except UserError as error:
            _logger.warning("the first page of %s cannot be drawn: %s", request.name, error)
            request._ask_sender(
                lambda env: env._(
                    "The first page of %(number)s cannot be shown", number=request.name
                ),
                str(error),
            )
        except OSError:  # the disk is full: drawn again when it is opened
            _logger.exception("the first page of %s could not be kept", request.name)
