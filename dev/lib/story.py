"""The story of `dev/run`: one document from a deal to a verified sealed PDF, over real wires."""

import base64
import json
import subprocess
import time

import requests

from dev.lib import paths
from dev.lib.trouble import Trouble, say
from dev.lib.visitor import Inbox, Visitor

ACT = paths.ROOT / "dev" / "act.pdf"
REP = "demo"
DIRECTOR = ("Dora Director", "director@vendor.example.com")
CLIENT = ("Claude Client", "+33612345678")


class Story:
    """Each method is one thing that somebody does; `timeline` keeps what happened when."""

    def __init__(self, stack, out):
        """Take the running stack and the folder for the results."""
        self.stack = stack
        self.out = out
        self.timeline = []
        self.began = time.monotonic()

    def tell(self, words):
        """Print and note one sentence."""
        seconds = round(time.monotonic() - self.began, 1)
        self.timeline.append({"seconds": seconds, "what": words})
        say(f"  {seconds:6.1f} s  {words}")

    def send(self, document):
        """Log in as the sales rep and send the document from a deal; return the request's id."""
        rep = _WebClient(self.stack.url)
        rep.log_in(self.stack.name, REP)
        self.rep = rep
        mine = [
            ("type", "=", "opportunity"),
            ("user_id", "=", rep.uid),
            ("stage_id.is_won", "=", False),
            ("esign_request_ids", "=", False),
        ]
        self.lead = rep.call("crm.lead", "search", mine, limit=1)[0]
        deal = rep.call("crm.lead", "read", [self.lead], ["name"])[0]["name"]
        self.request = rep.call(
            "esign.request", "create_from_deal", self.lead, send=True,
            document={"name": document.name, "content": base64.b64encode(document.read_bytes()).decode()},
            signers=[
                {"side": "own", "role": "Our director", "name": DIRECTOR[0], "email": DIRECTOR[1],
                 "channel": "email", "sequence": 1},
                {"side": "client", "role": "Client", "name": CLIENT[0], "phone": CLIENT[1], "channel": "sms",
                 "sequence": 2},
            ],
        )  # fmt: skip
        self.tell(f"the sales rep sent {document.name} from the deal “{deal}”")

    def sign(self, person, where):
        """Let a person sign by the link that arrived; return the visitor."""
        name, address = person
        inbox = Inbox(self.stack, address)
        visitor = Visitor(inbox.wait("links"), inbox)
        self.tell(f"{name} received the link by {where}")
        answer = visitor.walk(name)
        if answer.get("state") != "signed":
            raise Trouble(f"{name} could not sign: {answer}.")
        self.tell(f"{name} confirmed a code and signed")
        return visitor

    def collect(self, visitor):
        """Download, verify by ours and by pdfsig, write the files; return whether the seal verified."""
        sealed = visitor.download()
        path = self.out / "signed.pdf"
        path.write_bytes(sealed)
        facts = self.rep.call(
            "esign.request", "read", [self.request],
            ["name", "state", "sealed_sha256", "verification_code", "stage_id"],
        )[0]  # fmt: skip
        verify_url = f"{self.stack.url}/esign/verify"
        with path.open("rb") as file:
            ours = requests.post(
                verify_url, files={"file": file}, headers={"Accept": "application/json"}, timeout=60
            ).json()
        self.tell(f"our check of the file says: {ours['verdict']}")
        is_whole = self._ask_pdfsig(path)
        for address in (DIRECTOR[1], CLIENT[1]):
            Inbox(self.stack, address).wait("texts", more_than=2)
        self.tell("everybody was told, with the PDF or a link to it")
        self._write(facts, f"{verify_url}/{facts['verification_code']}")
        return ours["verdict"] == "valid" and is_whole

    def _ask_pdfsig(self, path):
        """Return whether poppler's pdfsig calls the seal valid and total."""
        command = ["pdfsig", "-nocert", str(path)]
        printed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        is_whole = "Signature is Valid" in printed and "Total document signed" in printed
        self.tell(
            f"pdfsig says: {'valid, total document signed' if is_whole else printed.strip() or 'nothing'}"
        )
        return is_whole

    def _write(self, facts, verify_url):
        stage = self.rep.call("crm.lead", "read", [self.lead], ["stage_id"])[0]["stage_id"]
        result = {
            "request": facts["name"],
            "state": facts["state"],
            "sha256": facts["sealed_sha256"],
            "verify_url": verify_url,
            "deal_stage": stage and stage[1],
            "timeline": self.timeline,
        }
        (self.out / "result.json").write_text(
            json.dumps(result, indent=2, ensure_ascii=False) + "\n"
        )
        say(f"\n  signed: {self.out / 'signed.pdf'}\n  check:  {verify_url}")


class _WebClient:
    """A user of the web client: logs in over HTTP, calls methods with his session."""

    def __init__(self, url):
        self.url = url
        self.browser = requests.Session()

    def log_in(self, database, login):
        """Log in as a user of the demo data, whose password is his log-in."""
        answer = self._post(
            "/web/session/authenticate", {"db": database, "login": login, "password": login}
        )
        self.uid = answer["uid"]

    def call(self, model, method, *args, **kwargs):
        """Call a public method and return its answer."""
        params = {"model": model, "method": method, "args": list(args), "kwargs": kwargs}
        return self._post(f"/web/dataset/call_kw/{model}/{method}", params)

    def _post(self, path, params):
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self.browser.post(self.url + path, json=body, timeout=180).json()
        if "error" in answer:
            raise Trouble(answer["error"].get("data", {}).get("message") or str(answer["error"]))
        return answer["result"]


def tell(stack, document, out):
    """Tell the story on `document` (or the act kept beside); return 0 only if the seal verified."""
    say("\nThe story:")
    story = Story(stack, out)
    story.send(document or ACT)
    story.sign(DIRECTOR, "e-mail")
    visitor = story.sign(CLIENT, "SMS")
    return 0 if story.collect(visitor) else 1
