"""The generic SMS gateway: one JSON document by POST, a key against repetition, a reference back."""

import json
import time
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter

from ..errors import GatewayError
from .base import Receipt, Sms, masked_words
from .web_address import Target, resolve

ANSWER_BYTES = 16 * 1024


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
        target = resolve(self.url, allow_private=self.allow_private)
        status, body = self._exchange(target, sms)
        if 200 <= status < 300:
            return self._receipt(body)
        raise self._refusal(status, body, sms)

    def _exchange(self, target: Target, sms: Sms) -> tuple[int, bytes]:
        """Post to the checked address and return (status, body)."""
        try:
            with requests.Session() as session:
                session.trust_env = False  # a proxy would connect to an address that nobody checked
                session.mount(f"{target.scheme}://", _PinnedAdapter(target))
                return self._post(session, target, sms)
        except requests.ConnectTimeout as error:
            raise GatewayError("unreachable") from error
        except requests.Timeout as error:
            raise GatewayError("timeout", is_outcome_unknown=True) from error
        except requests.exceptions.SSLError as error:
            raise GatewayError("unreachable", words=masked_words(_tls_words(error))) from error
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise _connection_error(error) from error

    def _post(self, session: requests.Session, target: Target, sms: Sms) -> tuple[int, bytes]:
        started = time.monotonic()
        answer = session.post(
            target.pinned_url,
            data=self._document(sms),
            headers=self._headers(target),
            timeout=self.timeout,
            allow_redirects=False,
            stream=True,
        )
        with answer:
            return answer.status_code, self._read(answer, started)

    def _read(self, answer: requests.Response, started: float) -> bytes:
        """Read the body in full, but neither longer nor slower than allowed."""
        body = b""
        for part in answer.iter_content(1024):
            body += part
            if len(body) > ANSWER_BYTES:
                break
            if time.monotonic() - started > self.timeout:
                raise requests.ReadTimeout
        return body

    def _headers(self, target: Target) -> dict[str, str]:
        return {
            "Host": target.host_header,
            "Authorization": f"Bearer {self._secret}",
            "Content-Type": "application/json",
            "Accept": "application/json",
            "User-Agent": "esign_crm",
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


class _PinnedAdapter(HTTPAdapter):
    """Connects to the checked address, and still asks the certificate for the host's name."""

    def __init__(self, target: Target) -> None:
        self._target = target
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as in requests
        if self._target.scheme == "https":
            kwargs.update(server_hostname=self._target.host, assert_hostname=self._target.host)
        return super().init_poolmanager(*args, **kwargs)


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _connection_error(error: Exception) -> GatewayError:
    """Tell a connection that never stood from one that broke after the message had left."""
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", cause)
    if isinstance(reason, urllib3.exceptions.NewConnectionError):
        return GatewayError("unreachable")
    return GatewayError("hung_up", is_outcome_unknown=True)


def _tls_words(error: Exception) -> str:
    reason = getattr(error.args[0], "reason", error) if error.args else error
    return str(reason)
