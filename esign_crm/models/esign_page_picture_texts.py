"""What the signing page says around a picture: of a stamp, of a signature."""

from .esign_page_reasons import picture_reasons


def picture_texts(env):
    """Return the sentences around pictures, in the language of ``env``."""
    return {
        "method_image": env._("Use a picture"),
        "image_label": env._("Picture of your signature"),
        "image_needed": env._("Please choose a picture of your signature."),
        "picture_hint": env._("PNG, JPEG or WebP; a photo of it on white paper will do"),
        "picture_on_file": env._("your stamp on file is used unless you choose another picture"),
        "stamp_earlier": env._("Use the stamp of {when}"),
        "picture_alt": env._("The picture you have chosen"),
        "picture_camera": env._("Take a photo"),
        "picture_cut": env._("Cut out or turn"),
        "picture_remove": env._("Remove the picture"),
        "picture_needed": env._("Please choose a picture of the stamp."),
        "picture_working": env._("Checking the picture…"),
        "picture_ready": env._(
            "This is how it will stand in the document, without the paper around it."
        ),
        "crop_title": env._("Which part is to stand in the document?"),
        "crop_hint": env._(
            "Drag the corners, or move them with the arrow keys. The frame can be dragged too."
        ),
        "crop_use": env._("Use this part"),
        "crop_turn": env._("Turn"),
        "crop_cancel": env._("Cancel"),
        "corner_upper_left": env._("Upper left corner"),
        "corner_upper_right": env._("Upper right corner"),
        "corner_lower_left": env._("Lower left corner"),
        "corner_lower_right": env._("Lower right corner"),
    } | picture_reasons(env)
