"""What a signer may do once he has signed: ask for one copy by mail."""

from odoo import http

from .signing import ROUTE, STEP, SigningController

SIGNED = ("signed", "sealing", "done")


class AfterwardsController(SigningController):
    """Steps of a link whose signer has signed."""

    @http.route(f"{ROUTE}/copy", **STEP)
    def esign_copy(self, token, email=None, **_kwargs):
        """Send one copy of the sealed PDF to the address that a signer without one on file types."""
        return self._step(
            token,
            lambda signer: signer._ask_mail_copy(email, self._evidence()),
            closed_too=SIGNED,
        )
