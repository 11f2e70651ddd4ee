"""Where a person is, and with it how a phone number without a prefix is read."""


def country_of(partner, lead):
    """Return where a person is: the contact's country, else that of the contact's firm, else the deal's, or none."""
    return partner.country_id or partner.commercial_partner_id.country_id or lead.country_id


def phone_country(partner, lead, company, side):
    """Return the code of the country whose number one without a prefix is: the person's, else the company's, or ``""``.

    A number read as one of another country may be a stranger's, who would get link and code.

    :param lead: the deal, which tells where its client is, but not where our own people are
    """
    found = country_of(partner, lead if side == "client" else lead.browse())
    return (found or company.country_id).code or ""
