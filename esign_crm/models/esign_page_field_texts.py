"""What the signing page says around the fields that a signer fills in."""

from .esign_page_picture_texts import picture_texts


def fields_texts(env):
    """Return the sentences around the fields, in the language of ``env``."""
    return {
        "fields_title": env._("Fill in the fields"),
        "fields_lead": env._("What you enter here becomes part of the document."),
        "fields_filled": env._("Filled in: {n} of {count}"),
        "fields_as_list": env._("Show as a list"),
        "fields_on_pages": env._("Show on the document"),
        "field_of": env._("Field {n} of {count}"),
        "field_next": env._("Next field"),
        "field_previous": env._("Previous"),
        "close": env._("Close"),
        "optional": env._("{label} (optional)"),
        "on_page": env._("On page {n}"),
        "field_needed": env._("Please fill in this field."),
        "tick_needed": env._("Please tick this box."),
        "fields_missing": env._("Still to be filled in: {count}"),
        "fields_refused": env._("Still to be corrected: {count}"),
        "room": env._("room for about {count} characters"),
        "choice_none": env._("Please choose"),
        "choice_needed": env._("Please choose one of the answers."),
        "choice_clear": env._("No answer"),
        "draft_saved": env._("Your entries are saved."),
        "draft_failed": env._("Your entries are not saved yet: no connection. We keep trying."),
    } | picture_texts(env)
