"""Every sentence of the signing page, in the signer's language.

The page fills in the `{placeholders}` itself; the server does it for refusals in `refusal_words`.
"""

import math

from .esign_page_afterwards_texts import afterwards_texts
from .esign_page_field_texts import fields_texts
from .esign_page_not_signing_texts import not_signing_texts
from .esign_page_reasons import reason_words
from .esign_page_signature_texts import signature_ways_texts
from .esign_page_trouble_texts import line_texts

# Part of what a code is bound to: a changed consent text needs a new version.
CONSENT_VERSION = "2026-1"


def page_texts(env):
    """Return key → sentence for the page of a signer whose language ``env`` has."""
    return {
        **_common_texts(env),
        **_reading_texts(env),
        **_code_texts(env),
        **fields_texts(env),
        **_signature_texts(env),
        **signature_ways_texts(env),
        **not_signing_texts(env),
        **_situation_texts(env),
        **_end_texts(env),
        **afterwards_texts(env),
        **_error_texts(env),
        **line_texts(env),
    }


def refusal_words(env, answer):
    """Return a refusal (design section 15) as a sentence for the signer.

    :param dict answer: ``error`` and what goes with it: ``tries_left``, ``retry_after``
    """
    texts = _error_texts(env)
    sentence = (
        reason_words(env, answer) or texts.get(f"error_{answer['error']}") or texts["error_failed"]
    )
    minutes = math.ceil((answer.get("retry_after") or 60) / 60)
    tries = answer.get("tries_left")
    return sentence.replace("{minutes}", str(minutes)).replace(
        "{count}", str(tries if tries is not None else 0)
    )


def _common_texts(env):
    return {
        "sign": env._("Sign"),
        "continue": env._("Continue"),
        "back": env._("Back"),
        "back_to_document": env._("Back to the document"),
        "try_again": env._("Try again"),
        "reload": env._("Reload the page"),
        "step_of": env._("Step {n} of {count}"),
        "ask_sender": env._("Questions? Please ask {name}:"),
        "problem_title": env._("The page could not be loaded"),
    }


def _reading_texts(env):
    return {
        "read_lead": env._("{company} asks you to read and sign"),
        "note_by": env._("{name} writes:"),
        "sent_by": env._("Sent by"),
        "deadline": env._("Sign by"),
        "you_sign_as": env._("You sign as"),
        "name_and_role": env._("{name} ({role})"),
        "already_signed": env._("Signed already"),
        "nobody_yet": env._("Nobody yet: you are the first"),
        "signed_row": env._("{name} ({role}), {when}"),
        "open_pdf": env._("Open the unsigned PDF"),
        "go_on": env._("Continue signing"),
        "decline": env._("Decline"),
        "pages_label": env._("The document"),
        "page_of": env._("Page {n} of {count}"),
        "pages_all": env._("All pages"),
        "zoom": env._("Size of the document"),
        "zoom_in": env._("Larger"),
        "zoom_out": env._("Smaller"),
        "page_text": env._("Page {n} as text"),
        "page_no_text": env._("No text could be read from this page. It may be a scan."),
        "page_failed": env._("This page could not be loaded."),
        "box_sign": env._("Sign here: {role}"),
        "box_signed": env._("Signed: {name}, {when}"),
        "box_drawn": env._("Drawn"),
    }


def _code_texts(env):
    return {
        "code_title": env._("Confirm that it is you"),
        "code_label": env._("6-digit code"),
        "code_sending": env._("Sending the code…"),
        "code_sent_email": env._("We have sent a code by e-mail to {address}."),
        "code_sent_sms": env._("We have sent a code by SMS to {address}."),
        "code_sent_whatsapp": env._("We have sent a code by WhatsApp to {address}."),
        "code_sent_before": env._(
            "A code was sent to {address} a short while ago. It still works."
        ),
        "code_left": env._("The code is valid for another {time}"),
        "code_minute_left": env._("The code is valid for one more minute."),
        "code_over": env._("The code has expired. Please ask for a new one."),
        "code_other_language": env._(
            "You have changed the language of the page. The code sent before no longer works: please ask for a new one."
        ),
        "code_right": env._("The code is right."),
        "code_wrong": env._("Incorrect code. Tries left: {count}"),
        "code_six_digits": env._("Please enter the 6 digits of the code."),
        "code_missing_title": env._("No code?"),
        "code_missing_email": env._("It can take a minute. Please look into your spam folder too."),
        "code_missing_phone": env._(
            "It can take a minute. Please check that your phone has reception."
        ),
        "code_missing_ask": env._(
            "If it does not come, or the address is not yours, please ask {name}:"
        ),
        "code_resend": env._("Send a new code"),
        "code_resend_in": env._("possible in {time}"),
        "code_resend_at": env._("possible from {time}"),
    }


def _signature_texts(env):
    return {
        "signature_title": env._("Your signature"),
        "signature_lead": env._("You are signing “{title}”, number {number}."),
        "method_legend": env._("How do you want to sign?"),
        "method_typed": env._("Type your name"),
        "method_drawn": env._("Draw by hand"),
        "typed_label": env._("First and last name"),
        "typed_needed": env._("Please enter your first and last name."),
        "typed_refused": env._(
            "This name has characters that cannot be printed. Please write it with other letters, or draw."
        ),
        "drawn_needed": env._("Please draw your signature in the box."),
        "pad_label": env._("Box for your drawn signature"),
        "pad_hint": env._("Sign here"),
        "pad_help": env._(
            "Use the mouse, a finger or a pen. Typing your name has the same effect."
        ),
        "pad_undo": env._("Undo the last line"),
        "pad_undone": env._("The last line was taken back."),
        "pad_clear": env._("Clear"),
        "pad_cleared": env._("The box is empty."),
        "consent_text": env._(
            "I have read the document and agree to sign it electronically. My signature, confirmed by the code sent to "
            "me, is to have the same effect as one on paper, as far as the law allows."
        ),
        "consent_needed": env._("Please tick this box to agree: without it you cannot sign."),
        "signing": env._("Signing… please wait a moment."),
        "name_title": env._("Another name?"),
        "name_unlike": env._(
            "The document was sent to {invited}. You have entered {typed}. Both names will stand on the certificate page."
        ),
        "name_keep": env._("Sign with this name"),
        "name_change": env._("Change the name"),
    }


def _situation_texts(env):
    return {
        "waiting_title": env._("It is not your turn yet"),
        "waiting_text": env._(
            "Others sign before you. You will get a message when it is your turn."
        ),
        "signed_title": env._("You have signed"),
        "signed_text": env._(
            "Thank you. As soon as everybody has signed, you will get the finished document. You may close this page."
        ),
        "sealing_title": env._("Everybody has signed"),
        "sealing_text": env._(
            "The document is being sealed now. You will also get it by message, so you may close this page."
        ),
        "sealing_wait": env._("Sealing…"),
        "sealing_long": env._(
            "It is taking longer than usual. Nothing is lost: you will get the document by message."
        ),
        "done_title": env._("The document is signed"),
        "done_text": env._(
            "Everybody has signed. The finished document is sealed against changes."
        ),
        "download": env._("Download the document"),
        "download_until": env._("The download is open until {date}."),
        "download_keep": env._(
            "Please keep the file: its last page tells who signed, when, and how to check it."
        ),
        "download_over": env._(
            "The document is no longer available here. Please use the copy that you were sent."
        ),
        "lapsed_title": env._("This link has expired"),
        "lapsed_text": env._(
            "For your safety links work for a limited time only. We can send you a fresh one."
        ),
        "fresh_send": env._("Send me a fresh link"),
        "fresh_sent": env._(
            "If the document can still be signed, a fresh link is on its way to the address that the sender has for you."
        ),
        "superseded_title": env._("This link no longer works"),
        "superseded_text": env._(
            "It was replaced by a newer one. Please open the link in the latest message from {company}."
        ),
        "check_again": env._("Check again"),
        "no_news": env._("Nothing has changed yet."),
    }


def _end_texts(env):
    return {
        "declined_title": env._("The document was declined"),
        "declined_text": env._("It will not be signed any more, and {company} has been told."),
        "decline_reason_given": env._("The reason given"),
        "cancelled_title": env._("The signing was cancelled"),
        "cancelled_text": env._("{company} has taken the document back. You need not do anything."),
        "closed_title": env._("This document can no longer be signed"),
        "closed_text": env._(
            "The signing has ended. Please ask {company} if you did not expect this."
        ),
        "expired_title": env._("The time for signing is over"),
        "expired_text": env._("Please ask {company} to extend it if you still want to sign."),
        "gone_title": env._("No longer available here"),
        "gone_text": env._(
            "The time for downloading is over. Please use the copy that you were sent, or ask {company} for one."
        ),
        "withdrawn_title": env._("The document was withdrawn"),
        "withdrawn_text": env._(
            "{company} no longer stands by it. Please ask {company} before you rely on your copy."
        ),
        "locked_title": env._("Signing is locked"),
        "locked_text": env._(
            "Too many codes were asked for. For your safety no more are sent. The sender has been told and can unlock it."
        ),
        "not_found_title": env._("This link no longer works"),
        "not_found_text": env._("Please open the link in the latest message from {company}."),
    }


def _error_texts(env):
    return {
        "error_not_found": env._(
            "This link no longer works. Please open the link in the latest message."
        ),
        "error_code_wrong": env._("Incorrect code. Tries left: {count}"),
        "error_code_expired": env._("This code has expired. Please ask for a new one."),
        "error_code_void": env._("This code can no longer be used. Please ask for a new one."),
        "error_code_wait": env._(
            "A code was sent a moment ago. Please wait before you ask for another one."
        ),
        "error_code_limit": env._(
            "Too many codes were asked for. You can have another one in {minutes} min."
        ),
        "error_code_undeliverable": env._(
            "The code could not be sent. Please try again, or ask the sender."
        ),
        "error_locked": env._(
            "Too many codes were asked for: signing is locked. The sender has been told and can unlock it."
        ),
        "error_not_confirmed": env._(
            "Please confirm once more that it is you: the last confirmation has ended."
        ),
        "error_not_your_turn": env._("It is not your turn yet. You will get a message when it is."),
        "error_internal_session": env._(
            "This browser is logged in as a member of staff. A client's document can only be signed by the client: "
            "please use the client's own browser."
        ),
        "error_field_required": env._("Please fill in this field."),
        "error_field_invalid": env._("This entry does not fit here. Please correct it."),
        "error_image_refused": env._("This picture cannot be used. Please choose another one."),
        "error_consent_missing": env._("Please tick the box to agree: without it you cannot sign."),
        "error_already_signed": env._(
            "This was already signed, in another window or on another device."
        ),
        "error_closed": env._("This document can no longer be signed."),
        "error_busy": env._("Someone else is working on this document just now. We keep trying…"),
        "error_failed": env._(
            "Something went wrong on our side. Nothing you entered is lost: please try again."
        ),
        "error_network": env._("No connection. Nothing you entered is lost: please try again."),
    }
