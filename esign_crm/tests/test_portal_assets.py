"""The bundle of the public pages: immutable under its hash, small, and nothing else."""

import gzip
import re

from odoo.tests import HttpCase, tagged

from ..controllers.assets import FOLDER, asset_urls, bundle

IMPORT = re.compile(r'(?:from|import)\s*\(?\s*"\./([\w.]+)"')
COMMENT = re.compile(rb"/\*.*?\*/|(?m:(?<!:)//[^\n]*$)", re.DOTALL)
LARGEST = 40_000


@tagged("post_install", "-at_install")
class TestPortalAssets(HttpCase):
    """What `/esign/assets` answers."""

    def test_each_file_is_served_for_ever_with_its_type(self):
        for name, url in asset_urls().items():
            answer = self.url_open(url)
            self.assertEqual(answer.status_code, 200, name)
            self.assertEqual(answer.content, bundle().assets[name].content)
            self.assertEqual(answer.headers["Cache-Control"], "public, max-age=31536000, immutable")
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
            self.assertNotIn("Set-Cookie", answer.headers)
        self.assertIn(
            "text/javascript", self.url_open(asset_urls()["main.js"]).headers["Content-Type"]
        )

    def test_what_is_served_is_the_file_without_what_only_developers_read(self):
        for name, asset in bundle().assets.items():
            content = (FOLDER / name).read_bytes()
            if asset.gzipped is None:
                self.assertEqual(asset.content, content, name)
                continue
            self.assertLess(len(asset.content), len(content), name)
            self.assertNotIn(b"/*", asset.content, name)
            words = re.findall(rb"\w+", COMMENT.sub(b"", content))
            self.assertEqual(re.findall(rb"\w+", asset.content), words, name)

    def test_scripts_and_styles_travel_compressed_unless_refused(self):
        url = asset_urls()["page.css"]
        self.assertEqual(self.url_open(url).headers["Content-Encoding"], "gzip")
        plain = self.url_open(url, headers={"Accept-Encoding": "identity"})
        self.assertNotIn("Content-Encoding", plain.headers)
        self.assertEqual(plain.headers["Vary"], "Accept-Encoding")

    def test_other_hashes_names_and_ways_out_are_404(self):
        digest = bundle().digest
        for path in (
            f"{'0' * 64}/main.js",
            f"{digest}/none.js",
            f"{digest}/..%2f..%2f__manifest__.py",
        ):
            self.assertEqual(self.url_open(f"/esign/assets/{path}").status_code, 404, path)

    def test_bundle_without_the_hand_is_under_forty_kilobytes(self):
        sizes = [len(asset.gzipped) for asset in bundle().assets.values() if asset.gzipped]
        self.assertLess(sum(sizes), LARGEST)
        first = bundle().assets["page.css"]
        self.assertEqual(gzip.decompress(first.gzipped), first.content)

    def test_every_import_between_modules_resolves(self):
        assets = bundle().assets
        for name, asset in assets.items():
            if name.endswith(".js"):
                missing = set(IMPORT.findall(asset.content.decode())) - set(assets)
                self.assertEqual(missing, set(), name)
