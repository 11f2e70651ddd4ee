"""Each group's menus: no more, no less."""

from odoo.tests import tagged

from .test_access import AccessCommon

USER = {
    "E-signature",
    "Requests",
    "Acts",
    "Templates",
    "Parties",
    "Analysis",
    "Configuration",
    "Stages",
    "Rules",
}
LEADER = USER | {"New addresses"}
MANAGER = LEADER | {
    "Approvals", "Get started", "Messages", "Webhook calls", "What rules did", "Company's trail", "Not for a simple signature",
}  # fmt: skip
ADMIN = MANAGER | {"Settings", "Sealing keys", "Webhook endpoints", "Values from deals"}
MENUS = {
    "user": USER, "leader": LEADER, "manager": MANAGER, "admin": ADMIN,
    "employee": set(), "portal": set(), "public": set(),
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestAccessMenus(AccessCommon):
    """What stands under E-signature, for whom."""

    def test_each_group_sees_its_menus(self):
        root = self.env.ref("esign_crm.esign_crm_menu_root")
        ours = self.env["ir.ui.menu"].search([("id", "child_of", root.id)])
        own_admin = self._user("own_admin", "esign_crm.group_admin")
        for who, expected in MENUS.items():
            user = own_admin if who == "admin" else self.people[who]
            menus = self.env["ir.ui.menu"].with_user(user)
            visible = menus._visible_menu_ids() if menus.has_access("read") else ()
            names = set(
                ours.filtered(lambda each, visible=visible: each.id in visible).mapped("name")
            )
            self.assertEqual(names, expected, who)

    def test_every_menus_page_opens_for_whoever_sees_it(self):
        root = self.env.ref("esign_crm.esign_crm_menu_root")
        ours = self.env["ir.ui.menu"].search([("id", "child_of", root.id), ("action", "!=", False)])
        self.people["admin"] = self._user("own_admin", "esign_crm.group_admin")
        for who in ("user", "leader", "manager", "admin"):
            menus = self.env["ir.ui.menu"].with_user(self.people[who])
            for menu in ours.filtered(
                lambda each, menus=menus: each.id in menus._visible_menu_ids()
            ):
                self._open(menu, who)

    def _open(self, menu, who):
        """Do what the web client does to show the page of ``menu``."""
        action = menu.action
        if action._name != "ir.actions.act_window":
            return
        model = self.env[action.res_model].with_user(self.people[who])
        views = model.get_views(
            [(view_id, kind) for view_id, kind in action.views] + [(False, "search")]
        )
        self.assertTrue(views["views"], f"{who}: {menu.name}")
        if not model._transient:
            model.web_search_read([], {"display_name": {}}, limit=1)
