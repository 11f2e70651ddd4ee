/** The check of a file: hashed here, looked up by its SHA-256, uploaded only when asked to. */

import { readPage } from "./rpc.js";
import { Alert, actionButton, announce, el, setLanguage, t } from "./ui.js";

const PATIENCE_SECONDS = 60;
const HEAD_BYTES = 1024;

/** The SHA-256 of a file as hexadecimal digits. */
async function sha256(file) {
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join(
        ""
    );
}

/** Why a file needs no looking up at all, as the name of a sentence, or null. */
async function refusal(file, maxBytes) {
    if (!file.size) {
        return "empty";
    }
    if (file.size > maxBytes) {
        return "too_large";
    }
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
    return new TextDecoder("latin1").decode(head).includes("%PDF-") ? null : "not_pdf";
}

/** Post a form's data and return the page that answers, null when the connection is lost. */
function send(data, { headers = {}, onProgress = null } = {}) {
    return new Promise((resolve) => {
        const call = new XMLHttpRequest();
        call.open("POST", "/esign/verify");
        call.timeout = onProgress ? 0 : PATIENCE_SECONDS * 1000;
        call.setRequestHeader("Accept", "text/html");
        Object.entries(headers).forEach(([name, value]) => call.setRequestHeader(name, value));
        call.upload.addEventListener("progress", (step) => onProgress?.(step));
        call.addEventListener("load", () => resolve(call.responseText));
        ["error", "timeout", "abort"].forEach((kind) =>
            call.addEventListener(kind, () => resolve(null))
        );
        call.send(data);
    });
}

class FileCheck {
    constructor(form) {
        this.form = form;
        this.input = form.querySelector("input[type=file]");
        this.hint = form.querySelector(".hint");
        this.result = document.getElementById("verify-result");
        this.lead = document.getElementById("verify-lead");
        this.alert = new Alert();
        this.more = el("div", {});
        this.turn = 0;
        this.canHash = Boolean(globalThis.crypto?.subtle);
    }

    /** Take the plain form over: a chosen file is checked at once, so its button goes. */
    start() {
        this.form.querySelector("button[type=submit]").hidden = true;
        this.hint.textContent = t(this.canHash ? "file_stays" : "file_stays_not");
        const field = this.input.closest(".field");
        field.classList.add("drop");
        field.append(el("p", { class: "hint" }, t("file_drop")));
        this.form.append(this.alert.node, this.more);
        this.input.addEventListener("change", () => this.take(this.input.files[0]));
        this.form.addEventListener("submit", (submit) => {
            submit.preventDefault();
            this.take(this.input.files[0]);
        });
        this.listenToDrops(field);
        if (this.input.files.length) {
            this.take(this.input.files[0]); // a reload keeps the choice
        }
    }

    /** A file may fall anywhere on the page; elsewhere the browser would leave for it. */
    listenToDrops(field) {
        const carriesFile = (drag) => Array.from(drag.dataTransfer?.types ?? []).includes("Files");
        addEventListener("dragover", (drag) => {
            if (carriesFile(drag)) {
                drag.preventDefault();
                field.classList.add("drop-over");
            }
        });
        addEventListener("dragleave", (drag) => {
            if (!drag.relatedTarget) {
                field.classList.remove("drop-over");
            }
        });
        addEventListener("drop", (drop) => {
            if (carriesFile(drop)) {
                drop.preventDefault();
                field.classList.remove("drop-over");
                this.input.value = "";
                this.take(drop.dataTransfer.files[0]);
            }
        });
    }

    async take(file) {
        this.turn += 1;
        this.clear();
        if (!file) {
            return;
        }
        const { turn } = this;
        this.tell(t("hashing", { name: file.name }));
        try {
            const reason = await refusal(file, Number(this.form.dataset.max));
            if (turn === this.turn && reason) {
                this.refuse(`${t(reason)} (${file.name})`);
            } else if (turn === this.turn) {
                await (this.canHash ? this.lookUp(file, turn) : this.offerUpload(file));
            }
        } catch {
            if (turn === this.turn) {
                this.refuse(t("unreadable_here"));
            }
        }
    }

    async lookUp(file, turn) {
        const data = new FormData();
        data.set("lang", document.documentElement.lang);
        data.set("sha256", await sha256(file));
        if (turn !== this.turn) {
            return;
        }
        this.tell(t("asking"));
        const answer = await send(data, { headers: { "X-Esign-Hashed": "1" } });
        if (turn === this.turn && this.show(answer, file, () => this.take(file))) {
            this.offerUpload(file);
        }
    }

    offerUpload(file) {
        const lead = el("p", { class: "hint" }, t("upload_lead"));
        const button = actionButton(t("upload"), () => this.upload(file));
        this.more.replaceChildren(lead, button);
    }

    async upload(file) {
        this.turn += 1;
        const { turn } = this;
        const bar = el("progress", { max: "100", value: "0", "aria-label": t("upload") });
        const words = el("p", { class: "hint" });
        this.alert.clear();
        this.more.replaceChildren(bar, words);
        const data = new FormData();
        data.set("lang", document.documentElement.lang);
        data.set("file", file);
        const onProgress = ({ loaded, total }) => {
            const percent = Math.floor((100 * loaded) / (total || 1));
            bar.value = percent;
            words.textContent = percent < 100 ? t("uploading", { percent }) : t("examining");
        };
        const answer = await send(data, { onProgress });
        if (turn === this.turn) {
            this.show(answer, file, () => this.upload(file));
        }
    }

    /** Put the answer's result in the place of the former one; false when it has none, or when none came (null). */
    show(answer, file, retry) {
        const answered = new DOMParser().parseFromString(answer, "text/html");
        const result = answered.getElementById("verify-result");
        if (!result?.childElementCount) {
            this.refuse(answer === null ? t("network") : t("failed"), retry);
            return false;
        }
        const nodes = Array.from(result.children, (node) => document.importNode(node, true));
        const which = el("p", { class: "hint" }, t("checked_file", { name: file.name }));
        this.result.replaceChildren(...nodes, which);
        this.showLead(false);
        this.tell("");
        const verdict = document.getElementById("verify-verdict");
        verdict?.focus({ preventScroll: true });
        document.getElementById("verify-heading").scrollIntoView({ block: "start" });
        return true;
    }

    tell(message) {
        this.more.replaceChildren(...(message ? [el("p", { class: "working" }, message)] : []));
        announce(message);
    }

    refuse(message, retry = null) {
        this.more.replaceChildren();
        this.alert.show(message, retry);
    }

    clear() {
        this.alert.clear();
        this.more.replaceChildren();
        this.result.replaceChildren();
        this.showLead(true);
    }

    showLead(isShown) {
        if (this.lead) {
            this.lead.hidden = !isShown;
        }
    }
}

const page = readPage(document);
if (page) {
    setLanguage(page.texts, page.lang);
    new FileCheck(document.getElementById("verify-form")).start();
}
