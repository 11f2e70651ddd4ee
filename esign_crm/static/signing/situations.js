/** Every situation other than "yours to sign" has a view of its own. */

import { Pages } from "./pages.js";
import { isLost, pause, post, refresh, words } from "./rpc.js";
import { Alert, Labelled, actionButton, askSender, el, makeForm, t } from "./ui.js";

const RECHECK_SECONDS = [2, 3, 4, 5, 8, 10, 15, 15, 20, 30, 30, 60, 60];

/** `tone` colours the sign above the heading; `extra` adds what can be done here. */
const VIEWS = {
    waiting: { tone: "wait", extra: "check" },
    signed: { tone: "good", extra: "check" },
    done: { tone: "good", extra: "download" },
    sealing: { tone: "wait", extra: "recheck" },
    declined: { tone: "stop", extra: "reason" },
    cancelled: { tone: "stop", extra: "ask" },
    closed: { tone: "stop", extra: "ask" },
    expired: { tone: "stop", extra: "ask" },
    lapsed: { tone: "wait", extra: "fresh" },
    superseded: { tone: "wait", extra: "ask" },
    delegated: { tone: "wait", extra: "ask" },
    locked: { tone: "stop", extra: "ask" },
    gone: { tone: "wait", extra: "ask" },
    withdrawn: { tone: "stop", extra: "ask" },
    not_found: { tone: "stop", extra: "ask" },
};
const SIGNS = { good: "✓", wait: "…", stop: "!" };

export class Situation {
    constructor(page, shell) {
        this.page = page;
        this.shell = shell;
        this.alert = new Alert();
    }

    show() {
        const { situation, company, request, message, pages } = this.page;
        this.shell.setDocument(pages ? new Pages(this.page).node : null);
        const key = situation in VIEWS ? situation : "closed";
        const { tone, extra } = VIEWS[key];
        const told = { company: company.name };
        const below = this[extra]();
        below.splice(-1, 0, this.mailCopy()); // whom to ask stays last
        this.shell.show({
            view: "situation",
            above: el("span", { class: `sign sign-${tone}`, "aria-hidden": "true" }, SIGNS[tone]),
            heading: t(`${key}_title`),
            body: [
                request.title && el("p", { class: "what" }, request.title),
                el("p", {}, message || t(`${key}_text`, told)),
                this.next(),
                ...below,
                this.alert.node,
            ],
        });
    }

    /** What else waits for a signer of our side, who has confirmed himself in this browser. */
    next() {
        const { next } = this.page;
        if (!next) {
            return null;
        }
        const told = { title: next.title, count: next.more };
        const text = t(next.more ? "next_document_more" : "next_document", told);
        const look = { class: "button button-primary" };
        const button = actionButton(t("next_open"), () => this.openNext(), look);
        return el("div", { class: "notice" }, el("p", {}, text), button);
    }

    async openNext() {
        this.alert.clear();
        const reply = await post("next");
        if (reply.error) {
            this.alert.show(words(reply), () => location.reload());
        } else {
            location.assign(reply.url);
        }
    }

    mailCopy() {
        const { mail_copy: copy, situation } = this.page;
        return copy && new MailCopy(copy, situation === "done").node;
    }

    ask() {
        return [askSender(this.page.sender)];
    }

    reason() {
        const { decline_reason: reason } = this.page;
        const quote = reason && [
            el("h2", {}, t("decline_reason_given")),
            el("blockquote", {}, reason),
        ];
        return [...(quote || []), ...this.ask()];
    }

    check() {
        const button = actionButton(t("check_again"), () => this.recheckOnce());
        return [el("div", { class: "actions" }, button), ...this.ask()];
    }

    download() {
        const { download } = this.page;
        if (!download) {
            return [el("p", {}, t("download_over")), ...this.ask()];
        }
        const link = { class: "button button-primary", href: download.url, download: "" };
        return [
            el("div", { class: "actions" }, el("a", link, t("download"))),
            download.until && el("p", {}, t("download_until", { date: download.until })),
            el("p", { class: "hint" }, t("download_keep")),
            ...this.ask(),
        ];
    }

    /** The same answer always: nobody learns here whether a request is still open. */
    fresh() {
        const button = actionButton(t("fresh_send"), () => this.sendFresh(), {
            class: "button button-primary",
        });
        this.place = el("div", { class: "actions" }, button);
        return [this.place, ...this.ask()];
    }

    async sendFresh() {
        this.alert.clear();
        const reply = await post("fresh");
        if (reply.error) {
            this.alert.show(words(reply), () => this.sendFresh(), isLost(reply));
            return;
        }
        const sent = el("p", { class: "notice", tabindex: "-1" }, reply.message || t("fresh_sent"));
        this.place.replaceChildren(sent);
        sent.focus();
    }

    recheck() {
        this.recheckUntilDone();
        const status = el("p", { class: "working" }, t("sealing_wait"));
        return [status, ...this.check()];
    }

    async recheckUntilDone() {
        for (const seconds of RECHECK_SECONDS) {
            await pause(seconds);
            if (await this.isChanged()) {
                return;
            }
        }
        this.alert.show(t("sealing_long"));
    }

    async recheckOnce() {
        if (!(await this.isChanged())) {
            this.alert.show(t("no_news"));
        }
    }

    /** Ask the server; show the new situation when there is one. */
    async isChanged() {
        const page = await refresh();
        if (this.isReplaced || !page || page.situation === this.page.situation) {
            return Boolean(this.isReplaced);
        }
        this.isReplaced = true;
        if (page.situation === "sign") {
            location.reload();
        } else {
            new Situation(page, this.shell).show();
        }
        return true;
    }
}

/** One copy by mail for who is reached by phone only: asks for the address, tells what becomes of it. */
class MailCopy {
    /** `isDone`: everybody has signed, so that the copy goes out at once. */
    constructor(copy, isDone) {
        this.isDone = isDone;
        this.node = el("section", { class: "way-out", "aria-labelledby": "esign-copy-title" });
        this.alert = new Alert();
        this.show(copy);
    }

    show({ state, to, may_ask: mayAsk }) {
        const title = el("h2", { id: "esign-copy-title", tabindex: "-1" }, t("copy_title"));
        const note =
            state === "offered"
                ? el("p", {}, t(this.isDone ? "copy_now" : "copy_later"))
                : el("p", { class: "notice" }, t(`copy_${state}`, { address: to }));
        this.node.replaceChildren(title, note, ...(mayAsk ? [this.form(state)] : []));
        return title;
    }

    form(state) {
        this.input = el("input", {
            type: "email",
            inputmode: "email",
            autocomplete: "email",
            autocapitalize: "off",
            spellcheck: "false",
            maxlength: "254",
        });
        const names = { label: t("copy_label"), hint: t("copy_hint"), input: this.input };
        this.line = new Labelled({ id: "esign-copy", ...names });
        this.input.addEventListener("input", () => this.line.setError(null));
        const label = t(state === "asked" ? "copy_change" : "copy_send");
        const send = el("button", { type: "submit", class: "button" }, label);
        const actions = el("div", { class: "actions" }, send);
        const parts = [this.line.node, this.alert.node, actions];
        return makeForm(send, () => this.send(), parts);
    }

    async send() {
        this.alert.clear();
        const email = this.input.value.trim();
        if (!email) {
            this.refuse(t("copy_needed"));
            return;
        }
        const reply = await post("copy", { email });
        if (reply.error === "field_invalid") {
            this.refuse(words(reply));
        } else if (reply.error) {
            this.alert.show(words(reply), () => this.send(), isLost(reply));
        } else {
            this.show({ ...reply, may_ask: false }).focus();
        }
    }

    refuse(message) {
        this.line.setError(message);
        this.input.focus();
    }
}
