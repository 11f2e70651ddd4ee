import { Component, onWillUnmount, useEffect, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Counts down the seconds that the server said are left, and reads the record again when they are over. */
export class CountdownField extends Component {
    static template = "esign_crm.CountdownField";
    static props = { ...standardFieldProps };

    setup() {
        this.state = useState({ left: 0 });
        useEffect(
            (seconds) => this.start(seconds),
            () => [this.props.record.data[this.props.name]]
        );
        onWillUnmount(() => this.stop());
    }

    /** The server's number counts, not the clock of this computer. */
    start(seconds) {
        this.stop();
        this.state.left = seconds;
        if (!seconds) {
            return;
        }
        const end = browser.performance.now() + seconds * 1000;
        this.timer = browser.setInterval(() => this.tick(end), 500);
    }

    stop() {
        browser.clearInterval(this.timer);
    }

    async tick(end) {
        this.state.left = Math.max(0, Math.ceil((end - browser.performance.now()) / 1000));
        if (!this.state.left) {
            this.stop();
            if (!(await this.props.record.isDirty())) {
                await this.props.record.load(); // what is being typed would be lost
            }
        }
    }
}

registry.category("fields").add("esign_countdown", {
    component: CountdownField,
    displayName: _t("Countdown in seconds"),
    supportedTypes: ["integer"],
});
