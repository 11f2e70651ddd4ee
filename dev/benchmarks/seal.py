"""What sealing costs: medians of shuffled rounds in one run, ratios to a one-page document, memory.

Time is the processor's, so that what else runs on the machine does not count. The job is a last signer's: marks of two signers, certificate pages, the seal; the self-check apart.
"""

import importlib.util
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from datetime import datetime, timezone
from pathlib import Path

from dev.lib import paths
from dev.lib.trouble import say

sys.path.insert(0, str(paths.ADDON))  # `tools` without Odoo, as the jail's child has it

from tools.pdf import certificate_page
from tools.pdf.geometry import Box
from tools.pdf.marks import Mark, NameContent, TextContent
from tools.sealing import key
from tools.sealing.seal import seal
from tools.sealing.verify import verify_offline

ROUNDS = 15
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=timezone.utc)
SCAN_SIDE = 4472  # pixels: 20 MB of grey that no compression makes smaller
LIMITS = {  # ratio to one page, design section 12
    "200 pages": 1.3,
    "200 pages, object streams": 1.3,
    "200 pages, nested tree": 1.3,
    "2000 pages": 2.5,
    "20 MB scan": 2.5,
}
MEMORY_FACTOR, MEMORY_EXTRA_MB = 1.5, 10
MEGABYTE = 1_000_000


def measure():
    """Print the figures and return whether they keep within the budget."""
    identity = key.generate("Northwind", "Northwind Traders Ltd", NOW, 1)
    documents = _documents()
    jobs = {name: _job(pdf, identity) for name, pdf in documents.items()}
    times = _rounds(jobs | _parts(identity))
    one_page = times["1 page"]
    say(f"{'':32}{'median':>10}{'ratio':>8}{'at most':>9}")
    kept = [_line(name, taken, taken / one_page) for name, taken in times.items()]
    return all([*kept, _memory_line(documents["20 MB scan"])])


def _documents():
    made = samples()
    scan = zlib.compress(os.urandom(SCAN_SIDE**2), 0)
    return {
        "1 page": made.plain_pdf(1),
        "200 pages": made.plain_pdf(200),
        "200 pages, object streams": made.object_stream_pdf(200),
        "200 pages, nested tree": made.nested_pdf(200, 10),
        "2000 pages": made.plain_pdf(2000),
        "20 MB scan": made.image_pdf(SCAN_SIDE, SCAN_SIDE, packed=scan),
    }


def samples():
    """Return the tests' sample PDFs, without the package around them, which is Odoo's."""
    file = paths.ADDON / "tests" / "pdf_samples.py"
    spec = importlib.util.spec_from_file_location("pdf_samples", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _parts(identity):
    """Return the parts of the job that are worth a line of their own."""
    sealed = _job(samples().plain_pdf(1), identity)()
    return {
        "certificate pages alone": _certificate_pages,
        "self-check alone, 1 page": lambda: verify_offline(sealed.content),
    }


def _job(pdf, identity):
    def job():
        return seal(
            pdf,
            _marks(),
            _certificate_pages(),
            identity,
            now=NOW,
            reason="ES00012",
            location="Berlin",
            random_bytes=os.urandom,
        )

    return job


def _marks():
    names = ("Anna Kowalska", "Jürgen Großmann")
    for index, name in enumerate(names):
        left = 0.1 + 0.5 * index
        yield Mark(Box(1, left, 0.8, 0.3, 0.08), NameContent(name), f"{name} · 20.11.2026 09:45")
        yield Mark(Box(1, left, 0.7, 0.3, 0.03), TextContent(f"{name}, директор"))


def _certificate_pages():
    row = certificate_page.Row
    party = certificate_page.Block(
        "Client", tuple(row(f"Row {n}", "Value " * 8) for n in range(10))
    )
    technical = tuple(row(f"SHA-256 of the file {n}", f"{n}" * 64) for n in range(6))
    page = certificate_page.CertificatePage(
        title="Certificate of authenticity of the signatures",
        company="Northwind Traders Ltd",
        lead=tuple(row(f"Row {n}", "Value " * 6) for n in range(5)),
        parties=(party, party),
        technical=certificate_page.Block("Technical facts", technical),
        audit=tuple(row(f"20.11.2026 09:{n}", "Link opened by Anna Kowalska") for n in range(18)),
        check_heading="How to check",
        check_text="Scan the code or open the address below it. " * 3,
        qr_url="https://sign.example.com/esign/verify/K7QJ2M4X9TBDZW3RPL6AUY5C2Q",
        legal_line="Simple electronic signatures.",
        footer="ES00012",
        audit_heading="Audit trail",
    )
    return certificate_page.draw(page)


def _rounds(jobs):
    """Return the median seconds of each job; the order is new in each round."""
    taken = {name: [] for name in jobs}
    for job in jobs.values():  # warm
        job()
    order = list(jobs)
    for number in range(ROUNDS):
        random.Random(number).shuffle(order)  # noqa: S311 - no secret
        for name in order:
            start = time.process_time()
            jobs[name]()
            taken[name].append(time.process_time() - start)
    return {name: statistics.median(values) for name, values in taken.items()}


def _line(name, seconds, ratio):
    limit = LIMITS.get(name)
    is_kept = limit is None or ratio <= limit
    shown = f"{limit:>9.1f}" if limit else " " * 9
    say(f"{name:32}{seconds * 1000:>7.0f} ms{ratio:>8.2f}{shown}{'' if is_kept else '  OVER'}")
    return is_kept


def _memory_line(scan):
    """Print the peak of a process that seals a scan, above what it held before."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(scan)
        file.flush()
        command = [sys.executable, "-m", "dev.benchmarks.seal", file.name]
        answer = subprocess.run(command, cwd=paths.ROOT, check=True, capture_output=True, text=True)
    size, peak = len(scan) / MEGABYTE, float(answer.stdout) / MEGABYTE
    limit = MEMORY_FACTOR * size + MEMORY_EXTRA_MB
    is_kept = peak <= limit
    say(
        f"{'memory, 20 MB scan':32}{peak:>7.1f} MB{peak / size:>8.2f}  (file {size:.1f} MB, at most "
        f"{limit:.1f} MB){'' if is_kept else '  OVER'}"
    )
    return is_kept


def _print_memory(file):
    """Print by how much sealing a file raises the memory of this process, in bytes."""
    identity = key.generate("Northwind", "", NOW, 1)
    _job(samples().plain_pdf(1), identity)()
    scan = Path(file).read_bytes()
    Path("/proc/self/clear_refs").write_text("5")  # the peak starts from here
    before = _status("VmRSS")
    _job(scan, identity)()
    say(_status("VmHWM") - before)


def _status(name):
    """Return an entry of Linux's account of this process, in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    (value,) = (line.split()[1] for line in lines if line.startswith(f"{name}:"))
    return int(value) * 1024


if __name__ == "__main__":
    sys.exit(_print_memory(sys.argv[1]) if len(sys.argv) > 1 else not measure())
