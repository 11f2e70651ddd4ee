"""Every sentence of the signing page, in the signer's language.

The page fills in the `{placeholders}` itself; the server does it for refusals in `refusal_words`.
"""

import math

# Part of what a code is bound to: a changed consent text needs a new version.
CONSENT_VERSION = "2026-1"


def page_texts(env):
    """Return key → sentence for the page of a signer whose language ``env`` has."""
    return {
        **_common_texts(env),
        **_reading_texts(env),
        **_code_texts(env),
        **_fields_texts(env),
        **_signature_texts(env),
        **_decline_texts(env),
        **_situation_texts(env),
        **_end_texts(env),
        **_error_texts(env),
    }


def refusal_words(env, answer):
    """Return a refusal (design section 15) as a sentence for the signer.

    :param dict answer: ``error`` and what goes with it: ``tries_left``, ``retry_after``
    """
    texts = _error_texts(env)
    sentence = texts.get(f"error_{answer['error']}") or texts["error_failed"]
    minutes = math.ceil((answer.get("retry_after") or 60) / 60)
    tries = answer.get("tries_left")
    return sentence.replace("{minutes}", str(minutes)).replace(
        "{count}", str(tries if tries is not None else 0)
    )


def _common_texts(env):
    _ = env._
    return {
        "noscript": _(
            "This page needs JavaScript to show you the document and to take your signature. Please switch it on, or "
            "open the link in another browser. If neither helps, ask the person who sent you the document."
        ),
        "sign": _("Sign"),
        "continue": _("Continue"),
        "back": _("Back"),
        "back_to_document": _("Back to the document"),
        "try_again": _("Try again"),
        "reload": _("Reload the page"),
        "step_of": _("Step {n} of {count}"),
        "ask_sender": _("Questions? Please ask {name}:"),
        "problem_title": _("The page could not be loaded"),
    }


def _reading_texts(env):
    _ = env._
    return {
        "read_lead": _("{company} asks you to read and sign"),
        "sent_by": _("Sent by"),
        "deadline": _("Sign by"),
        "you_sign_as": _("You sign as"),
        "name_and_role": _("{name} ({role})"),
        "already_signed": _("Signed already"),
        "nobody_yet": _("Nobody yet: you are the first"),
        "signed_row": _("{name} ({role}), {when}"),
        "open_pdf": _("Open the unsigned PDF"),
        "go_on": _("Continue signing"),
        "decline": _("Decline"),
        "pages_label": _("The document"),
        "page_of": _("Page {n} of {count}"),
        "page_text": _("Page {n} as text"),
        "page_no_text": _("No text could be read from this page. It may be a scan."),
        "page_failed": _("This page could not be loaded."),
        "box_sign": _("Sign here: {role}"),
        "box_signed": _("Signed: {name}, {when}"),
        "box_drawn": _("Drawn"),
    }


def _code_texts(env):
    _ = env._
    return {
        "code_title": _("Confirm that it is you"),
        "code_label": _("6-digit code"),
        "code_sending": _("Sending the code…"),
        "code_sent_email": _("We have sent a code by e-mail to {address}."),
        "code_sent_sms": _("We have sent a code by SMS to {address}."),
        "code_sent_whatsapp": _("We have sent a code by WhatsApp to {address}."),
        "code_sent_before": _("A code was sent to {address} a short while ago. It still works."),
        "code_left": _("The code is valid for another {time}"),
        "code_minute_left": _("The code is valid for one more minute."),
        "code_over": _("The code has expired. Please ask for a new one."),
        "code_right": _("The code is right."),
        "code_wrong": _("Incorrect code. Tries left: {count}"),
        "code_six_digits": _("Please enter the 6 digits of the code."),
        "code_missing_title": _("No code?"),
        "code_missing_email": _("It can take a minute. Please look into your spam folder too."),
        "code_missing_phone": _(
            "It can take a minute. Please check that your phone has reception."
        ),
        "code_missing_ask": _(
            "If it does not come, or the address is not yours, please ask {name}:"
        ),
        "code_resend": _("Send a new code"),
        "code_resend_in": _("possible in {time}"),
        "code_resend_at": _("possible from {time}"),
    }


def _fields_texts(env):
    _ = env._
    return {
        "fields_title": _("Fill in the fields"),
        "fields_lead": _("What you enter here becomes part of the document."),
        "optional": _("{label} (optional)"),
        "on_page": _("On page {n}"),
        "field_needed": _("Please fill in this field."),
        "tick_needed": _("Please tick this box."),
        "fields_missing": _("Still to be filled in: {count}"),
        "draft_saved": _("Your entries are saved."),
        "draft_failed": _("Your entries are not saved yet: no connection. We keep trying."),
    }


def _signature_texts(env):
    _ = env._
    return {
        "signature_title": _("Your signature"),
        "signature_lead": _("You are signing “{title}”, number {number}."),
        "method_legend": _("How do you want to sign?"),
        "method_typed": _("Type your name"),
        "method_drawn": _("Draw by hand"),
        "typed_label": _("First and last name"),
        "typed_needed": _("Please enter your first and last name."),
        "typed_refused": _(
            "This name has characters that cannot be printed. Please write it with other letters, or draw."
        ),
        "drawn_needed": _("Please draw your signature in the box."),
        "pad_label": _("Box for your drawn signature"),
        "pad_hint": _("Sign here"),
        "pad_help": _("Use the mouse, a finger or a pen. Typing your name has the same effect."),
        "pad_undo": _("Undo"),
        "pad_undone": _("The last line was taken back."),
        "pad_clear": _("Clear"),
        "pad_cleared": _("The box is empty."),
        "consent_text": _(
            "I have read the document and agree to sign it electronically. My signature, confirmed by the code sent to "
            "me, is to have the same effect as one on paper, as far as the law allows."
        ),
        "consent_needed": _("Please tick this box to agree: without it you cannot sign."),
        "signing": _("Signing… please wait a moment."),
        "name_title": _("Another name?"),
        "name_unlike": _(
            "The document was sent to {invited}. You have entered {typed}. Both names will stand on the certificate page."
        ),
        "name_keep": _("Sign with this name"),
        "name_change": _("Change the name"),
    }


def _decline_texts(env):
    _ = env._
    return {
        "decline_title": _("Decline to sign?"),
        "decline_final": _("This is final: nobody will be able to sign this document any more."),
        "decline_code_next": _(
            "This is final: nobody will be able to sign this document any more. We ask for a code first, so that nobody "
            "else can decline in your name."
        ),
        "decline_reason": _("Your reason"),
        "decline_hint": _("{company} will read it."),
        "decline_reason_needed": _("Please give a reason."),
        "decline_send": _("Decline for good"),
        "decline_cancel": _("Do not decline"),
        "decline_code_notice": _("Enter the code to decline. Nothing has been declined yet."),
    }


def _situation_texts(env):
    _ = env._
    return {
        "waiting_title": _("It is not your turn yet"),
        "waiting_text": _("Others sign before you. You will get a message when it is your turn."),
        "signed_title": _("You have signed"),
        "signed_text": _(
            "Thank you. As soon as everybody has signed, you will get the finished document. You may close this page."
        ),
        "sealing_title": _("Everybody has signed"),
        "sealing_text": _(
            "The document is being sealed now. You will also get it by message, so you may close this page."
        ),
        "sealing_wait": _("Sealing…"),
        "sealing_long": _(
            "It is taking longer than usual. Nothing is lost: you will get the document by message."
        ),
        "done_title": _("The document is signed"),
        "done_text": _("Everybody has signed. The finished document is sealed against changes."),
        "download": _("Download the document"),
        "download_until": _("The download is open until {date}."),
        "download_keep": _(
            "Please keep the file: its last page tells who signed, when, and how to check it."
        ),
        "download_over": _(
            "The document is no longer available here. Please use the copy that you were sent."
        ),
        "lapsed_title": _("This link has expired"),
        "lapsed_text": _(
            "For your safety links work for a limited time only. We can send you a fresh one."
        ),
        "fresh_send": _("Send me a fresh link"),
        "fresh_sent": _(
            "If the document can still be signed, a fresh link is on its way to the address that the sender has for you."
        ),
        "superseded_title": _("This link no longer works"),
        "superseded_text": _(
            "It was replaced by a newer one. Please open the link in the latest message from {company}."
        ),
        "check_again": _("Check again"),
        "no_news": _("Nothing has changed yet."),
    }


def _end_texts(env):
    _ = env._
    return {
        "declined_title": _("The document was declined"),
        "declined_text": _("It will not be signed any more, and {company} has been told."),
        "decline_reason_given": _("The reason given"),
        "cancelled_title": _("The signing was cancelled"),
        "cancelled_text": _("{company} has taken the document back. You need not do anything."),
        "closed_title": _("This document can no longer be signed"),
        "closed_text": _("The signing has ended. Please ask {company} if you did not expect this."),
        "expired_title": _("The time for signing is over"),
        "expired_text": _("Please ask {company} to extend it if you still want to sign."),
        "gone_title": _("No longer available here"),
        "gone_text": _(
            "The time for downloading is over. Please use the copy that you were sent, or ask {company} for one."
        ),
        "locked_title": _("Signing is locked"),
        "locked_text": _(
            "Too many codes were asked for. For your safety no more are sent. The sender has been told and can unlock it."
        ),
        "not_found_title": _("This link no longer works"),
        "not_found_text": _("Please open the link in the latest message from {company}."),
    }


def _error_texts(env):
    _ = env._
    return {
        "error_not_found": _(
            "This link no longer works. Please open the link in the latest message."
        ),
        "error_code_wrong": _("Incorrect code. Tries left: {count}"),
        "error_code_expired": _("This code has expired. Please ask for a new one."),
        "error_code_void": _("This code can no longer be used. Please ask for a new one."),
        "error_code_wait": _(
            "A code was sent a moment ago. Please wait before you ask for another one."
        ),
        "error_code_limit": _(
            "Too many codes were asked for. You can have another one in {minutes} min."
        ),
        "error_code_undeliverable": _(
            "The code could not be sent. Please try again, or ask the sender."
        ),
        "error_locked": _(
            "Too many codes were asked for: signing is locked. The sender has been told and can unlock it."
        ),
        "error_not_confirmed": _(
            "Please confirm once more that it is you: the last confirmation has ended."
        ),
        "error_not_your_turn": _("It is not your turn yet. You will get a message when it is."),
        "error_internal_session": _(
            "This browser is logged in as a member of staff. A client's document can only be signed by the client: "
            "please use the client's own browser."
        ),
        "error_field_required": _("Please fill in this field."),
        "error_field_invalid": _("This entry does not fit here. Please correct it."),
        "error_image_refused": _("This picture cannot be used. Please choose another one."),
        "error_consent_missing": _("Please tick the box to agree: without it you cannot sign."),
        "error_already_signed": _(
            "This was already signed, in another window or on another device."
        ),
        "error_closed": _("This document can no longer be signed."),
        "error_busy": _("Someone else is working on this document just now. We keep trying…"),
        "error_failed": _(
            "Something went wrong on our side. Nothing you entered is lost: please try again."
        ),
        "error_network": _("No connection. Nothing you entered is lost: please try again."),
    }
