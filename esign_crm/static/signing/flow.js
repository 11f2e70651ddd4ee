/** Leads through the steps after reading: code, fields, signature; and what each refusal leads to. */

import { CodeStep } from "./code.js";
import { Drafts } from "./drafts.js";
import { FieldsStep, ownFields } from "./fields.js";
import { Question } from "./question.js";
import { post, refresh, words } from "./rpc.js";
import { SignatureStep } from "./signature.js";
import { Situation } from "./situations.js";
import { el, t } from "./ui.js";

const STEPS = { code: CodeStep, fields: FieldsStep, signature: SignatureStep };
/** What is sent without a signature, once the code is confirmed. */
const SENDS = ["decline", "delegate", "delegateBack"];
const NEEDS_CODE = new Set(["not_confirmed", "code_void", "code_expired"]);
/** Refusals after which the page is another one, with the view to show when it cannot be asked. */
const NEW_SITUATION = {
    already_signed: "signed",
    closed: "closed",
    locked: "locked",
    not_found: "not_found",
    not_your_turn: "waiting",
};

export class Flow {
    constructor({ page, shell, session, pages, alert }) {
        Object.assign(this, { page, shell, session, pages, alert });
        this.drafts = new Drafts(session, this);
        this.steps = ["read", "code", ownFields(page).length && "fields", "signature"];
        this.steps = this.steps.filter(Boolean);
        this.isOpen = false;
        this.current = null;
        this.last = this.steps[2];
    }

    /** Sign was touched: go on where the signer was, by way of the code if it is not confirmed. */
    start() {
        const { session } = this;
        const isWanted = FieldsStep.has(this.page, session.wanted);
        session.wanted = isWanted ? session.wanted : null;
        if (session.isConfirmed) {
            this.go(isWanted ? "fields" : this.last);
        } else {
            this.askForCode(session.resume);
        }
    }

    /** Ask for the code, before what `resume` names where the signer does not sign. */
    askForCode(resume = null) {
        this.session.resume = null;
        this.go("code", resume ? { notice: t(`${resume}_code_notice`), resume } : {});
        // the tab may be thrown away while the code is read elsewhere
        history.replaceState({ ...history.state, resume, answers: this.session[resume] }, "");
    }

    decline() {
        new Question(this, "decline").open();
    }

    delegate() {
        new Question(this, "delegate").open();
    }

    delegateBack() {
        return this.session.isConfirmed
            ? this.finish("delegateBack")
            : this.go("code", { notice: t("delegated_back_notice"), resume: "delegateBack" });
    }

    go(name, options = {}) {
        this.current?.leave?.();
        this.open();
        this.last = name === "code" ? this.last : name;
        document.body.dataset.resume = options.resume ?? "";
        this.current = new STEPS[name](this, options);
        this.shell.show({ view: name, progress: this.progress(name), ...this.current.view() });
        this.current.enter?.();
    }

    progress(name) {
        return { n: this.steps.indexOf(name) + 1, count: this.steps.length };
    }

    open() {
        if (!this.isOpen) {
            this.isOpen = true;
            if (history.state?.esign !== "step") {
                history.pushState({ esign: "step" }, ""); // it outlives a reload
            }
        }
    }

    /** The step before; before the code step that is the document. */
    back(name) {
        const before = this.steps[this.steps.indexOf(name) - 1];
        if (before === "code" || before === "read") {
            history.back();
        } else {
            this.go(before);
        }
    }

    backButton(name) {
        const isFirst = ["read", "code"].includes(this.steps[this.steps.indexOf(name) - 1]);
        const label = t(isFirst ? "back_to_document" : "back");
        const onclick = () => this.back(name);
        return el("button", { type: "button", class: "button button-quiet", onclick }, label);
    }

    /** Called when the signer goes back to the document, or is through. */
    leave() {
        this.current?.leave?.();
        this.current = null;
        this.isOpen = false;
        this.drafts.flush();
    }

    /** The code was right: go on with what it is asked for now, and with what was entered before. */
    async confirmed(draft = {}) {
        const { current } = this;
        this.session.isConfirmed = true;
        this.drafts.take(draft);
        if (current instanceof CodeStep) {
            const { resume } = current;
            await (SENDS.includes(resume) ? this.finish(resume) : this.go(resume ?? this.steps[2]));
        }
    }

    async finish(kind) {
        const { current } = this;
        const refusal = await this.send(kind);
        if (!refusal || this.current !== current) {
            return; // nothing to tell, or one is elsewhere by now
        }
        if (kind === "delegateBack") {
            await this.toDocument();
            this.alert.show(words(refusal), () => this.finish(kind));
        } else {
            new Question(this, kind).open(refusal);
        }
    }

    /** Send what is asked for instead of a signature; returns a refusal that has to be told, else null. */
    async send(kind) {
        const isDecline = kind === "decline";
        const params = this.session[kind] ?? { take_back: true };
        const reply = await post(isDecline ? kind : "delegate", params);
        if (reply.error) {
            return (await this.isHandled(reply, kind)) ? null : reply;
        }
        await (isDecline ? this.settle("declined") : this.startAnew());
        return null;
    }

    /** Lead back to the document; what is begun there waits until one is back. */
    toDocument() {
        if (this.isOpen) {
            this.returned = new Promise((resolve) => {
                addEventListener("popstate", resolve, { once: true });
            });
            history.back();
        }
        return this.returned;
    }

    /** The page itself says what is asked now; what was entered is kept for it. */
    async startAnew() {
        await this.drafts.flush();
        location.reload();
    }

    /**
     * Follow a refusal that leads elsewhere: to the code step and then back to `resume`, or to
     * another situation. False when the step itself has to tell it.
     */
    async isHandled(reply, resume) {
        if (NEEDS_CODE.has(reply.error)) {
            this.session.isConfirmed = false;
            this.session.code.expiresAt = null;
            this.go("code", { notice: words(reply), resume });
            return true;
        }
        if (reply.error in NEW_SITUATION) {
            await this.settle(NEW_SITUATION[reply.error], words(reply));
            return true;
        }
        return false;
    }

    /** Show the situation that the server tells now; `fallback` when it cannot be asked. */
    async settle(fallback, message = null) {
        const fresh = await refresh();
        this.leave();
        if (fresh?.stopped) {
            location.reload(); // says why, and can be declined there
            return;
        }
        const page = fresh && fresh.situation !== "sign" ? fresh : this.local(fallback, message);
        new Situation(page, this.shell).show();
    }

    local(situation, message) {
        const { company, sender, request, base } = this.page;
        return { situation, company, sender, request, base, message };
    }
}
