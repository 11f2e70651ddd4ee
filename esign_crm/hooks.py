"""What installing prepares and uninstalling takes away."""

from .demo import living_board


def post_init_hook(env):
    """Give the database its master key and each company its sealing key, so that no first seal lacks one.

    The companies' trails begin with who holds which right.
    """
    env["esign.master.key"]._provision()
    env["esign.rights"]._record_start_sudo()
    if env.ref("base.module_esign_crm").demo:
        living_board.fill(env)
    for company in env["res.company"].with_context(active_test=False).search([]):
        env["esign.sealing.key"]._get_for(company)


def uninstall_hook(env):
    """Leave no trigger and no function behind; Odoo drops the tables. The master key's file stays.

    Odoo deletes the stages of our data files before it drops the requests that stand in them.
    """
    env["esign.event"]._drop_guard()
    env.cr.execute("ALTER TABLE esign_request ALTER COLUMN stage_id DROP NOT NULL")
    env.cr.execute("UPDATE esign_request SET stage_id = NULL")
    env.invalidate_all()
