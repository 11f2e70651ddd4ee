"""A person's session with an Odoo server over its JSON-RPC."""

import json
import urllib.request


class Refused(Exception):
    """What the server answered instead of a result: `name` of its exception, and its words."""

    def __init__(self, name, message, trace):
        """Keep the exception's full name, its message and the server's traceback."""
        super().__init__(f"{name}: {message}")
        self.name = name
        self.message = message
        self.trace = trace


class Session:
    """One log-in: `session.call("crm.lead", "search", [])`."""

    def __init__(self, url, database, login="admin", password="admin"):  # noqa: S107 - demo data
        """Log in; raise PermissionError when the server refuses."""
        self.url = url
        self.credentials = (database, login, password)
        uid = self._ask("common", "login", *self.credentials)
        if not uid:
            raise PermissionError(f"{login} may not log in")
        self.uid = uid
        self.credentials = (database, uid, password)

    def call(self, model, method, *arguments, **keywords):
        """Call a public method and return its answer; raise Refused with Odoo's words."""
        return self._ask(
            "object", "execute_kw", *self.credentials, model, method, arguments, keywords
        )

    def _ask(self, service, method, *arguments):
        wanted = {"service": service, "method": method, "args": arguments}
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": wanted}).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/jsonrpc", data=body, headers=headers)
        with urllib.request.urlopen(request, timeout=180) as answer:
            content = json.load(answer)
        if "error" in content:
            data = content["error"]["data"]
            raise Refused(data["name"], data["message"], data["debug"])
        return content.get("result")
