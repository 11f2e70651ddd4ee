"""Tells a fresh database where the local mail server and SMS gateway are."""

MAIL_SENDER = "esign@example.com"


def connect(session, mail, sms, public_url):
    """Write the settings as the administrator, over RPC.

    :param session: the administrator's `rpc.Session`
    :param mail: the `SmtpSink`
    :param sms: the `SmsSink`
    :param public_url: the address that links and QR codes begin with
    """
    _mail_server(session, mail)
    for key, value in (("web.base.url", public_url), ("web.base.url.freeze", "True")):
        session.call("ir.config_parameter", "set_param", key, value)
    companies = session.call("res.company", "search", [])
    session.call("res.company", "write", companies, company_settings(sms, public_url))


def _mail_server(session, mail):
    known = session.call("ir.mail_server", "search", [])
    session.call("ir.mail_server", "write", known, {"active": False})
    settings = {
        "name": "local mails",
        "smtp_host": "127.0.0.1",
        "smtp_port": mail.port,
        "smtp_encryption": "none",
        "smtp_authentication": "login",
        "from_filter": False,
    }
    session.call("ir.mail_server", "create", settings)


def company_settings(sms, public_url):
    """Return the addon's own settings of a company; the names are the addon's."""
    return {
        "esign_public_url": public_url,
        "esign_sms_provider": "http",
        "esign_sms_url": sms.url,
        "esign_sms_secret": sms.secret,
        "esign_allow_private_gateway": True,
    }
