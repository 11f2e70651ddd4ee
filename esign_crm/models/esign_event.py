"""The audit trail: entries that are added, chained by hashes, and never changed."""

import json
import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError
from odoo.tools import SQL
from odoo.tools.json import json_default

from ..tools import event_chain, masking
from ..tools.content_hash import canonical
from . import advisory_lock
from .advisory_lock import Space
from .esign_event_kinds import COMPANY_KINDS, KINDS, summary_of

_CHAINED = ("sequence", "kind", "moment", "details", "salt", "details_digest", "previous", "hash")


class EsignEvent(models.Model):
    """One entry of the audit trail of a request, or of a company when it belongs to no request.

    Written by :meth:`_append` and :meth:`_append_company` only. ``create``, ``write`` and ``unlink`` refuse
    everybody; behind them a trigger of PostgreSQL refuses every change but the erasure of details. No key
    leads out of the table but ``request_id``: people and companies are plain values, so that deleting or
    merging them leaves the trail as it is.
    """

    _name = "esign.event"
    _description = "Audit trail entry"
    _log_access = False
    _order = "id"
    _rec_name = "kind"

    request_id = fields.Many2one("esign.request", readonly=True, index=True, ondelete="restrict")
    company = fields.Integer(
        required=True, readonly=True, help="Id of the company, without a foreign key."
    )
    sequence = fields.Integer(required=True, readonly=True, aggregator=None)
    kind = fields.Selection(KINDS + COMPANY_KINDS, string="Event", required=True, readonly=True)
    moment = fields.Datetime(required=True, readonly=True)
    details = fields.Text(readonly=True, help="Canonical JSON; empty once erased.")
    salt = fields.Char(readonly=True)
    details_digest = fields.Char(required=True, readonly=True)
    previous = fields.Char(string="Hash of the entry before", required=True, readonly=True)
    hash = fields.Char(required=True, readonly=True)
    summary = fields.Char(compute="_compute_summary")

    _request_sequence_unique = models.UniqueIndex("(request_id, sequence)")
    _company_sequence_unique = models.UniqueIndex("(company, sequence) WHERE request_id IS NULL")

    @api.depends("details", "kind")
    @api.depends_context("lang", "tz")
    def _compute_summary(self):
        for event in self:
            event.summary = summary_of(event, event._details())

    # --- database ---

    def init(self):
        """Put the trigger behind the model; repeated at each update, which changes nothing."""
        self.env.cr.execute(_FUNCTION)
        for name, when in _TRIGGERS.items():
            self.env.cr.execute(
                "SELECT FROM pg_trigger WHERE tgname = %s AND tgrelid = %s::regclass",
                (name, self._table),
            )
            if not self.env.cr.rowcount:
                self.env.cr.execute(
                    SQL(
                        "CREATE TRIGGER %s %s EXECUTE FUNCTION esign_event_guard()",
                        SQL.identifier(name),
                        SQL(when),
                    )
                )

    @api.model
    def _drop_guard(self):
        """Take trigger and function away, so that uninstalling leaves nothing behind in PostgreSQL."""
        self.env.cr.execute("DROP FUNCTION IF EXISTS esign_event_guard() CASCADE")

    # --- CRUD: refused to everybody, superuser included ---

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse: entries are made by the signing process itself."""
        if vals_list:
            raise self._refusal()
        return super().create(vals_list)

    def write(self, vals):
        """Refuse: entries never change."""
        if vals:
            raise self._refusal()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise self._refusal()

    def _refusal(self):
        return AccessError(
            self.env._("The audit trail is written by the signing process and never changed.")
        )

    # --- reading ---

    def _details(self):
        """Return the details as a dictionary; empty once erased."""
        self.ensure_one()
        return json.loads(self.details) if self.details else {}

    @api.model
    def _verify(self, request):
        """Check the whole trail of ``request`` and return its head.

        :raises ChainError: an entry is missing or altered, or the trail does not end where the request says
        """
        request.ensure_one()
        self.env.flush_all()
        head = self.env.execute_query(
            SQL("SELECT chain_head FROM esign_request WHERE id = %s", request.id)
        )[0][0]
        return event_chain.verify(self._rows(SQL("request_id = %s", request.id)), head)

    @api.model
    def _verify_company(self, company):
        """Check the company's own trail and return its head.

        :raises ChainError: an entry is missing or altered
        """
        return event_chain.verify(
            self._rows(SQL("request_id IS NULL AND company = %s", company.id))
        )

    @api.model
    def _rows(self, condition):
        """Return the stored entries as they are, past every cache."""
        columns = SQL(", ").join(SQL.identifier(name) for name in _CHAINED)
        query = SQL("SELECT %s FROM esign_event WHERE %s ORDER BY sequence, id", columns, condition)
        return [event_chain.ChainRow(*row) for row in self.env.execute_query(query)]

    # --- writing ---

    @api.model
    def _append(self, request, kind, details, moment=None):
        """Add an entry to the trail of ``request`` and return it.

        The trail starts with ``sent``: a draft has none, and nothing is added to it (an empty recordset is
        returned). Locks the request until the transaction ends; under REPEATABLE READ a concurrent change is a
        serialisation error, upon which Odoo repeats the transaction.

        :param str kind: one of ``KINDS``
        :param dict details: JSON values, masked where they are addresses; never a secret
        :param datetime moment: when it happened, in UTC; now when left out
        """
        request.ensure_one()
        self._check_kind(kind)
        sequence, head, company_id = self._lock_chain(request)
        if not sequence and kind != "sent":
            return self.browse()
        event = self._insert(request.id, company_id, kind, details, moment, (sequence, head))
        self.env.cr.execute(
            "UPDATE esign_request SET chain_sequence = %s, chain_head = %s WHERE id = %s",
            (event.sequence, event.hash, request.id),
        )
        request.invalidate_recordset(["chain_sequence", "chain_head", "event_ids"], flush=False)
        request._on_event(event)
        return event

    @api.model
    def _append_company(self, company, kind, details):
        """Add an entry to the company's own trail, of which no request is part, and return it.

        :param str kind: one of ``COMPANY_KINDS``
        """
        company.ensure_one()
        self._check_kind(kind)
        for _attempt in range(20):
            event = self._insert(None, company.id, kind, details, None, self._company_head(company))
            if event:
                return event
        raise AssertionError("the trail of the company grows faster than it is written to")

    @api.model
    def _erase(self, request):
        """Take the details away, for good; hashes and thereby the proof of order and integrity stay."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE esign_event SET details = NULL, salt = NULL WHERE request_id IN %s AND details IS NOT NULL",
            (tuple(request.ids) or (0,),),
        )
        self.invalidate_model(["details", "salt", "summary"], flush=False)

    @api.model
    def _check_kind(self, kind):
        if kind not in dict(self._fields["kind"].selection):
            raise ValueError(f"unknown kind of event: {kind}")

    @api.model
    def _lock_chain(self, request):
        """Return (last sequence, head, company id) of the request, whose row stays locked."""
        request.flush_recordset()
        self.env.cr.execute(
            "SELECT chain_sequence, chain_head, company_id FROM esign_request WHERE id = %s FOR UPDATE",
            (request.id,),
        )
        row = self.env.cr.fetchone()
        if not row:
            raise MissingError(self.env._("This request does not exist any more."))
        return row[0] or 0, row[1] or event_chain.GENESIS, row[2]

    @api.model
    def _company_head(self, company):
        """Return (last sequence, head) of the company's trail, one writer at a time."""
        advisory_lock.wait(self.env.cr, Space.TRAIL_OF_COMPANY, company.id)
        self.env.cr.execute(
            "SELECT sequence, hash FROM esign_event WHERE request_id IS NULL AND company = %s"
            " ORDER BY sequence DESC LIMIT 1",
            (company.id,),
        )
        return self.env.cr.fetchone() or (0, event_chain.GENESIS)

    @api.model
    def _insert(self, request_id, company_id, kind, details, moment, last):
        """Insert the entry that follows ``last`` and return it; nothing when another one took its place.

        ON CONFLICT makes PostgreSQL say 40001 where the snapshot is older than the entry in the way, so that
        Odoo repeats the transaction; a unique violation it would not repeat.
        """
        row = _chained(
            kind, details, (moment or fields.Datetime.now()).replace(microsecond=0), *last
        )
        row |= {"request_id": request_id, "company": company_id}
        self.env.cr.execute(
            SQL(
                "INSERT INTO esign_event (%s) VALUES %s ON CONFLICT DO NOTHING RETURNING id",
                SQL(", ").join(map(SQL.identifier, row)),
                tuple(row.values()),
            )
        )
        event_sudo = self.sudo().browse([each for (each,) in self.env.cr.fetchall()])
        for each in event_sudo:
            each._update_cache(row)  # nobody changes an entry, so it need not be read back
        return event_sudo


def _chained(kind, details, moment, sequence, head):
    """Return the column values of the entry that follows entry ``sequence`` with the hash ``head``."""
    plain = json.loads(json.dumps(details or {}, default=json_default))
    text = masking.mask_links(canonical(plain).decode())
    salt = secrets.token_hex(16)
    digest = event_chain.details_digest(salt, text)
    return {
        "sequence": sequence + 1,
        "kind": kind,
        "moment": moment,
        "details": text,
        "salt": salt,
        "details_digest": digest,
        "previous": head,
        "hash": event_chain.row_hash(head, sequence + 1, kind, moment, digest),
    }


# A column that a later version adds may be filled by its update; what is chained may not be touched.
_FUNCTION = """
    CREATE OR REPLACE FUNCTION esign_event_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF NEW IS DISTINCT FROM OLD
                AND (NEW.id, NEW.request_id, NEW.company, NEW.sequence, NEW.kind, NEW.moment,
                     NEW.details_digest, NEW.previous, NEW.hash)
                    IS NOT DISTINCT FROM
                    (OLD.id, OLD.request_id, OLD.company, OLD.sequence, OLD.kind, OLD.moment,
                     OLD.details_digest, OLD.previous, OLD.hash)
                AND ((NEW.details, NEW.salt) IS NOT DISTINCT FROM (OLD.details, OLD.salt)
                     OR (NEW.details IS NULL AND NEW.salt IS NULL))
            THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION 'esign_event is append-only: % refused', TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END $$
"""
_TRIGGERS = {
    "esign_event_guard_row": "BEFORE UPDATE OR DELETE ON esign_event FOR EACH ROW",
    "esign_event_guard_truncate": "BEFORE TRUNCATE ON esign_event FOR EACH STATEMENT",
}
