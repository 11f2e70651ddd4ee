/** First step: who asks for a signature, on what, until when; then the document itself. */

import { Pages } from "./pages.js";
import { address } from "./rpc.js";
import { actionButton, Alert, clauseText, contact, el, t } from "./ui.js";

export class Reading {
    constructor(page, shell, session) {
        this.page = page;
        this.shell = shell;
        this.session = session;
        this.alert = new Alert();
        this.pages = new Pages(page);
        this.flow = null;
        this.pages.node.addEventListener("click", (click) => this.onPageClick(click));
        addEventListener("popstate", () => this.onBack());
    }

    /** Show the first step; the document stays beside every later one. */
    show() {
        this.alert.clear();
        this.shell.setDocument(this.pages.node);
        this.shell.show({
            view: "read",
            heading: this.page.request.title,
            above: el("p", { class: "lead" }, t("read_lead", { company: this.page.company.name })),
            body: [
                this.stopped(),
                this.delegation(),
                this.note(),
                this.facts(),
                this.clause(),
                this.unsignedLink(),
                this.handOver(),
                this.alert.node,
                this.bar(),
            ],
        });
    }

    /** Why this signer can only decline, if so. */
    stopped() {
        const { stopped } = this.page;
        return stopped && el("div", { class: "notice" }, el("p", {}, stopped));
    }

    /** Whom this signer has named in his place, while nobody has decided about it. */
    delegation() {
        const { delegation, company } = this.page;
        if (!delegation) {
            return null;
        }
        const asked = t("delegated_asked", { name: delegation.name, company: company.name });
        const back = actionButton(t("delegated_back"), () => this.begin("delegateBack"));
        return el("div", { class: "notice" }, el("p", {}, asked), back);
    }

    /** What the sender says in his own words, literally. */
    note() {
        const { sender, request } = this.page;
        return (
            request.note &&
            el("blockquote", { class: "note" }, [
                el("p", { class: "note-by" }, t("note_by", { name: sender.name })),
                el("p", { class: "note-text" }, request.note),
            ])
        );
    }

    facts() {
        const { sender, signer, request } = this.page;
        return el("dl", { class: "facts" }, [
            fact("sent_by", [el("span", { class: "contact-name" }, sender.name), contact(sender)]),
            request.deadline && fact("deadline", el("strong", {}, request.deadline)),
            fact("you_sign_as", t("name_and_role", { name: signer.name, role: signer.role })),
            signer.in_place_of && fact("in_place_of", signer.in_place_of),
            fact("already_signed", this.signedBy()),
        ]);
    }

    signedBy() {
        const people = this.page.signed_by ?? [];
        if (!people.length) {
            return t("nobody_yet");
        }
        const rows = people.map((person) => el("li", {}, t("signed_row", person)));
        return el("ul", { class: "signed-by" }, rows);
    }

    /** What is agreed to with the signature, for those who agree by accession. */
    clause() {
        const { clause } = this.page.consent;
        return (
            clause &&
            el("section", { class: "clause" }, el("h2", {}, clause.title), clauseText(clause))
        );
    }

    unsignedLink() {
        const link = {
            href: address("document"),
            class: "touch",
            target: "_blank",
            rel: "noopener",
        };
        return el("p", { class: "unsigned" }, el("a", link, t("open_pdf")));
    }

    bar() {
        const start = () => this.begin("start");
        const look = { class: "button button-primary" };
        const sign = !this.page.stopped && actionButton(this.signLabel(), start, look);
        const quiet = { class: "button button-quiet" };
        const decline = actionButton(t("decline"), () => this.begin("decline"), quiet);
        return el("div", { class: "bar-bottom" }, sign, decline);
    }

    /** Less often needed than the bar's buttons, so it stands in the text. */
    handOver() {
        const start = () => this.begin("delegate");
        const look = { class: "button button-quiet button-in-text" };
        const isOffered = this.page.can_delegate && !this.page.delegation;
        return isOffered && actionButton(t("delegate"), start, look);
    }

    signLabel() {
        return this.flow ? t("go_on") : t("sign");
    }

    /** Load the later steps (all at once, so that none can fail half-way) and enter them. */
    async begin(entry) {
        try {
            const { Flow } = await import("./flow.js");
            this.flow = this.flow ?? new Flow(this);
        } catch {
            this.alert.show(t("error_network"), () => location.reload(), true);
            return;
        }
        await this.flow.returned;
        this.flow[entry]();
    }

    onPageClick(click) {
        const touched = !this.page.stopped && this.pages.ownFieldAt(click.target);
        if (touched && this.shell.root.dataset.view === "read") {
            this.session.wanted = touched;
            this.begin("start");
        }
    }

    /**
     * The browser's own "back" leads from any later step to the document, not off the page; before, it
     * closes the pad, or what is asked above a step.
     */
    onBack() {
        if (!this.flow?.isOpen || document.querySelector(".fullpad")) {
            return;
        }
        const dialog = document.querySelector("dialog[open]");
        if (dialog && !dialog.matches(".question")) {
            history.pushState({ esign: "step" }, "");
        } else {
            const isStep = this.flow.current;
            this.flow.leave();
            if (isStep) {
                this.show();
            }
        }
        dialog?.close();
    }
}

function fact(key, value) {
    return el("div", { class: "fact" }, el("dt", {}, t(key)), el("dd", {}, value));
}
