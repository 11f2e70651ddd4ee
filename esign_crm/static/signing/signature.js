/** Last step: the signature in one of several ways, equal in right, the consent, and Sign. */

import { SIGNATURE } from "./drafts.js";
import { FieldsStep, ownFields } from "./fields.js";
import { DrawnMethod } from "./pad.js";
import { ImageMethod } from "./picture.js";
import { post, words } from "./rpc.js";
import { Initials, TypedMethod, isSameName } from "./typed.js";
import { Alert, Labelled, announce, ask, clauseText, el, makeForm, runOnce, t } from "./ui.js";

/** In the order of the tabs; a further way to sign is one more class here. */
const METHODS = { typed: TypedMethod, drawn: DrawnMethod, image: ImageMethod };
/** Sealing may come before the answer. */
const SIGN_SECONDS = 120;

export class SignatureStep {
    constructor(flow) {
        this.flow = flow;
        this.session = flow.session;
        this.alert = new Alert();
        const { signature, made } = this.session;
        const onChange = () => this.onChange();
        const invitedName = flow.page.signer.name;
        this.methods = Object.entries(METHODS).map(
            ([key, Method]) =>
                new Method({ invitedName, signature: made[key] ?? signature, onChange })
        );
        this.method = this.methods.find(({ key }) => key === signature?.method) ?? this.methods[0];
        const onInitials = () => this.onChange(false);
        this.initials = new Initials({ page: flow.page, signature, onChange: onInitials });
        this.consent = this.consentLine();
        this.status = el("p", { class: "hint" });
    }

    consentLine() {
        const onchange = () => {
            this.session.hasConsent = input.checked;
            this.consent.setError(null);
        };
        const input = el("input", { type: "checkbox", required: true, onchange });
        input.checked = this.session.hasConsent;
        const label = this.flow.page.consent.text;
        return new Labelled({ id: "esign-consent", label, input, isInline: true });
    }

    /** The clause of the first step once more, beside the box that accepts it. */
    clause() {
        const { clause } = this.flow.page.consent;
        return (
            clause &&
            el("details", { class: "clause" }, el("summary", {}, clause.title), clauseText(clause))
        );
    }

    view() {
        const { title, number } = this.flow.page.request;
        this.button = el("button", { type: "submit", class: "button button-primary" }, t("sign"));
        const parts = [
            el("p", {}, t("signature_lead", { title, number })),
            this.tabs(),
            ...this.methods.map((method) => this.tabPanel(method)),
            this.initials.node,
            this.consent.node,
            this.clause(),
            this.alert.node,
            this.flow.drafts.node,
            el(
                "div",
                { class: "actions" },
                this.status,
                this.button,
                this.flow.backButton("signature")
            ),
        ];
        this.choose(this.method);
        const form = makeForm(this.button, () => this.sign(), parts, { class: "step" });
        return { heading: t("signature_title"), body: [form] };
    }

    tabs() {
        const tabs = this.methods.map((method) => {
            const id = `esign-method-${method.key}`;
            const input = el("input", {
                type: "radio",
                name: "esign-method",
                id,
                value: method.key,
                onchange: () => this.choose(method, true),
            });
            input.checked = method === this.method;
            return el("div", { class: "tab" }, input, el("label", { for: id }, method.label));
        });
        return el(
            "fieldset",
            { class: "tabs" },
            el("legend", {}, t("method_legend")),
            el("div", { class: "tab-row" }, tabs)
        );
    }

    tabPanel(method) {
        method.node.classList.add("tab-panel");
        return method.node;
    }

    choose(method, isByHand = false) {
        this.method = method;
        this.methods.forEach((each) => {
            each.node.hidden = each !== method;
        });
        this.alert.clear();
        if (isByHand) {
            this.onChange();
        }
    }

    /** What was made in one way is kept while another is tried; a picture is sent when it is another one. */
    onChange(isOther = true) {
        this.alert.clear();
        this.session.signature = this.value();
        this.session.made[this.method.key] = this.session.signature;
        this.showMark();
        if (isOther && this.method.key === "image") {
            this.flow.drafts.changed(SIGNATURE);
        } else {
            this.flow.drafts.schedule();
        }
    }

    value() {
        return this.initials.of(this.method.value());
    }

    /** Show in the document what it is signed with. */
    showMark() {
        const { name, image, hand } = this.session.signature ?? {};
        const mark = { typed: name, drawn: t("box_drawn"), image }[this.method.key];
        const isMade = Boolean(this.session.signature);
        const short = this.initials.show(this.method.value(), this.method.key);
        this.flow.pages.setSigned(isMade ? mark : "", isMade ? short || mark : "", hand);
    }

    enter() {
        this.flow.drafts.onSaved = (reply) => this.onSaved(reply);
        this.showMark();
    }

    leave() {
        this.flow.drafts.onSaved = null;
    }

    /** The server has looked at what is not signed with yet. */
    onSaved({ pictures = {}, refused = [] }) {
        const lacking = refused.find(({ hand }) => hand);
        const [typed] = this.methods;
        if (lacking && lacking.hand !== typed.hand()) {
            typed.setError(words(lacking), lacking.hand);
        }
        this.takePicture(
            pictures[SIGNATURE],
            refused.find(({ picture }) => picture === SIGNATURE)
        );
    }

    /** Show the picture as it will stand, or say why it cannot. */
    takePicture(kept, refusal) {
        const image = this.methods.find(({ key }) => key === "image");
        if (refusal) {
            image.refused(words(refusal));
            this.session.signature = kept ? this.session.signature : null;
        }
        if (kept) {
            image.prepared(kept);
        }
        if (refusal || kept) {
            this.session.made.image = image.value();
            this.showMark();
        }
    }

    /** The signature when everything is there; else null, with the fault told beside its place. */
    complete() {
        const signature = this.value();
        const hasConsent = this.consent.input.checked;
        this.consent.setError(hasConsent ? null : t("consent_needed"));
        if (!signature) {
            this.method.complain();
        } else if (!hasConsent) {
            this.consent.input.focus();
        }
        return hasConsent ? signature : null;
    }

    async sign() {
        this.alert.clear();
        const signature = this.complete();
        if (!signature || !(await this.isNameAgreed(signature))) {
            return;
        }
        this.session.signature = signature;
        this.tell(t("signing"));
        const payload = {
            values: this.values(),
            signature,
            consent: this.flow.page.consent.version,
        };
        const onBusy = () => this.tell(t("error_busy"));
        const reply = await post("sign", payload, { seconds: SIGN_SECONDS, onBusy });
        this.status.textContent = "";
        if (!reply.error) {
            this.flow.drafts.stop();
            await this.flow.settle("signed");
        } else if (this.flow.current === this) {
            await this.refuse(reply);
        }
    }

    tell(message) {
        this.status.textContent = message;
        announce(message);
    }

    /** Only what this signer may fill; the server knows the rest. */
    values() {
        const ids = ownFields(this.flow.page).map((field) => field.id);
        const given = ids.filter((id) => this.session.values[id] !== undefined);
        return Object.fromEntries(given.map((id) => [id, this.session.values[id]]));
    }

    async refuse(reply) {
        if (FieldsStep.has(this.flow.page, reply.field)) {
            this.flow.go("fields", { refusal: { field: reply.field, message: words(reply) } });
        } else if (reply.error === "consent_missing") {
            this.consent.setError(words(reply));
            this.consent.input.focus();
        } else if (!this.isOfSignature(reply) && !(await this.flow.isHandled(reply, "signature"))) {
            this.alert.show(words(reply), () => runOnce(this.button, () => this.sign()));
        }
    }

    /** Tell a refusal of the signature itself beside it; false for another one. */
    isOfSignature(reply) {
        const isField = reply.error === "field_required" || reply.error === "field_invalid";
        if (reply.reason === "initials" || this.initials.isAbout(reply.field, this.method.key)) {
            this.initials.refused(words(reply));
        } else if (isField || reply.error === "image_refused") {
            this.method.refused(isField && !reply.hand ? undefined : words(reply), reply.hand);
        } else {
            return false;
        }
        return true;
    }

    /** A name unlike the invited one is asked about once; both go onto the certificate page. */
    isNameAgreed({ method, name }) {
        const invited = this.flow.page.signer.name;
        const isFine = method !== "typed" || isSameName(name, invited);
        if (isFine || this.session.agreedName === name) {
            return true;
        }
        return askAboutName(invited, name).then((isAgreed) => {
            this.session.agreedName = isAgreed ? name : null;
            return isAgreed;
        });
    }
}

function askAboutName(invited, typed) {
    const body = [el("p", {}, t("name_unlike", { invited, typed }))];
    return ask(t("name_title"), body, [
        { label: t("name_keep"), answer: "keep", kind: "button-primary" },
        { label: t("name_change") },
    ]);
}
