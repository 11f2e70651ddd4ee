/** Second step: a one-time code is sent to the address on file and typed here. */

import { isLost, post, words } from "./rpc.js";
import {
    Alert,
    Labelled,
    actionButton,
    announce,
    askSender,
    clock,
    el,
    makeForm,
    t,
    timeAfter,
    unbroken,
} from "./ui.js";

const DIGITS = 6;
const WARN_SECONDS = 60;
const SPENT = new Set(["code_void", "code_expired"]);

/** Whoever may not sign any more can still decline, or name somebody else. */
function purposeOf(resume) {
    const purpose = { decline: "decline", delegate: "delegate", delegateBack: "delegate" }[resume];
    return purpose ? { purpose } : {};
}

export class CodeStep {
    constructor(flow, { notice = null, resume = null }) {
        this.flow = flow;
        this.code = flow.session.code;
        this.notice = notice;
        this.resume = resume;
        this.alert = new Alert();
        this.isWarned = false;
        this.wasLive = false;
        this.isSpent = Boolean(notice) && resume === "signature";
        this.build();
    }

    build() {
        this.input = el("input", {
            class: "code-input",
            type: "text",
            inputmode: "numeric",
            autocomplete: "one-time-code",
            autocapitalize: "off",
            spellcheck: "false",
            required: true,
            oninput: () => this.onInput(),
        });
        const label = t("code_label");
        this.field = new Labelled({ id: "esign-code", label, input: this.input });
        this.sent = el("p", { class: "code-sent" });
        this.left = el("p", { class: "countdown" });
        this.resend = actionButton(t("code_resend"), () => this.sendAgain());
        this.wait = el("p", { class: "hint", id: "esign-resend-wait" });
        this.resend.setAttribute("aria-describedby", "esign-resend-wait");
    }

    view() {
        const next = el(
            "button",
            { type: "submit", class: "button button-primary" },
            t("continue")
        );
        const parts = [
            this.notice && el("div", { class: "notice" }, el("p", {}, this.notice)),
            this.sent,
            this.field.node,
            this.left,
            this.alert.node,
            el("div", { class: "actions" }, next, this.flow.backButton("code")),
            this.way(),
        ];
        const form = makeForm(next, () => this.check(), parts, { class: "step" });
        return { heading: t("code_title"), body: [form] };
    }

    /** When the code does not come: another one, where to look, whom to ask. */
    way() {
        const { channel } = this.flow.page.signer;
        const title = el("h2", {}, t("code_missing_title"));
        const hint = el(
            "p",
            {},
            t(channel === "email" ? "code_missing_email" : "code_missing_phone")
        );
        const again = el("div", { class: "resend" }, this.resend, this.wait);
        const ask = askSender(this.flow.page.sender, "code_missing_ask");
        return el("section", { class: "way-out" }, title, hint, again, ask);
    }

    enter() {
        this.timer = setInterval(() => this.tick(), 1000);
        if (this.isLive()) {
            this.tellSent();
        } else if (this.code.isVoid && this.secondsToResend() > 0) {
            this.isSpent = true;
            this.sent.textContent = t("code_other_language");
        } else if (this.secondsToResend() <= 0) {
            this.send();
        }
        this.tick();
    }

    leave() {
        clearInterval(this.timer);
    }

    isLive() {
        return Boolean(this.code.expiresAt) && this.code.expiresAt > Date.now();
    }

    secondsToResend() {
        return (this.code.resendAt - Date.now()) / 1000;
    }

    async send() {
        this.alert.clear();
        this.field.setError(null);
        this.sent.textContent = t("code_sending");
        const reply = await post("code", purposeOf(this.resume));
        if (reply.error) {
            await this.refuseSending(reply);
            return;
        }
        this.code.masked = reply.masked ?? this.code.masked;
        this.code.expiresAt = Date.now() + reply.expires_in * 1000;
        this.code.resendAt = Date.now() + reply.retry_after * 1000;
        this.code.isVoid = false;
        this.isWarned = false;
        this.isSpent = false;
        this.tellSent();
        this.tick();
        announce(this.sent.textContent);
    }

    async sendAgain() {
        this.input.value = "";
        await this.send();
        this.input.focus();
    }

    tellSent() {
        const { channel } = this.flow.page.signer;
        this.sent.textContent = t(`code_sent_${channel}`, { address: unbroken(this.code.masked) });
    }

    toldBefore() {
        return t("code_sent_before", { address: unbroken(this.code.masked) });
    }

    async refuseSending(reply) {
        this.sent.textContent = "";
        if (reply.retry_after) {
            this.code.resendAt = Date.now() + reply.retry_after * 1000;
        }
        if (reply.error === "code_undeliverable") {
            this.code.expiresAt = null;
        }
        this.tick();
        if (reply.error === "code_wait") {
            this.sent.textContent = this.isSpent ? words(reply) : this.toldBefore();
        } else if (!(await this.flow.isHandled(reply, this.resume))) {
            const isLater = reply.error === "code_limit";
            this.alert.show(words(reply), isLater ? null : () => this.send(), isLost(reply));
        }
    }

    /** Keep the figures current; said aloud only when a minute is left and at the end. */
    tick() {
        const { expiresAt } = this.code;
        const left = expiresAt ? (expiresAt - Date.now()) / 1000 : 0;
        if (left > 0) {
            this.left.textContent = t("code_left", { time: clock(left) });
        } else {
            this.left.textContent = expiresAt ? t("code_over") : "";
        }
        this.announceLeft(left);
        this.tickResend();
    }

    announceLeft(left) {
        const isLive = left > 0;
        if (isLive && left <= WARN_SECONDS && !this.isWarned) {
            this.isWarned = true;
            announce(t("code_minute_left"));
        } else if (this.wasLive && !isLive) {
            announce(t("code_over"));
        }
        this.wasLive = isLive;
    }

    tickResend() {
        const seconds = this.secondsToResend();
        this.resend.setAttribute("aria-disabled", seconds > 0 ? "true" : "false");
        if (seconds <= 0) {
            this.wait.textContent = "";
        } else if (seconds < 600) {
            this.wait.textContent = t("code_resend_in", { time: clock(seconds) });
        } else {
            this.wait.textContent = t("code_resend_at", { time: timeAfter(seconds) });
        }
    }

    onInput() {
        const digits = this.input.value.replace(/\D/g, "").slice(0, DIGITS);
        if (digits !== this.input.value) {
            this.input.value = digits;
        }
        this.field.setError(null);
    }

    async check() {
        this.alert.clear();
        const code = this.input.value;
        if (code.length !== DIGITS) {
            this.refuseCode(t("code_six_digits"));
            return;
        }
        const reply = await post("confirm", { code });
        if (!reply.error) {
            announce(t("code_right"));
            await this.flow.confirmed(reply.draft);
        } else if (this.flow.current === this) {
            await this.refuse(reply);
        } else if (SPENT.has(reply.error) || reply.tries_left === 0) {
            this.code.expiresAt = null;
        }
    }

    async refuse(reply) {
        if (reply.error === "code_wrong" && reply.tries_left > 0) {
            this.refuseCode(t("code_wrong", { count: reply.tries_left }));
        } else if (reply.error === "code_wrong" || SPENT.has(reply.error)) {
            this.spend(reply);
        } else if (!(await this.flow.isHandled(reply, this.resume))) {
            this.alert.show(words(reply), () => this.check(), isLost(reply));
        }
    }

    refuseCode(message) {
        this.field.setError(message);
        this.input.focus();
        this.input.select();
    }

    /** The code is used up: only a new one helps. */
    spend(reply) {
        this.code.expiresAt = null;
        this.wasLive = false;
        this.isSpent = true;
        this.input.value = "";
        this.tick();
        this.alert.show(reply.error === "code_wrong" ? t("error_code_void") : words(reply));
        this.resend.focus();
    }
}
