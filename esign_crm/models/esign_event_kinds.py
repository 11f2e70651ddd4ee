"""The kinds of audit trail entries, in words, and one line that tells what an entry says."""

from odoo import fields
from odoo.tools import format_amount, format_date

KINDS = [
    ("sent", "Sent for signature"),
    ("invited", "Invited"),
    ("copy_invited", "Copy announced"),
    ("message_sent", "Message sent"),
    ("message_failed", "Message failed"),
    ("message_bounced", "Message came back"),
    ("link_opened", "Link opened"),
    ("page_shown", "Page shown"),
    ("code_sent", "Code sent"),
    ("code_failed", "Code could not be sent"),
    ("code_wrong", "Wrong code"),
    ("code_locked", "Locked: too many codes"),
    ("code_confirmed", "Code confirmed"),
    ("unlocked", "Unlocked"),
    ("authority_ended", "Not signed: the authority had ended"),
    ("consent", "Consent given"),
    ("signed", "Signed"),
    ("declined", "Declined"),
    ("fresh_link", "New link asked for"),
    ("contact_changed", "Contact changed"),
    ("delegation_proposed", "Another signer proposed"),
    ("delegation_accepted", "Another signer accepted"),
    ("delegation_refused", "Another signer refused"),
    ("delegation_withdrawn", "Proposal of another signer taken back"),
    ("cancelled", "Cancelled"),
    ("expired", "Expired"),
    ("extended", "Extended"),
    ("sealing", "Sealing begun"),
    ("sealed", "Sealed"),
    ("seal_failed", "Sealing failed"),
    ("completed", "Completed"),
    ("copy_asked", "Copy by mail asked for"),
    ("downloaded", "Downloaded"),
    ("withdrawn", "Withdrawn"),
]

COMPANY_KINDS = [
    ("sealing_key_created", "Sealing key made"),
    ("sealing_key_replaced", "Sealing key replaced"),
    ("gateway_changed", "Gateway changed"),
    ("public_address_changed", "Public address changed"),
    ("retention_changed", "Retention changed"),
    ("rights_changed", "Rights changed"),
    ("settings_changed", "Settings changed"),
]

# What a reader wants to know first; the rest of the details stays in the details.
_WHAT = (
    "named",
    "channel",
    "to",
    "address",
    "method",
    "by",
    "reason",
    "words",
    "purpose",
    "setting",
    "old",
    "new",
    "ip",
)

# What signers and receivers of the sealed file do not read.
INTERNAL = {"judged_amount", "judged_currency"}
# Of a delegation the reason stays inside, and of one that came to nothing whoever was named.
INTERNAL_OF_DELEGATION = {"reason"}
INTERNAL_OF_VAIN_DELEGATION = {"reason", "named", "channel", "to"}


def summary_of(event, details):
    """Return one line of words: what happened, to whom, and the facts that matter (masked values only)."""
    kind = dict(event._fields["kind"]._description_selection(event.env)).get(event.kind, "")
    if not event.details:
        return event.env._("%(what)s (details erased)", what=kind)
    if event.kind == "rights_changed":
        return rights_words(event.env, details)
    facts = (_fact(event.env, key, _words(details[key])) for key in _WHAT if key in details)
    parts = [kind, _who(details), *facts]
    parts.append(_judged_by(event.env, details))
    if details.get("approved_by"):
        parts.append(event.env._("approved by %(name)s", name=_words(details["approved_by"])))
    parts.append(_until(event.env, details.get("download_until")))
    parts.append(_ended_on(event.env, details.get("authority_until")))
    parts.append(_new_deadline(event, details.get("deadline_new")))
    return " · ".join(part for part in parts if part)


def rights_words(env, details):
    """Return the sentence for changed rights; ``details`` hold name, old, new and by."""
    levels = {
        "none": env._("no rights"),
        "user": env._("user"),
        "team_leader": env._("team leader"),
        "manager": env._("manager"),
        "admin": env._("administrator"),
    }
    return env._(
        "%(by)s changed the e-signature rights of %(name)s from “%(old)s” to “%(new)s”.",
        by=details.get("by", ""),
        name=details.get("name", ""),
        old=levels.get(details.get("old"), ""),
        new=levels.get(details.get("new"), ""),
    )


def _fact(env, key, value):
    """Return one detail in words; a setting has those of its field."""
    if key == "setting" and value.startswith("esign_"):
        field = env["res.company"]._fields.get(value)
        return field._description_string(env) if field else value
    known = env.cr.cache.setdefault("esign.coded_words", {})
    if env.lang not in known:  # a certificate page has dozens of facts
        known[env.lang] = _coded_words(env)
    return known[env.lang].get((key, value)) or value


def _coded_words(env):
    """Return (key, code) → words for the details that are kept as codes."""
    return {
        **{(key, "False"): env._("no") for key in ("old", "new")},
        **{(key, "True"): env._("yes") for key in ("old", "new")},
        ("channel", "email"): env._("by e-mail"),
        ("channel", "sms"): env._("by SMS"),
        ("channel", "whatsapp"): env._("by WhatsApp"),
        ("method", "typed"): env._("from the typed name"),
        ("method", "drawn"): env._("drawn by hand"),
        ("method", "image"): env._("as an image"),
        ("purpose", "invitation"): env._("invitation"),
        ("purpose", "reminder"): env._("reminder"),
        ("purpose", "fresh_link"): env._("new link"),
        ("purpose", "extended_notice"): env._("more time to sign"),
        ("purpose", "completed"): env._("signed document"),
        ("purpose", "copy_completed"): env._("copy of the signed document"),
        ("purpose", "mail_copy"): env._("copy that the signer asked for"),
        ("purpose", "declined_notice"): env._("notice of refusal"),
        ("purpose", "cancelled_notice"): env._("notice of cancellation"),
        ("purpose", "locked_notice"): env._("notice of a lock"),
        ("purpose", "deadline_notice"): env._("notice before the deadline"),
        ("purpose", "expired_notice"): env._("notice of the deadline's end"),
        ("purpose", "seal_failed_notice"): env._("notice of failed sealing"),
        ("purpose", "withdrawn_notice"): env._("notice of withdrawal"),
        ("purpose", "contact_changed_notice"): env._("notice to the former address"),
        ("purpose", "delegated_notice"): env._("notice of an accepted delegation"),
        ("purpose", "delegation_refused_notice"): env._("notice of a refused delegation"),
    }


def _who(details):
    """Return ``Anna Kowalska (Client)`` from what the callers put into the details."""
    name, role = _words(details.get("name")), _words(details.get("role"))
    return f"{name} ({role})" if name and role else name or role


def _judged_by(env, details):
    """Return by which amount the sending was judged, as the reader writes amounts; nothing where it was not."""
    text = details.get("judged_amount")
    if not isinstance(text, str):
        return ""
    if not text:
        return env._("judged without a known amount")
    code = _words(details.get("judged_currency"))
    currencies = env["res.currency"].with_context(active_test=False)
    currency = currencies.search([("name", "=", code)], limit=1)
    amount = format_amount(env, float(text), currency) if currency else f"{text} {code}"
    return env._("judged by %(amount)s", amount=amount)


def _words(value):
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _until(env, text):
    return (
        env._("until %(date)s", date=format_date(env, text[:10])) if isinstance(text, str) else ""
    )


def _new_deadline(event, text):
    """Return the deadline that an extension set, as a day where the reader is."""
    if not isinstance(text, str):
        return ""
    local = fields.Datetime.context_timestamp(event, fields.Datetime.to_datetime(text))
    return event.env._("until %(date)s", date=format_date(event.env, local.date()))


def _ended_on(env, text):
    """Return the last valid day of an authority by which nobody could sign any more."""
    return env._("on %(day)s", day=format_date(env, text)) if isinstance(text, str) else ""
