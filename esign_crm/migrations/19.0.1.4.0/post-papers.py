"""Note which amount the acts carry that were printed before papers were known by their bytes."""


def migrate(cr, version):
    """Take the kept PDF of each act, which is base64 in its column; the act has not changed since, or has none."""
    cr.execute(
        """INSERT INTO esign_paper (sha256, amount, currency_id)
           SELECT encode(sha256(decode(convert_from(pdf, 'UTF8'), 'base64')), 'hex'), amount_total, currency_id
             FROM esign_act WHERE pdf IS NOT NULL AND print_state = 'ready'"""
    )
