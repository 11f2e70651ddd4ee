"""One POST to an address of the settings: checked first, connected to exactly there, never redirected."""

from collections.abc import Mapping
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter

from ..errors import GatewayError
from .base import masked_words
from .deadline import Deadline
from .web_address import Target, resolve

ANSWER_BYTES = 16 * 1024


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, timeout: float, allow_private: bool
) -> tuple[int, bytes]:
    """Post ``body`` and return (status, body of the answer, at most 16 KB).

    :param timeout: seconds for the whole conversation, however slowly the other side talks
    :raises GatewayError: ``bad_url``, ``private_address``, ``unreachable``; ``timeout`` and ``hung_up``, after which
        nobody knows whether it arrived
    """
    target = resolve(url, allow_private=allow_private)
    with Deadline(timeout) as deadline:
        try:
            answer = _talk(target, deadline, body, headers, timeout)
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise _as_gateway_error(error, deadline) from error
        if deadline.is_over:  # what was cut off may look like a short answer
            raise GatewayError("timeout", is_outcome_unknown=True)
        return answer


def _talk(
    target: Target, deadline: Deadline, body: bytes, headers: Mapping[str, str], timeout: float
) -> tuple[int, bytes]:
    with requests.Session() as session:
        session.trust_env = False  # a proxy would connect to an address that nobody checked
        session.mount(f"{target.scheme}://", _PinnedAdapter(target, deadline))
        answer = session.post(
            target.pinned_url,
            data=body,
            headers={"User-Agent": "esign_crm", **headers, "Host": target.host_header},
            timeout=timeout,
            allow_redirects=False,
            stream=True,
        )
        with answer:
            return answer.status_code, _read(answer)


def _read(answer: requests.Response) -> bytes:
    """Read the body in full, but no longer than allowed."""
    body = b""
    for part in answer.iter_content(1024):
        body += part
        if len(body) > ANSWER_BYTES:
            break
    return body


class _PinnedAdapter(HTTPAdapter):
    """Connects to the checked address, and still asks the certificate for the host's name."""

    def __init__(self, target: Target, deadline: Deadline) -> None:
        self._target = target
        self._deadline = deadline
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as in requests
        if self._target.scheme == "https":
            kwargs.update(server_hostname=self._target.host, assert_hostname=self._target.host)
        result = super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._deadline.pools()
        return result


def _as_gateway_error(error: Exception, deadline: Deadline) -> GatewayError:
    if isinstance(error, requests.ConnectTimeout):
        return GatewayError("unreachable")
    if isinstance(error, requests.Timeout) or deadline.is_over:
        return GatewayError("timeout", is_outcome_unknown=True)
    if isinstance(error, requests.exceptions.SSLError):
        return GatewayError("unreachable", words=masked_words(_tls_words(error)))
    return _connection_error(error)


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
