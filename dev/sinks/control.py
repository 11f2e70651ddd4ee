"""How a sink is told to misbehave: a small JSON file, read anew for each message.

    {"mode": "refuse", "code": 550, "message": "mailbox unavailable"}

=========== ====================================================================================
`mode`      "accept" (also without a file), "refuse", or "hang_up" (file it, then close the
            connection without an answer)
`code`      of a refusal: SMTP 550, 551, 552, 451 …; HTTP 400 … 599
`message`   words of a refusal; `error`: its code word (SMS only)
`seconds`   wait so long before answering, in every mode
`times`     obey for so many messages, then accept again
`to`        obey only for recipients that hold this text
`report`    SMS only: "delivered", "failed" or null, sent to the callback; `report_after` seconds
=========== ====================================================================================
"""

import json
import threading
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Behaviour:
    """What to do with one message."""

    mode: str = "accept"
    code: int = 550
    message: str = "refused by the control file"
    error: str = "refused"
    seconds: float = 0
    times: int | None = None
    to: str = ""
    report: str | None = "delivered"
    report_after: float = 0.2


class Control:
    """A control file: written by tests and by hand, read by the sink."""

    def __init__(self, path):
        """Take the file's path; the file need not exist."""
        self.path = path
        self._lock = threading.Lock()

    def behave(self, **wanted):
        """Set what the sink does from now on; without arguments it accepts everything."""
        unknown = set(wanted) - {field.name for field in fields(Behaviour)}
        if unknown:
            raise ValueError(f"a sink knows nothing of {', '.join(sorted(unknown))}")
        with self._lock:
            self._write(wanted)

    def next(self, recipient):
        """Return what to do with a message to `recipient`, and count it."""
        with self._lock:
            wanted = self._read()
            behaviour = Behaviour(**wanted)
            if behaviour.to not in recipient or behaviour.times == 0:
                return Behaviour(report=behaviour.report, report_after=behaviour.report_after)
            if behaviour.times:
                self._write({**wanted, "times": behaviour.times - 1})
            return behaviour

    def _read(self):
        try:
            return json.loads(self.path.read_text())
        except FileNotFoundError:
            return {}

    def _write(self, wanted):
        making = self.path.with_name(f"{self.path.name}.making")
        making.write_text(json.dumps(wanted))
        making.rename(self.path)
