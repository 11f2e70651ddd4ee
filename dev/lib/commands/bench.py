"""`dev/bench [NAME…]`: runs the measurements in `dev/benchmarks/`, all or those named.

A benchmark is a module there with a function `measure()`, which prints its figures and returns
whether they keep within the budget.
"""

import importlib
import pkgutil
import sys

from dev import benchmarks
from dev.lib.trouble import Trouble, ends_plainly, say


@ends_plainly
def main(*names):
    """Run the benchmarks and return 1 when one is over its budget."""
    known = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise Trouble(
            f"no benchmark is called {', '.join(unknown)}; there are: {', '.join(known)}."
        )
    if not known:
        say("There are no benchmarks yet: dev/benchmarks/ holds none.")
    kept = [_run(name) for name in names or known]
    return 0 if all(kept) else 1


def _run(name):
    say(f"# {name}")
    return importlib.import_module(f"dev.benchmarks.{name}").measure()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
