"""What the signing page says to whoever will not sign himself: declining, or asking somebody else to sign."""


def not_signing_texts(env):
    """Return key → sentence, in the language of ``env``."""
    return _decline_texts(env) | _delegate_texts(env)


def _decline_texts(env):
    return {
        "decline_title": env._("Decline to sign?"),
        "decline_final": env._(
            "This is final: nobody will be able to sign this document any more."
        ),
        "decline_code_next": env._(
            "This is final: nobody will be able to sign this document any more. We ask for a code first, so that nobody "
            "else can decline in your name."
        ),
        "decline_reason": env._("Your reason"),
        "decline_reason_hint": env._("{company} will read it."),
        "decline_reason_needed": env._("Please give a reason."),
        "decline_send": env._("Decline for good"),
        "decline_cancel": env._("Do not decline"),
        "decline_code_notice": env._("Enter the code to decline. Nothing has been declined yet."),
    }


def _delegate_texts(env):
    return {
        "delegate": env._("Ask somebody else to sign"),
        "delegate_title": env._("Who should sign in your place?"),
        "delegate_lead": env._(
            "We ask {company} whether this person may sign for you. Until they have agreed, you can still sign yourself."
        ),
        "delegate_code_next": env._(
            "We ask for a code first, so that nobody else can do this in your name."
        ),
        "delegate_name": env._("First and last name"),
        "delegate_address": env._("E-mail address or phone number"),
        "delegate_address_hint": env._(
            "This person's own. The link and the code are sent there if {company} agrees."
        ),
        "delegate_reason": env._("Why this person?"),
        "delegate_reason_hint": env._("{company} will read it."),
        "delegate_name_needed": env._("Please enter the person's first and last name."),
        "delegate_address_needed": env._("Please enter an e-mail address or a phone number."),
        "delegate_reason_needed": env._("Please give a reason."),
        "delegate_send": env._("Ask {company}"),
        "delegate_cancel": env._("Cancel"),
        "delegate_code_notice": env._("Enter the code to go on. Nobody has been asked yet."),
        "delegated_asked": env._(
            "You have asked that {name} sign in your place. {company} has been told and will decide; you will get a message. "
            "Until then you can still sign yourself."
        ),
        "delegated_back": env._("Take this back"),
        "delegated_back_notice": env._("Enter the code to take it back."),
        "delegated_title": env._("Somebody else signs in your place"),
        "delegated_text": env._(
            "{company} has agreed to it. You need not do anything, and this link no longer opens the document."
        ),
        "in_place_of": env._("In place of"),
    }
