"""E-mail of the outbox: straight to the mail server, nothing of it is stored."""

import contextlib
import smtplib

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, formataddr

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from ..tools.errors import GatewayError
from ..tools.gateways import smtp_errors
from ..tools.gateways.base import Receipt

CODE_TIMEOUT = 10
# Base64 makes four characters of three bytes, with a line break after each 76.
MAIL_GROWTH = 1.37


class EsignMessage(models.Model):
    """Mails go through ``ir.mail_server`` directly: a ``mail.mail`` would keep links where people read."""

    _inherit = "esign.message"

    def _send_mail(self, payload):
        """Send one mail.

        :return: a ``Receipt`` with the Message-ID
        :raises GatewayError: see ``tools.gateways.smtp_errors``
        """
        if not email_normalize(payload["to"]):  # none, or several: a link is for one person
            raise GatewayError("bad_recipient", words=self.address_masked, is_permanent=True)
        company = self.company_id
        server = self.env["ir.mail_server"].sudo().with_company(company)
        domain = company.sudo().alias_domain_id
        if domain:
            server = server.with_context(
                domain_notifications_email=domain.default_from_email,
                domain_bounce_address=domain.bounce_email,
            )
        mail = self._build_mail(server, payload)
        session = self._open_session(server, mail)
        try:
            server.send_email(mail, smtp_session=session)
        except MailDeliveryException as error:
            raise smtp_errors.from_sending(error.__context__ or error) from error
        except (OSError, smtplib.SMTPException, AssertionError) as error:
            raise smtp_errors.from_sending(error) from error
        finally:
            self._close_session(session)
        return Receipt(mail["Message-Id"])

    def _open_session(self, server, mail):
        """Return a connection to the mail server (none in Odoo's tests); nothing has left yet."""
        try:
            session = server._connect__(smtp_from=mail["From"])
        except UserError as error:
            raise GatewayError("not_configured", words=str(error).splitlines()[0]) from error
        except (OSError, smtplib.SMTPException) as error:
            raise smtp_errors.from_connecting(error) from error
        if session and self.purpose == "code":
            session.sock.settimeout(CODE_TIMEOUT)
        return session

    @staticmethod
    def _close_session(session):
        """Say goodbye; a server that does not answer to that has taken the mail all the same."""
        if session:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                session.quit()
            session.close()

    def _build_mail(self, server, payload):
        """Return the mail with our own Message-ID, the same one at each try."""
        company = self.company_id.sudo()
        sender = server._get_default_from_address() or company.email or payload["reply_to"]
        headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply"}
        if company.bounce_email:
            headers["Return-Path"] = company.bounce_email
        return server._build_email__(
            email_from=self._with_name(company.name, sender),
            email_to=formataddr((payload["name"], email_normalize(payload["to"]))),
            subject=payload["subject"],
            body=payload["html"],
            body_alternative=payload["text"],
            subtype="html",
            reply_to=payload["reply_to"],
            attachments=self._attachments(payload, server),
            message_id=self._own_message_id(sender),
            headers=headers,
        )

    @staticmethod
    def _with_name(name, address):
        """Return ``address`` under the company's name, whatever name it came with."""
        bare = address.rpartition("<")[2].strip("> ")
        return formataddr((" ".join(name.split()), bare))

    def _own_message_id(self, sender):
        """Return the mail's Message-ID; bounces are matched by it."""
        if not self.message_id_header:
            domain = sender.rpartition("@")[2].strip("> ") or "localhost"
            self._write_sudo({"message_id_header": f"<esign.{self.key}@{domain}>"})
        return self.message_id_header

    def _attachments(self, payload, server):
        """Return the sealed PDF for completion mails, read and hashed again at sending."""
        if not payload.get("attach"):
            return []
        content = self.request_id._sealed_bytes()
        if not self._fits_mail(len(content), server):
            if self.purpose == "mail_copy":  # which has no link that could stand for the file
                raise GatewayError("too_large", is_permanent=True)
            return []
        return [(payload["attach"], content, "application/pdf")]

    @staticmethod
    def _fits_mail(size, server):
        """Tell whether a file of ``size`` bytes can go out with a mail."""
        return size * MAIL_GROWTH <= server._get_max_email_size() * 1024 * 1024
