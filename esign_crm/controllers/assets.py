"""The signing page's bundle: read, minified and compressed once, served under the hash of its bytes."""

import functools
import gzip
import hashlib
import re
from pathlib import Path
from typing import NamedTuple

from rjsmin import jsmin  # a part of Odoo, which minifies its own bundles by it
from werkzeug.http import parse_accept_header

from odoo import http
from odoo.http import request

FOLDER = Path(__file__).resolve().parent.parent / "static" / "signing"
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".woff2": "font/woff2",
}
COMMENT, BLANKS = re.compile(rb"/\*.*?\*/", re.DOTALL), re.compile(rb"\s*\n\s*")
# at the ends of lines nothing, after a property's colon no blank, after the last property of a rule no semicolon,
# beside a comma or ">" no blank
SPARED = [
    (rb"(?m)^([\w-]+): ", rb"\1:"),
    (rb" ?([{,;])\n", rb"\1"),
    (rb";?\n?\}\n?", rb"}"),
    (rb" ?([,>]) ", rb"\1"),
]


def _minified_style(content: bytes) -> bytes:
    """Return a style sheet without what only developers read; our own, in which no string holds any of it."""
    short = BLANKS.sub(b"\n", COMMENT.sub(b"", content)).strip()
    for what, instead in SPARED:
        short = re.sub(what, instead, short)
    return short


MINIFIED = {".css": _minified_style, ".js": jsmin}


class Asset(NamedTuple):
    """One file of the bundle; `gzipped` is None where compressing would gain nothing."""

    content: bytes
    gzipped: bytes | None
    content_type: str


class Bundle(NamedTuple):
    """All files under one digest, so that relative imports between modules resolve."""

    digest: str
    assets: dict[str, Asset]


def _read_asset(path: Path) -> Asset:
    minified = MINIFIED.get(path.suffix)
    if not minified:
        return Asset(path.read_bytes(), None, CONTENT_TYPES[path.suffix])
    content = minified(path.read_bytes())
    return Asset(content, gzip.compress(content, 9, mtime=0), CONTENT_TYPES[path.suffix])


def _digest(assets: dict[str, Asset]) -> str:
    whole = hashlib.sha256()
    for name, asset in sorted(assets.items()):
        whole.update(f"{name}\0{len(asset.content)}\0".encode())
        whole.update(asset.content)
    return whole.hexdigest()


@functools.cache
def bundle() -> Bundle:
    """Return the bundle; the files are part of the code, so one reading a process is enough."""
    files = [path for path in FOLDER.iterdir() if path.suffix in CONTENT_TYPES]
    assets = {path.name: _read_asset(path) for path in files}
    return Bundle(_digest(assets), assets)


def asset_urls() -> dict[str, str]:
    """Return name → URL of each file, for the templates of the public pages."""
    digest, assets = bundle()
    return {name: f"/esign/assets/{digest}/{name}" for name in assets}


class EsignAssetsController(http.Controller):
    """Serves what the public pages are made of; holds nothing about anyone."""

    @http.route(
        "/esign/assets/<string:digest>/<string:name>",
        type="http",
        auth="none",
        methods=["GET"],
        readonly=True,
        save_session=False,
        sitemap=False,
    )
    def esign_asset(self, digest, name):
        """Answer one file for ever, or 404 for another bundle's hash."""
        asset = bundle().assets.get(name) if digest == bundle().digest else None
        if asset is None:
            return request.make_response(b"", self._headers("text/plain", "no-store"), status=404)
        headers = self._headers(asset.content_type, "public, max-age=31536000, immutable")
        if asset.gzipped is None:
            return request.make_response(asset.content, headers)
        headers.append(("Vary", "Accept-Encoding"))
        accepted = parse_accept_header(request.httprequest.headers.get("Accept-Encoding"))
        if not accepted.quality("gzip"):
            return request.make_response(asset.content, headers)
        return request.make_response(asset.gzipped, [*headers, ("Content-Encoding", "gzip")])

    def _headers(self, content_type, caching):
        return [
            ("Content-Type", content_type),
            ("Cache-Control", caching),
            ("X-Content-Type-Options", "nosniff"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ]
