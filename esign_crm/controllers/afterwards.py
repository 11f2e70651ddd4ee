"""What a signer may do once he has signed: ask for one copy by mail, go on to the next document."""

from odoo import http

from .signing import ROUTE, STEP, SigningController

HAS_NEXT = ("waiting", "signed", "sealing", "done")
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

    @http.route(f"{ROUTE}/next", **STEP)
    def esign_next(self, token, **_kwargs):
        """Open the next document that waits for the same person, by a link that opens once."""
        return self._step(
            token, lambda signer: signer._open_next(self._evidence()), closed_too=HAS_NEXT
        )
