/** Starts the page: reads its facts and shows the view of the signer's situation. */

import { post, readPage, setBase } from "./rpc.js";
import { Shell } from "./shell.js";
import { el, setLanguage, t } from "./ui.js";

const HUMAN_INPUT = ["pointerdown", "touchstart", "keydown", "wheel", "click"];

/** What this visit knows beyond the page's facts: typed values, signature, confirmation. */
function newSession(page) {
    const { values = {}, signature = null } = page.draft ?? {};
    return {
        values: { ...givenValues(page), ...values },
        signature,
        isConfirmed: Boolean(page.confirmed),
        hasConsent: false,
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
    const reading = new Reading(page, shell, newSession(page));
    reading.show();
    if (page.code?.expires_in && !page.stopped) {
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

start();
