import { Component, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const PAUSE = 1500; // ms, while another tab is at it

/**
 * Buttons and progress of the page that sends one document to many deals. The server works for some seconds a call and
 * keeps on each line what became of it; whoever stops, reloads or loses the connection goes on from there.
 */
export class SendMany extends Component {
    static template = "esign_crm.SendMany";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.run = useState({ work: "", total: 0, left: 0, isStopping: false, isBusy: false });
        onWillUnmount(() => (this.run.isStopping = true));
    }

    get data() {
        return this.props.record.data;
    }

    get hasDocument() {
        return Boolean(this.data.template_id || this.data.document_ids.count);
    }

    get canSend() {
        return this.data.is_checked && this.data.chosen_count > 0;
    }

    get checkWords() {
        return this.data.checked_key ? _t("Check again") : _t("Check");
    }

    get sendWords() {
        return _t("Send (%s)", this.data.chosen_count);
    }

    get requestsWords() {
        return _t("Open the requests (%s)", this.data.request_count);
    }

    get percent() {
        const { total, left } = this.run;
        return total ? Math.round(((total - left) / total) * 100) : 0;
    }

    get progressWords() {
        const { work, total, left, isStopping, isBusy } = this.run;
        if (isStopping) {
            return _t("Stopping …");
        }
        if (isBusy) {
            return _t("Another tab is at it …");
        }
        const counts = { done: total - left, total };
        return work === "check"
            ? _t("%(done)s of %(total)s checked", counts)
            : _t("%(done)s of %(total)s sent", counts);
    }

    /** What the reader should do next, in one sentence. */
    get hint() {
        const { is_checked, checked_key, chosen_count, open_count } = this.data;
        if (!open_count) {
            return "";
        }
        if (!this.hasDocument) {
            return _t("Choose a template or a PDF, then check who can be reached.");
        }
        if (!is_checked) {
            return checked_key
                ? _t("What was chosen has changed, or not all deals are checked yet: check again.")
                : _t(
                      "Checking sends nothing: it says for each deal who would be asked and what is missing."
                  );
        }
        return chosen_count ? "" : _t("No deal is ticked that could be sent to.");
    }

    check() {
        return this.start("check", () => this.data.open_count);
    }

    send() {
        return this.start("send", () => this.data.chosen_count);
    }

    stop() {
        this.run.isStopping = true;
    }

    /** Save the choices and ticks, then call the server until nothing is left. */
    async start(work, count) {
        if (this.run.work || !(await this.props.record.save())) {
            return;
        }
        const total = count();
        Object.assign(this.run, { work, total, left: total, isStopping: false, isBusy: false });
        try {
            if (work === "check") {
                await this.call("check_begin");
            }
            await this.repeat(work === "check" ? "check_some" : "send_some");
        } finally {
            await this.end();
        }
    }

    async repeat(method) {
        let left = this.run.left;
        while (left && !this.run.isStopping) {
            await this.props.record.save(); // what is ticked off meanwhile is not sent
            const answer = await this.call(method);
            this.run.isBusy = answer.is_busy;
            left = answer.left;
            if (answer.is_busy) {
                await new Promise((resolve) => browser.setTimeout(resolve, PAUSE));
            } else {
                this.run.left = left;
            }
        }
    }

    /** Show what became of the deals, unless the page was left. */
    async end() {
        try {
            if (await this.props.record.save()) {
                await this.props.record.load();
            }
        } finally {
            this.run.work = "";
        }
    }

    call(method) {
        const { resModel, resId } = this.props.record;
        const context = { ...this.props.record.context, esign_may_undo: true };
        return this.orm.silent.call(resModel, method, [[resId]], { context });
    }

    async openRequests() {
        if (await this.props.record.save()) {
            const { resModel, resId } = this.props.record;
            const action = await this.orm.call(resModel, "action_open_requests", [[resId]]);
            await this.action.doAction(action);
        }
    }
}

registry.category("view_widgets").add("esign_send_many", {
    component: SendMany,
    fieldDependencies: [
        { name: "checked_key", type: "char", readonly: true },
        { name: "is_checked", type: "boolean", readonly: true },
        { name: "open_count", type: "integer", readonly: true },
        { name: "chosen_count", type: "integer", readonly: true },
        { name: "request_count", type: "integer", readonly: true },
    ],
});
