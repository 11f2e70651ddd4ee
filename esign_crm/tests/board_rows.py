"""A board of any size, put into the tables by SQL: for the benchmark and for the check that queries use indexes."""

RECENT = 100  # closed within the last 30 days, however long the history before them
REQUESTS = """
    WITH place AS (
        SELECT array_agg(id) AS users, (SELECT array_agg(id) FROM crm_lead) AS leads,
               (SELECT array_agg(id) FROM crm_team) AS teams, (SELECT min(id) FROM res_company) AS company
        FROM res_users WHERE active AND NOT share
    ), stage AS (
        SELECT DISTINCT ON (state, CASE state WHEN 'sent' THEN turn_side END) id, state, turn_side
        FROM esign_stage ORDER BY state, CASE state WHEN 'sent' THEN turn_side END, sequence, id
    ), entry AS (
        SELECT n, {is_closed} AS is_closed,
               CASE WHEN NOT {is_closed} THEN (ARRAY['sent', 'sent', 'sent', 'draft'])[1 + n % 4]
                    ELSE (ARRAY['done', 'done', 'done', 'declined', 'expired', 'cancelled'])[1 + n % 6] END AS state,
               CASE WHEN NOT {is_closed} THEN now() - n % 20 * interval '1 day'
                    WHEN n <= {recent} THEN now() - n * interval '6 hours'
                    ELSE now() - interval '40 days' - n * interval '10 minutes' END AS moment
        FROM generate_series(1, {count}) AS n
    )
    INSERT INTO esign_request (name, title, lead_id, company_id, user_id, team_id, state, stage_id, sent_at, deadline_at,
        completed_at, closed_on, download_until, verification_code, chain_sequence, chain_head, create_uid, write_uid,
        create_date, write_date)
    SELECT 'BB' || n, 'Act of completed works no. ' || n, leads[1 + n % cardinality(leads)], company,
           users[1 + n % cardinality(users)], teams[1 + n % cardinality(teams)], entry.state, stage.id,
           CASE entry.state WHEN 'draft' THEN NULL ELSE moment END,
           CASE entry.state WHEN 'sent' THEN now() + (n % 30 + 1) * interval '1 day' WHEN 'expired' THEN moment END,
           CASE entry.state WHEN 'done' THEN moment END, CASE WHEN is_closed THEN moment END,
           CASE entry.state WHEN 'done' THEN moment + interval '14 days' END,
           CASE entry.state WHEN 'draft' THEN NULL ELSE 'BB' || is_closed || n END, 0, repeat('0', 64), 1, 1, moment, moment
    FROM entry CROSS JOIN place
    JOIN stage ON stage.state = entry.state
        AND (entry.state <> 'sent' OR stage.turn_side = (ARRAY['own', 'client'])[1 + n % 2])
"""
SIGNERS = """
    INSERT INTO esign_signer (request_id, side, role, kind, sequence, channel, name, email, state, invited_at, signed_at,
        partner_id, create_uid, write_uid, create_date, write_date)
    SELECT r.id, side, side, 'signer', place, 'email', 'Person ' || r.id % 1000, 'p' || r.id || '@client.example.org',
           CASE WHEN r.state = 'done' OR (r.state = 'sent' AND side = 'own' AND s.turn_side = 'client') THEN 'signed'
                WHEN r.state = 'sent' AND s.turn_side = side THEN 'opened'
                WHEN r.state IN ('sent', 'draft') THEN 'waiting' ELSE 'cancelled' END,
           r.sent_at, CASE WHEN r.state = 'done' THEN r.sent_at END,
           people.ids[1 + r.id % cardinality(people.ids)], 1, 1, r.create_date, r.create_date
    FROM esign_request r JOIN esign_stage s ON s.id = r.stage_id
    CROSS JOIN (VALUES ('own', 1), ('client', 2)) AS sides (side, place)
    CROSS JOIN (SELECT array_agg(id) AS ids FROM res_partner) AS people
    WHERE r.name LIKE 'BB%'
"""
MESSAGES = """
    INSERT INTO esign_message (request_id, signer_id, company_id, purpose, channel, state, told_state, key, attempts,
        sent_at, create_uid, write_uid, create_date, write_date)
    SELECT r.id, s.id, r.company_id, 'invitation', 'email', 'delivered', 'delivered', 'BB' || s.id, 1, s.invited_at,
           1, 1, s.create_date, s.create_date
    FROM esign_signer s JOIN esign_request r ON r.id = s.request_id
    WHERE r.name LIKE 'BB%' AND s.invited_at IS NOT NULL
"""
ACTIVITIES = """
    INSERT INTO mail_activity (res_model_id, res_model, res_id, activity_type_id, user_id, date_deadline, summary,
        automated, active, create_uid, write_uid, create_date, write_date)
    SELECT (SELECT id FROM ir_model WHERE model = 'esign.request'), 'esign.request', r.id,
           (SELECT min(id) FROM mail_activity_type), r.user_id, current_date + (r.id % 5 - 2)::int, 'Phone them', false,
           true, 1, 1, now(), now()
    FROM esign_request r WHERE r.name LIKE 'BB%' AND r.state = 'sent' AND r.id % 3 = 0
"""
TABLES = ("esign_request", "esign_signer", "esign_message", "mail_activity")


def script(closed, still_open):
    """Return the statements that put so many closed and open requests into the tables, with all that a card shows.

    The more there are of closed ones, the longer the history: as many as ever were closed in the last 30 days.
    """
    requests = [
        REQUESTS.format(count=int(count), is_closed=is_closed, recent=RECENT)
        for count, is_closed in ((closed, "true"), (still_open, "false"))
    ]
    # PostgreSQL counts the rows as its autovacuum does in time
    counts = [f"ANALYZE {table}" for table in TABLES]
    return [*requests, SIGNERS, MESSAGES, ACTIVITIES, *counts]
