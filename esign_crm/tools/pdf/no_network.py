"""Imported first in the jail: keeps pyHanko from loading an HTTP client.

Its certificate validator wants one for revocation lists. Loading it takes almost half of the
child's start, and there is no network in the jail.
"""

import sys
from types import ModuleType

_NAME = "pyhanko_certvalidator.fetchers.requests_fetchers"

if _NAME not in sys.modules:
    sys.modules[_NAME] = ModuleType(_NAME)
    sys.modules[_NAME].RequestsFetcherBackend = type("RequestsFetcherBackend", (), {})
