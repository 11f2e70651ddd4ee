/** Starts the page: reads its facts, makes its frame and shows the view of the signer's situation. */

import { lost, post, readPage, setBase } from "./rpc.js";
import { el, setLanguage, t } from "./ui.js";

const HUMAN_INPUT = ["pointerdown", "touchstart", "keydown", "wheel", "click"];

/** What this visit knows beyond the page's facts: typed values, signature, confirmation. */
function newSession(page) {
    const { values = {}, signature = null } = page.draft ?? {};
    return {
        values: { ...givenValues(page), ...values },
        signature,
        made: {},
        isConfirmed: Boolean(page.confirmed),
        hasConsent: false,
        resume: null,
        decline: { reason: "" },
        isList: false,
        wanted: null,
        delegate: { name: "", address: "", reason: "" },
        agreedName: null,
        code: codeSoFar(page),
    };
}

function givenValues(page) {
    const isGiven = ({ mine, value }) => mine && value !== null && value !== undefined;
    const given = (page.fields ?? []).filter(isGiven);
    return Object.fromEntries(given.map(({ id, value }) => [id, value]));
}

/** A code sent before a reload goes on being good. */
function codeSoFar({ signer, code }) {
    const { expires_in: expires, retry_after: retry, is_void: isVoid = false } = code ?? {};
    return {
        masked: signer.masked,
        isVoid,
        expiresAt: expires ? Date.now() + expires * 1000 : null,
        resendAt: Date.now() + (retry ?? 0) * 1000,
    };
}

/** What was asked for instead of a signature, before a phone's browser gave up the tab for the message with the code. */
function takeUp(session) {
    const { resume = null, answers } = history.state ?? {};
    Object.assign(session[resume] ?? {}, answers);
    history.replaceState({ ...history.state, resume: null }, ""); // asked for once: later, "Sign" signs
    return resume;
}

/** Mail scanners open links and run scripts, but do not touch: only a hand tells "opened". */
function tellOpenedOnFirstInput() {
    let isTold = false;
    const tell = async (input) => {
        if (isTold || !input.isTrusted) {
            return;
        }
        isTold = true;
        import("./flow.js").catch(() => null); // warm: the click on Sign reports a failure
        const reply = await post("opened");
        isTold = !["network", "unavailable", "failed"].includes(reply.error);
        if (isTold) {
            HUMAN_INPUT.forEach((kind) => removeEventListener(kind, tell, true));
        }
    };
    HUMAN_INPUT.forEach((kind) => addEventListener(kind, tell, { capture: true, passive: true }));
}

async function startSigning(page, shell) {
    const { Reading } = await import("./reading.js");
    const session = newSession(page);
    const resume = takeUp(session);
    const reading = new Reading(page, shell, session);
    reading.show();
    if (page.code?.expires_in && (resume || !page.stopped)) {
        session.resume = resume;
        reading.begin("start"); // back from reading the code elsewhere, which a phone's browser may not have survived
    }
    tellOpenedOnFirstInput();
}

async function startSituation(page, shell) {
    const { Situation } = await import("./situations.js");
    new Situation(page, shell).show();
}

async function start() {
    const page = readPage(document);
    if (!page) {
        return;
    }
    setLanguage(page.texts, page.lang);
    setBase(page.base, page.lang);
    const shell = new Shell(page);
    const begin = page.situation === "sign" ? startSigning : startSituation;
    try {
        await begin(page, shell);
    } catch {
        shell.show({ view: "problem", heading: t("problem_title"), body: [reloadAdvice()] });
    }
}

function reloadAdvice() {
    const button = el("button", { type: "button", class: "button button-primary" }, t("reload"));
    button.addEventListener("click", () => location.reload());
    return el("div", {}, el("p", {}, t("error_network")), button);
}

/** The frame of every view: header, one panel with its heading, and the document beside it. */
class Shell {
    constructor(page) {
        this.title = page.request?.title || page.request?.number || "";
        this.root = document.getElementById("esign-app");
        this.panel = el("section", { class: "panel", "aria-labelledby": "esign-heading" });
        this.beside = el("div", { class: "beside" });
        this.line = el("div", { class: "line", role: "alert" });
        document.body.prepend(this.line);
        this.root.replaceChildren(this.panel, this.beside);
        this.isFirst = true;
        fillHeader(page);
        addEventListener("offline", () => lost("network"));
        addEventListener("esign-lost", ({ detail }) =>
            this.line.replaceChildren(t(`line_${detail}`))
        );
        addEventListener("esign-back", () => this.line.replaceChildren());
    }

    /** Show the document's pages beside the panel; null takes them away. */
    setDocument(node) {
        this.beside.replaceChildren(...(node ? [node] : []));
        this.root.classList.toggle("has-document", Boolean(node));
    }

    /**
     * Fill the panel. `view` names it for the stylesheet, `progress` is `{n, count}` or null. The
     * focus moves to the heading, except at the first view, where the browser's own order holds.
     */
    show({ view, heading, body, above = null, progress = null }) {
        const title = el("h1", { id: "esign-heading", tabindex: "-1" }, heading);
        this.root.dataset.view = view;
        document.body.dataset.view = view;
        document.title =
            this.title && heading !== this.title ? `${heading} – ${this.title}` : heading;
        const content = [progress && progressBar(progress), above, title, ...body];
        this.panel.replaceChildren(...content.filter(Boolean));
        if (!this.isFirst) {
            scrollTo(0, 0);
            title.focus({ preventScroll: true });
        }
        this.isFirst = false;
    }
}

function progressBar({ n, count }) {
    const bars = Array.from({ length: count }, (_, index) =>
        el("span", { class: index < n ? "bar bar-done" : "bar" })
    );
    return el(
        "div",
        { class: "progress" },
        el("p", {}, t("step_of", { n, count })),
        el("div", { class: "bars", "aria-hidden": "true" }, bars)
    );
}

function fillHeader(page) {
    const header = document.getElementById("esign-header");
    const { name = "", logo } = page.company ?? {};
    header?.replaceChildren(
        el(
            "span",
            { class: "company" },
            logo && el("img", { class: "logo", src: logo, alt: "" }),
            name
        ),
        el("span", { class: "number" }, page.request?.number ?? "")
    );
}

start();
