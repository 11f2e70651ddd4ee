import { createFileViewer } from "@web/core/file_viewer/file_viewer_hook";
import { registry } from "@web/core/registry";

const viewer = createFileViewer();

/**
 * Show a PDF above the page that one is on. A tab of its own would be blocked by the browser as soon as the server
 * needs a few seconds to print: by then the click that asked for it no longer counts.
 *
 * params: `name` of the file, `url` that gives it.
 */
function showFile(env, { params: { name, url } }) {
    const source = `/web/static/lib/pdfjs/web/viewer.html?file=${encodeURIComponent(url)}#pagemode=none`;
    viewer.open({
        name,
        isPdf: true,
        isViewable: true,
        defaultSource: source,
        downloadUrl: url,
    });
}

registry.category("actions").add("esign_crm.show_file", showFile);
