"""Every sentence of the verification page, in the language of ``env``."""


def page_texts(env):
    """Return key → sentence for the page and its script, which fills in the ``{placeholders}``."""
    return {
        "title": env._("Check a signed document"),
        "lead": env._(
            "Was this document really signed, and is your copy unchanged? The file tells for certain; the code tells what "
            "was signed."
        ),
        "file_title": env._("Check the file"),
        "file_lead": env._(
            "Choose the signed PDF file. Only the file itself can prove that nothing was changed; a paper print or a scan "
            "cannot."
        ),
        "file_label": env._("PDF file, up to 25 MB"),
        "file_kept": env._("The file is only compared, not kept."),
        "code_title": env._("Look up by code"),
        "code_label": env._("Code from the certificate page"),
        "code_show": env._("Show the record"),
        **_script_texts(env),
    }


def _script_texts(env):
    return {
        "file_drop": env._("You can also drop the file here."),
        "file_stays": env._(
            "The file stays on your device: only its SHA-256, which tells nothing of what is in it, is sent. The file itself "
            "is uploaded only if you ask for a full check."
        ),
        "file_stays_not": env._(
            "This page was opened without encryption, so your browser cannot compute the SHA-256 itself. The file has to be "
            "uploaded."
        ),
        "hashing": env._("Reading the file “{name}”…"),
        "asking": env._("Looking it up…"),
        "checked_file": env._("Checked: {name}"),
        "upload": env._("Upload the file for a full check"),
        "upload_lead": env._(
            "A full check examines the seal itself and says what is wrong. The file is not kept."
        ),
        "uploading": env._("Uploading: {percent} %"),
        "examining": env._("The file is being examined…"),
        "too_large": env._("The file is larger than 25 MB."),
        "empty": env._("No file was chosen, or it is empty."),
        "not_pdf": env._("The file is not a PDF."),
        "unreadable_here": env._(
            "Your browser could not read the file. It may have been moved or changed: please choose it again."
        ),
        "network": env._("No connection. Please try again."),
        "failed": env._("Something went wrong on our side. Please try again."),
        "try_again": env._("Try again"),
    }


def headline(env, by, verdict, reasons):
    """Return (heading, sentence) of a verdict.

    :param str by: what was checked: ``code``, ``file``, ``hash`` (of a file that the page itself has hashed), ``digits``
        (a SHA-256 that came from elsewhere)
    """
    if by == "file":
        return _file_headlines(env)[verdict]
    if by == "code":
        return _code_headlines(env)[verdict]
    if "copy_erased" in reasons:
        return _erased_headline(env)
    if by == "hash":
        return _hash_headlines(env).get(verdict) or _file_headlines(env)[verdict]
    return _digits_headlines(env)[verdict]


def _file_headlines(env):
    return {
        "valid": (
            env._("The file is genuine and unchanged"),
            env._("It is, byte for byte, the document that was signed and sealed here."),
        ),
        "revoked": (
            env._("The document was withdrawn"),
            env._(
                "The file is genuine and unchanged, but the company no longer stands by it. Ask the company before you "
                "rely on it."
            ),
        ),
        "unknown": (env._("This file was not issued here"), ""),
        "invalid": (env._("Do not rely on this file"), ""),
    }


def _hash_headlines(env):
    return {
        "unknown": (
            env._("This is not a file that was sealed here"),
            env._(
                "It may be a changed copy, or come from elsewhere. Upload it for a full check to learn more."
            ),
        ),
    }


def _erased_headline(env):
    return (
        env._("A file with exactly this SHA-256 was sealed here"),
        env._(
            "Our own copy has been erased since, so its seal cannot be examined here. Upload your file for a full check."
        ),
    )


def _digits_headlines(env):
    return {
        "valid": (
            env._("A file with exactly this SHA-256 was sealed here"),
            env._(
                "That proves nothing about the file in your hands: choose it below, and it is compared."
            ),
        ),
        "revoked": (
            env._("A file with exactly this SHA-256 was sealed here, and later withdrawn"),
            env._(
                "The company no longer stands by it. Ask the company before you rely on your copy."
            ),
        ),
        "unknown": (env._("No file with this SHA-256 was sealed here"), ""),
        "invalid": (env._("Do not rely on this file"), ""),
    }


def _code_headlines(env):
    return {
        "valid": (
            env._("A document with this code was signed"),
            env._(
                "Compare the facts below with your copy. That the code is right does not prove that your copy is: a code "
                "can be put onto any paper. To be sure, check the file."
            ),
        ),
        "revoked": (
            env._("A document with this code was signed, and later withdrawn"),
            env._(
                "The company no longer stands by it. Ask the company before you rely on your copy."
            ),
        ),
        "unknown": (
            env._("No signed document has this code"),
            env._(
                "Please compare the code with the certificate page: it is at the end of the signed document."
            ),
        ),
    }


def fact_labels(env):
    """Return fact → label in the order of reading."""
    return {
        "number": env._("Number"),
        "title": env._("Document"),
        "company": env._("Sent by"),
        "completed_at": env._("Completed"),
        "withdrawn_at": env._("Withdrawn on"),
        "pages": env._("Pages without the certificate"),
        "parties": env._("Signed by"),
        "sha256": env._("SHA-256 of the file"),
        "key_fingerprint": env._("Fingerprint of the sealing key"),
    }


def reason_words(env, reason):
    """Return the sentence of a reason's code."""
    return _reasons(env).get(reason) or env._(
        "The file did not pass the check (%(reason)s).", reason=reason
    )


def _reasons(env):
    return {
        "compare_facts": env._(
            "A document with this number was signed. Compare these facts with your copy."
        ),
        "same_sha256": env._("A file with exactly this SHA-256 was sealed here."),
        "copy_erased": env._("Our own copy of the file has been erased."),
        "withdrawn": env._("The company has withdrawn this document."),
        "not_in_registry": env._(
            "This is not known here: it was not issued by this system, or the code is mistyped."
        ),
        "hash_differs": env._("The file is not byte for byte the one that was sealed."),
        "seal_broken": env._("The seal itself is damaged or was altered."),
        "padding_changed": env._("The unused room after the seal was altered."),
        "content_changed": env._("The content was changed after it was sealed."),
        "prefix_differs": env._("The file does not begin with the document that was signed."),
        "appended": env._("Something was added to the document after it was sealed."),
        "trailing_bytes": env._("There are foreign bytes behind the end of the document."),
        "not_whole_file": env._(
            "The seal does not cover exactly this file: part of it is missing or outside."
        ),
        "not_certified": env._("The seal does not forbid later changes, as a seal of ours does."),
        "extra_signature": env._("The file carries other signatures than the one seal."),
        "wrong_key": env._("The file was sealed with another key, whatever name that key states."),
        "key_not_in_force": env._("The seal was made at a time when its key was not in force."),
        "timestamp_broken": env._("The timestamp on the seal is damaged or was altered."),
        "no_seal": env._("The file carries no seal."),
        "unreadable": env._("The file is damaged and cannot be examined."),
        "not_pdf": env._("The file is not a PDF."),
        "too_large": env._("The file is larger than 25 MB."),
        "empty": env._("No file was chosen, or it is empty."),
        "busy": env._("Too many files are being checked just now. Try again in a minute."),
        "too_many": env._(
            "Too many checks were made from your network. Please try again in a minute."
        ),
    }
