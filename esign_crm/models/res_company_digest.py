"""The weekly digest: what managers should look at, each told of what he may see."""

import logging
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date

from .esign_message_reports import NOT_DELIVERED
from .esign_signer import IN_TURN
from .transactions import run_alone

_logger = logging.getLogger(__name__)

IDLE_DAYS = 2  # after which our own side's signature counts as delayed
WEEK = timedelta(days=7)
MOST = 10  # requests listed in a section; the rest is counted


class ResCompany(models.Model):
    """A mail to each manager; nothing to tell, no mail. It holds numbers, titles and states, no secret."""

    _inherit = "res.company"

    @api.model
    def _cron_esign_digest(self):
        """Tell the managers of each company, once a week; run by a cron that may be repeated or run twice."""
        week = fields.Date.today().strftime("%G-W%V")  # ISO 8601 week
        for company_id in self.search([("esign_digest", "=", True)]).ids:
            try:
                run_alone(
                    self.env,
                    lambda env, each=company_id: (
                        env["res.company"].browse(each)._esign_digest_of(week)
                    ),
                )
            except Exception:  # the others get theirs; tomorrow's run tries again
                _logger.exception("the digest of company %s could not be written", company_id)

    def _esign_digest_of(self, week):
        """Write this week's mails of one company, once."""
        if self._esign_take_week(week):
            for manager in self._esign_managers_sudo():
                self._esign_send_digest(manager)

    def _esign_take_week(self, week):
        """Note that this week's digest is being sent; tell whether nobody else had done so."""
        self.flush_recordset(["esign_digest_week"])
        self.env.cr.execute(
            "UPDATE res_company SET esign_digest_week = %s"
            " WHERE id = %s AND esign_digest_week IS DISTINCT FROM %s RETURNING id",
            (week, self.id, week),
        )
        self.invalidate_recordset(["esign_digest_week"])
        return bool(self.env.cr.fetchone())

    def _esign_managers_sudo(self):
        """Return the active managers of this company who have an e-mail address; groups are nobody's to read: sudo."""
        group_sudo = self.env.ref("esign_crm.group_manager").sudo()
        return group_sudo.all_user_ids.filtered(
            lambda user: user.active and user.email and not user.share and self in user.company_ids
        )

    def _esign_send_digest(self, manager):
        """Write the mail to one manager in his language, from what he himself may see."""
        env = self.env(
            user=manager,
            su=False,
            context={"lang": manager.lang, "tz": manager.tz, "allowed_company_ids": self.ids},
        )
        sections = [each for each in self.with_env(env)._esign_digest_sections() if each["count"]]
        if not sections:
            return
        values = {
            "company": self.name,
            "hello": env._("Hello %(name)s,", name=manager.name),
            "intro": env._("this is what needs a look in the signing requests of %(company)s.", company=self.name),
            "more": env._("… and %(count)s more"),
            "foot": env._("An administrator can switch this weekly mail off in the settings of e-signatures."),
            "sections": sections,
            "lang": (manager.lang or "en_US").replace("_", "-"),
        }  # fmt: skip
        body = env["ir.qweb"].sudo()._render("esign_crm.message_digest", values)
        # nobody's right to write mails is asked of who is told: the cron does it
        self.env["mail.mail"].sudo().create(
            {
                "subject": env._("E-signatures of %(company)s: the week", company=self.name),
                "body_html": Markup("<!DOCTYPE html>\n") + body,
                "email_to": manager.email_formatted,
                "email_from": self.email_formatted or manager.email_formatted,
                "auto_delete": True,
            }
        )

    # --- what is told ----------------------------------------------------------------------------------------------

    def _esign_digest_sections(self):
        """Return the sections, each ``{"title", "count", "rows": [{"url", "number", "title", "note"}]}``."""
        now, signers = fields.Datetime.now(), self.env["esign.signer"]
        mine = [("company_id", "=", self.id)]
        sent = [*mine, ("state", "=", "sent")]
        in_turn = [
            ("request_id.company_id", "=", self.id),
            ("state", "in", IN_TURN),
            ("kind", "=", "signer"),
        ]
        requests = self.env["esign.request"]
        late = requests.search([*sent, ("deadline_at", "<", now + timedelta(days=1))])
        expired = requests.search(
            [*mine, ("state", "=", "expired"), ("closed_on", ">=", now - WEEK)]
        )
        declined = requests.search(
            [*mine, ("state", "=", "declined"), ("closed_on", ">=", now - WEEK)]
        )
        locked = signers.search([*in_turn, ("is_locked", "=", True)]).request_id
        ours = signers.search(
            [*in_turn, ("side", "=", "own"), ("invited_at", "<", now - timedelta(days=IDLE_DAYS))]
        )
        return [
            self._esign_section(self.env._("Late, or due within a day"), late | expired, self._note_deadline),
            self._esign_section(self.env._("A message did not arrive"), self._esign_unreached(sent), self._note_turn),
            self._esign_section(
                self.env._("Waits for approval"),
                requests.search([*mine, ("approval_id.state", "=", "asked")]),
                lambda each: each.approval_id.waits_for,
            ),
            self._esign_section(self.env._("Declined"), declined, lambda each: each.decline_reason or ""),
            self._esign_section(self.env._("Locked: too many codes"), locked, self._note_turn),
            self._esign_section(self.env._("Our own side keeps it waiting"), ours.request_id, self._note_days),
        ]  # fmt: skip

    def _esign_unreached(self, sent):
        """Return the open requests whose last message to somebody in turn failed or came back."""
        found = self.env["esign.request"].search(
            [*sent, ("message_out_ids.state", "in", ("failed", "bounced"))]
        )

        waiting = found.signer_ids.filtered(lambda each: each.state in IN_TURN)
        latest = found._latest_messages(waiting)
        return waiting.filtered(
            lambda each: each.id in latest and latest[each.id].state in NOT_DELIVERED
        ).request_id

    def _esign_section(self, title, requests, note):
        base = self.get_base_url()
        rows = [
            {
                "url": f"{base}/odoo/e-signature/{request.id}",
                "number": request.name,
                "title": request.title,
                "note": note(request),
            }
            for request in requests[:MOST]
        ]
        return {
            "title": title,
            "count": len(requests),
            "rows": rows,
            "more": len(requests) - len(rows),
        }

    def _note_deadline(self, request):
        return format_date(
            self.env, fields.Datetime.context_timestamp(request, request.deadline_at).date()
        )

    def _note_turn(self, request):
        return ", ".join(
            request.signer_ids.filtered(lambda each: each.state in IN_TURN).mapped("name")
        )

    def _note_days(self, request):
        """Return whose turn it is on our side, and for how many days."""
        now = fields.Datetime.now()
        waiting = request.signer_ids.filtered(
            lambda each: each.side == "own" and each.state in IN_TURN
        )
        return ", ".join(
            self.env._(
                "%(name)s, days: %(days)s", name=each.name, days=(now - each.invited_at).days
            )
            for each in waiting
        )
