"""A person's session with an Odoo server over XML-RPC."""

import xmlrpc.client


class Session:
    """One log-in: `session.call("crm.lead", "search", [])`."""

    def __init__(self, url, database, login="admin", password="admin"):  # noqa: S107 - demo data
        """Log in; raise PermissionError when the server refuses."""
        common = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/common")
        self.database = database
        self.password = password
        self.uid = common.authenticate(database, login, password, {})
        if not self.uid:
            raise PermissionError(f"{login} may not log in")
        self._models = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/object", allow_none=True)

    def call(self, model, method, *arguments, **keywords):
        """Call a public method; raise `xmlrpc.client.Fault` with Odoo's words."""
        return self._models.execute_kw(
            self.database, self.uid, self.password, model, method, arguments, keywords
        )
