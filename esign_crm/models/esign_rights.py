"""Who holds which right of e-signature, and that nobody gains, gives or takes one unseen."""

from markupsafe import Markup

from odoo import api, models

from ..tools import rights_changes
from .esign_event_kinds import rights_words

GROUPS = {
    "user": "esign_crm.group_user",
    "team_leader": "esign_crm.group_team_leader",
    "manager": "esign_crm.group_manager",
    "admin": "esign_crm.group_admin",
}
MAX_TOLD = 20


class EsignRights(models.AbstractModel):
    """Levels are compared before and after whatever writes users or groups; changes go into the company's trail."""

    _name = "esign.rights"
    _description = "Rights of e-signature"

    @api.model
    def _holders_sudo(self, users=None):
        """Return (user id, company id) → holder of these users, of everybody when left out.

        Whoever changes users may not be allowed to read all of them, hence the sudo.
        """
        groups = self._groups()
        users_sudo = self._members_sudo(groups) if users is None else users.sudo().exists()
        return {
            (user.id, company.id): rights_changes.Holder(user.name, level)
            for user in users_sudo.filtered("active")
            if (level := self._level(user, groups)) != "none"
            for company in user.company_ids
        }

    @api.model
    def _groups(self):
        """Return level → group id; none while the groups are not there yet, at installation."""
        to_id = self.env["ir.model.data"]._xmlid_to_res_id
        found = {level: to_id(xmlid, raise_if_not_found=False) for level, xmlid in GROUPS.items()}
        return {level: group_id for level, group_id in found.items() if group_id}

    def _level(self, user_sudo, groups):
        held = set(user_sudo.all_group_ids.ids)
        return rights_changes.highest(
            {level for level, group_id in groups.items() if group_id in held}
        )

    @api.model
    def _members_sudo(self, groups):
        domain = [("all_group_ids", "in", list(groups.values()))]
        return self.env["res.users"].sudo().search(domain, limit=None)

    @api.model
    def _record_sudo(self, before, users=None):
        """Put what changed since ``before`` into the trails of the companies, and tell their managers.

        :param before: what :meth:`_holders_sudo` returned for the same ``users``
        """
        if self._is_being_installed():
            return  # the groups come one by one; what they amount to is recorded at the end
        self._record_changes_since_sudo(before, users)

    @api.model
    def _record_start_sudo(self):
        """Begin the trails of the companies with who holds which right; called once, when everything is installed."""
        self._record_changes_since_sudo({})

    @api.model
    def _is_being_installed(self):
        if self.env.registry.ready:
            return False
        return self.env["ir.module.module"].sudo()._get("esign_crm").state == "to install"

    def _record_changes_since_sudo(self, before, users=None):
        found = rights_changes.changes(before, self._holders_sudo(users))
        companies_sudo = self.env["res.company"].sudo()
        for company_id in sorted({change.company_id for change in found}):
            here = [change for change in found if change.company_id == company_id]
            self._record_changes_sudo(companies_sudo.browse(company_id), here)

    def _record_changes_sudo(self, company_sudo, found):
        by = self.env.user.name
        for change in found:
            details = {"name": change.name, "old": change.old, "new": change.new, "by": by}
            self.env["esign.event"].sudo()._append_company(company_sudo, "rights_changed", details)

        def lines(env):
            told = [rights_words(env, change._asdict() | {"by": by}) for change in found[:MAX_TOLD]]
            more = len(found) - len(told)
            return told + ([env._("And %(count)s more.", count=more)] if more else [])

        self._tell_managers_sudo(company_sudo, lines)

    @api.model
    def _tell_managers_sudo(self, company, lines):
        """Tell every manager of ``company`` of a change that lets somebody read along, mislead or hide something.

        Told by the system, so that whoever made the change, or in whose name it was made, is told too. Goes by
        Odoo's notifications (inbox or queued e-mail, as each prefers); nothing is sent within the transaction.

        :param lines: function that returns the sentences for an environment in the reader's language; no secret and
            no value of a setting in them
        """
        group_id = self._groups().get("manager")
        if not group_id or not self.env.registry.ready:
            return  # being installed: nobody is there yet
        domain = [("all_group_ids", "in", [group_id]), ("company_ids", "in", company.ids)]
        managers_sudo = self.env["res.users"].sudo().search(domain, limit=None)
        for lang, readers_sudo in managers_sudo.grouped("lang").items():
            env = self.env(context={"lang": lang or "en_US"}, su=True)
            where = env._("See E-signature → Configuration → Company's trail.")
            env["mail.thread"].message_notify(
                partner_ids=readers_sudo.partner_id.ids,
                subject=env._(
                    "E-signature of %(company)s: a change to know of", company=company.name
                ),
                body=Markup("<br/>").join([*lines(env), where]),
                author_id=env.ref("base.partner_root").id,
                force_send=False,
                email_layout_xmlid="mail.mail_notification_light",
            )
