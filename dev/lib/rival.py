"""The closest rival, `sign_oca` of the Odoo Community Association, beside our addon in the same Odoo: to be measured against.

It is fetched when a benchmark asks for it, never shipped, and nothing of it is copied.
"""

import base64
import subprocess
import zipfile

from dev.lib import paths
from dev.lib.trouble import Trouble, progress

PACKAGE = "odoo-addon-sign-oca==19.0.1.0.0.2"
FOLDER = paths.CACHE / "rival"
ADDONS = FOLDER / "odoo" / "addons"


def addons():
    """Return the folder that holds the rival's addon; fetch it first when it is not there."""
    if not (ADDONS / "sign_oca" / "__manifest__.py").exists():
        with progress("fetching the rival, sign_oca"):
            _fetch()
    return ADDONS


def _fetch():
    FOLDER.mkdir(parents=True, exist_ok=True)
    command = [paths.VENV / "bin/python", "-m", "pip", "download", "--quiet", "--no-deps", "--dest"]
    answer = subprocess.run(
        [*command, FOLDER, PACKAGE], capture_output=True, text=True, check=False
    )
    wheels = sorted(FOLDER.glob("*.whl"))
    if answer.returncode or not wheels:
        raise Trouble(f"the rival could not be fetched: {answer.stderr.strip()[-300:]}")
    with zipfile.ZipFile(wheels[-1]) as wheel:
        wheel.extractall(FOLDER)


def send(session, content, pages=1):
    """Send a document with one signature on its last page; return the address of the signer's page.

    :param session: the administrator's `rpc.Session`
    :param bytes content: the PDF
    """
    _let_in(session)
    partner = session.call(
        "res.partner", "create", {"name": "Claude", "email": "claude@client.example.com"}
    )
    role, box = _data_id(session, "sign_role_customer"), _box(session, pages)
    request = session.call("sign.oca.request", "create", {
        "name": "Act", "filename": "act.pdf", "data": base64.b64encode(content).decode(),
        "signer_ids": [(0, 0, {"partner_id": partner, "role_id": role})], "signatory_data": {"1": box},
    })  # fmt: skip
    session.call("sign.oca.request", "action_send", [request])
    signers = session.call(
        "sign.oca.request.signer", "search_read", [("request_id", "=", request)], ["access_url"]
    )
    return signers[0]["access_url"]


def _let_in(session):
    """Give the administrator the rival's group, once: writing it empties the server's caches before each measured step."""
    group = _data_id(session, "sign_oca_group_admin")
    has_it = [("id", "=", session.uid), ("group_ids", "in", [group])]
    if not session.call("res.users", "search_count", has_it):
        session.call("res.users", "write", [session.uid], {"group_ids": [(4, group)]})


def signature(session, picture, pages=1):
    """Return what the rival's page posts for that one signature, drawn by hand.

    :param bytes picture: a PNG, as its page makes one of what was drawn
    """
    value = "data:image/png;base64," + base64.b64encode(picture).decode()
    return {"items": {"1": _box(session, pages) | {"value": value}}}


def _box(session, page):
    return {
        "id": 1, "field_id": _data_id(session, "sign_field_signature"),
        "role_id": _data_id(session, "sign_role_customer"), "required": True, "page": page, "position_x": 60,
        "position_y": 75, "width": 25, "height": 8, "field_type": "signature", "name": "Signature", "tracking": False,
        "value": False, "default_value": False, "placeholder": False,
    }  # fmt: skip


def _data_id(session, name):
    domain = [("module", "=", "sign_oca"), ("name", "=", name)]
    return session.call("ir.model.data", "search_read", domain, ["res_id"])[0]["res_id"]
