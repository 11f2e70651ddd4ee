"""The printed act: from the template to the PDF, at once or, for long acts, by a cron."""

import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.orm.models import NO_ACCESS
from odoo.tools import format_amount, format_date

from ..tools import act_layout, act_totals
from ..tools.errors import EsignError
from ..tools.languages import html_tag
from ..tools.pdf import paper
from .esign_act import PRINT_STATES
from .esign_errors import as_user_error

TEMPLATE = "esign_crm.esign_act_document"
# What the heads of columns need in each language, in millimetres.
LEAST_WIDTHS = {"quantity": 20, "price": 20, "tax": 15.5, "amount": 24}
LONG = 200  # lines; what is longer is printed by the cron
LONG_HTML = 400_000  # letters, markup included: so is what has fewer lines, but long ones


class EsignAct(models.Model):
    """Each printing is kept together with the hash of what was printed: it is used again while nothing changed."""

    _inherit = "esign.act"

    print_state = fields.Selection(
        PRINT_STATES, string="Printing", required=True, readonly=True, copy=False, default="none"
    )
    print_error = fields.Char(string="Why it could not be printed", readonly=True, copy=False)
    page_count = fields.Integer(string="Pages", readonly=True, copy=False, aggregator=None)
    # Columns of their own: whoever may write an act could overwrite its attachments.
    pdf = fields.Binary(attachment=False, copy=False, groups=NO_ACCESS)
    paper_digest = fields.Char(copy=False, groups=NO_ACCESS)
    places = fields.Json(copy=False, groups=NO_ACCESS)

    # --- actions ---------------------------------------------------------------------------------------------------

    def action_preview(self):
        """Show the printed act above the page, exactly as it would be sent."""
        self.ensure_one()
        if not self._prepare_paper():
            return self._printing_notice()
        return {
            "type": "ir.actions.client",
            "tag": "esign_crm.show_file",
            "params": {"name": self._file_name(), "url": f"/esign_crm/act/{self.id}"},
        }

    def action_print_again(self):
        """Try again what could not be printed."""
        self.check_access("write")
        for act in self.filtered(lambda each: each.print_state == "failed"):
            act._forget_paper()
            act._prepare_paper()
        return True

    def _printing_notice(self):
        words = self.env._(
            "The act is long and is being printed in the background. You are told when it is ready."
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": words,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # --- printing --------------------------------------------------------------------------------------------------

    def _prepare_paper(self):
        """See to it that the kept PDF is that of the act as it is now; tell whether it is ready.

        A long act is left to the cron. What cannot be printed at once is refused with a reason.

        :raises UserError: the act is not complete, or cannot be printed
        """
        self.ensure_one()
        self.check_access("read")
        act_sudo = self.sudo()
        if self.is_locked and act_sudo.pdf:
            return True  # what was sent is shown as it was, whatever the addresses say today
        self.check_access("write")
        self._check_complete()
        self._take_number()
        html = self._html()
        digest = _digest(html)
        if act_sudo.paper_digest == digest and act_sudo.print_state in ("queued", "ready"):
            return act_sudo.print_state == "ready"
        self._set_system_sudo(print_state="queued", print_error=False, paper_digest=digest)
        if len(self.line_ids) > LONG or len(html) > LONG_HTML:
            self.env["esign.act.printing"]._queue(self, html, digest)
            return False
        try:
            self._keep_paper(paper.print_in_jail(html))
        except EsignError as error:
            raise as_user_error(self.env, error, name=self.display_name) from error
        return True

    def _check_complete(self):
        """Refuse an act that says nothing or comes to less than nothing."""
        if not self.line_ids:
            raise UserError(self.env._("The act has no lines yet: say what was done."))
        if self.amount_total < 0:
            raise UserError(self.env._("The act comes to less than zero."))

    def _keep_paper(self, printed):
        places = {side: vars(place) for side, place in printed.places.items()}
        self._set_system_sudo(
            print_state="ready", print_error=False, places=places, page_count=printed.page_count,
            pdf=base64.b64encode(printed.pdf),
        )  # fmt: skip
        self.env["esign.paper"]._note_sudo(printed.pdf, self.amount_total, self.currency_id)

    def _forget_paper(self):
        """Let the next preview print anew."""
        self._set_system_sudo(print_state="none", print_error=False, paper_digest=False)

    def _has_current_paper(self):
        """Tell whether the kept PDF is that of the act as it is now."""
        act_sudo = self.sudo()
        return act_sudo.print_state == "ready" and act_sudo.paper_digest == _digest(self._html())

    def _pdf_bytes(self):
        """Return the kept PDF; for whoever may read the act."""
        self.ensure_one()
        self.check_access("read")
        return base64.b64decode(self.sudo().with_context(bin_size=False).pdf or b"")

    def _file_name(self):
        """Return the name of the file, which the client reads, in the client's language."""
        return f"{self.with_context(lang=self.lang).display_name}.pdf".replace("/", "-")

    # --- the template ----------------------------------------------------------------------------------------------

    def _html(self):
        """Return the act as HTML in its language: values of people are text there, never markup."""
        act = self.with_context(lang=self.lang)
        return str(act.env["ir.qweb"]._render(TEMPLATE, act._paper_values()))

    def _paper_values(self):
        """Return what the template may print; a company's own template may use ``act`` for more."""
        return {
            "act": self,
            "html_lang": html_tag(self.lang),
            "title": self.env._("Act of completed works"),
            "parties": self._paper_parties(),
            "number_words": self._number_words(),
            "period": self._period_words(),
            "row_words": lambda label, value: self.env._(
                "%(label)s: %(value)s", label=label, value=value
            ),
            "day": self._format_day,
            "money": self._format_money,
            "number": self._format_number,
            "widths": self._column_widths(),
            "is_tall": act_layout.is_tall,
            "totals": self._totals(),
            "tax_words": self._tax_words,
            "replaced": self._replaced_words(),
        }

    def _column_widths(self):
        """Return the width in millimetres of each column of figures: none of them is ever broken."""
        places = self.currency_id.decimal_places
        figures = {
            "quantity": [self._format_number(line.quantity) for line in self.line_ids],
            "price": [self._format_number(line.price, places) for line in self.line_ids],
            "tax": [self._format_number(line.tax_percent) for line in self.line_ids],
            "amount": [self._format_number(line.amount, places) for line in self.line_ids],
        }
        return {
            name: act_layout.column_width(figures[name], least)
            for name, least in LEAST_WIDTHS.items()
        }

    def _number_words(self):
        """Return number and date, and of a corrected act its version."""
        values = {
            "number": self.number or "–",
            "day": self._format_day(self.date),
            "version": self.version,
        }
        if self.version > 1:
            return self.env._("No. %(number)s of %(day)s, version %(version)s", **values)
        return self.env._("No. %(number)s of %(day)s", **values)

    def _period_words(self):
        """Return when the works were done; nothing where it was not entered."""
        start, end = (day and self._format_day(day) for day in (self.period_from, self.period_to))
        if start and end:
            return f"{start} – {end}" if start != end else start
        if start:
            return self.env._("from %(day)s", day=start)
        return end and self.env._("until %(day)s", day=end)

    def _tax_words(self, tax):
        return self.env._(
            "Tax %(rate)s%% of %(base)s",
            rate=self._format_number(float(tax.rate)),
            base=self._format_money(tax.base),
        )

    def _replaced_words(self):
        """Return which version a corrected act takes the place of, or nothing."""
        before = self.sudo().previous_id
        return before and self.env._(
            "Takes the place of version %(version)s of %(day)s.",
            version=before.version,
            day=self._format_day(before.date),
        )

    def _paper_parties(self):
        # by whose directory the numbers go
        both = (self.company_id.partner_id | self.partner_id).with_company(self.company_id)
        own, client = both[:1], both[-1:]
        return [
            {
                "side": side,
                "role": role,
                "name": partner._esign_legal_name(),
                "requisites": partner._esign_requisites(self.lang),
            }
            for side, role, partner in (
                ("own", self.env._("Contractor"), own),
                ("client", self.env._("Customer"), client),
            )
        ]

    def _format_number(self, value, places=0):
        """Return a number as the act's language writes it, with as many decimals as it has, at least ``places``."""
        exact = f"{act_totals.exact(value):f}".partition(".")[2].rstrip("0")
        language = self.env["res.lang"]._lang_get(self.lang)
        words = language.format(f"%.{max(places, len(exact))}f", value, grouping=True)
        return self._grouped(words)

    def _format_money(self, value):
        return self._grouped(format_amount(self.env, float(value), self.currency_id, self.lang))

    def _format_day(self, value):
        return format_date(self.env, value, lang_code=self.lang)

    def _grouped(self, words):
        """Return a number with its thousands apart, where Odoo's language (Polish) has nothing between them."""
        has_sign = self.env["res.lang"]._lang_get(self.lang).thousands_sep
        return words if has_sign else act_layout.grouped(words)

    # --- the job ---------------------------------------------------------------------------------------------------

    @api.model
    def _cron_print(self, number=1):
        """Print the long acts that wait. Run by the cron of this ``number``."""
        self.env["esign.act.printing"]._work_off(number)

    def _waits_for_paper(self, digest):
        """Tell whether the act, unchanged since, still waits for the paper with this digest."""
        act_sudo = self.exists().sudo()
        return act_sudo.print_state == "queued" and act_sudo.paper_digest == digest

    def _notify_maker(self, kind, words):
        """Tell whoever made the act, if he is there at this moment."""
        self.user_id._bus_send("simple_notification", {"type": kind, "message": words})


def _digest(html):
    return hashlib.sha256(html.encode()).hexdigest()
