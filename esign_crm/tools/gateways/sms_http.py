"""The generic SMS gateway: one JSON document by POST, a key against repetition, a reference back."""

import json
from typing import Any

from ..errors import GatewayError
from .base import Receipt, Sms, masked_words
from .pinned_post import post


class SmsHttpGateway:
    """A provider that speaks our protocol; `dev/sinks/sms.py` is one to look at.

    ``POST {"to", "text", "sender", "key", "callback"}`` under ``Authorization: Bearer``; 2xx with
    ``{"id"}`` is acceptance, 429 and 5xx may be tried again, every other answer is final.
    """

    def __init__(
        self, url: str, secret: str, timeout: float = 10, *, allow_private: bool = False
    ) -> None:
        """Keep the settings; nothing is looked up before `send`."""
        self.url = url
        self.timeout = timeout
        self.allow_private = allow_private
        self._secret = secret

    def send(self, sms: Sms) -> Receipt:
        """Hand over one message.

        :raises GatewayError: see its attributes for whether a repetition helps or may send it twice
        """
        status, body = post(
            self.url,
            self._document(sms),
            self._headers(),
            timeout=self.timeout,
            allow_private=self.allow_private,
        )
        if 200 <= status < 300:
            return self._receipt(body)
        raise self._refusal(status, body, sms)

    def _headers(self) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self._secret}",
            "Content-Type": "application/json",
            "Accept": "application/json",
        }

    @staticmethod
    def _document(sms: Sms) -> bytes:
        """Return the same bytes for the same message: key order and separators are fixed."""
        document = {"to": sms.to, "text": sms.text, "key": sms.key}
        optional = {"sender": sms.sender, "callback": sms.callback}
        document.update({name: value for name, value in optional.items() if value})
        return json.dumps(
            document, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        ).encode()

    @staticmethod
    def _receipt(body: bytes) -> Receipt:
        reference = _parsed(body).get("id")
        if not isinstance(reference, str | int) or not str(reference):
            raise GatewayError("bad_answer", is_outcome_unknown=True)
        return Receipt(str(reference)[:100])

    def _refusal(self, status: int, body: bytes, sms: Sms) -> GatewayError:
        if 300 <= status < 400:
            return GatewayError("redirected", is_permanent=True)
        answer = _parsed(body)
        words = str(answer.get("message") or answer.get("error") or f"HTTP {status}")
        words = masked_words(words, self._secret, sms.text, sms.to)
        is_temporary = status == 429 or status >= 500
        return GatewayError("refused", words=words, is_permanent=not is_temporary)


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
