-- A copy for tests must reach no signer: nothing queued goes out, no gateway, no public address.
UPDATE esign_message
   SET state = 'cancelled', told_state = 'cancelled', payload = NULL, next_try_at = NULL
 WHERE state IN ('queued', 'sending');

UPDATE res_company
   SET esign_public_url = NULL,
       esign_sms_url = NULL,
       esign_sms_secret_wrapped = NULL,
       esign_allow_private_gateway = FALSE;

-- What rules still had to do was meant for the original's deals and people.
UPDATE esign_rule_run
   SET state = 'skipped', next_try_at = NULL, done_at = NOW() AT TIME ZONE 'UTC'
 WHERE state IN ('queued', 'running');

-- Receivers of webhooks must not hear of what a copy does.
UPDATE esign_webhook_call
   SET state = 'cancelled', next_try_at = NULL
 WHERE state IN ('queued', 'sending');

UPDATE esign_endpoint
   SET active = FALSE, secret_wrapped = NULL;
