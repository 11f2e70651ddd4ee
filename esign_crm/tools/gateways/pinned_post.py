"""One POST to an address of the settings: checked first, connected to exactly there, never redirected."""

import time
from collections.abc import Mapping
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter

from ..errors import GatewayError
from .base import masked_words
from .web_address import Target, resolve

ANSWER_BYTES = 16 * 1024


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, timeout: float, allow_private: bool
) -> tuple[int, bytes]:
    """Post ``body`` and return (status, body of the answer, at most 16 KB).

    :raises GatewayError: ``bad_url``, ``private_address``, ``unreachable``; ``timeout`` and ``hung_up``, after which
        nobody knows whether it arrived
    """
    target = resolve(url, allow_private=allow_private)
    try:
        with requests.Session() as session:
            session.trust_env = False  # a proxy would connect to an address that nobody checked
            session.mount(f"{target.scheme}://", _PinnedAdapter(target))
            return _exchange(session, target, body, headers, timeout)
    except requests.ConnectTimeout as error:
        raise GatewayError("unreachable") from error
    except requests.Timeout as error:
        raise GatewayError("timeout", is_outcome_unknown=True) from error
    except requests.exceptions.SSLError as error:
        raise GatewayError("unreachable", words=masked_words(_tls_words(error))) from error
    except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
        raise _connection_error(error) from error


def _exchange(
    session: requests.Session,
    target: Target,
    body: bytes,
    headers: Mapping[str, str],
    timeout: float,
) -> tuple[int, bytes]:
    started = time.monotonic()
    answer = session.post(
        target.pinned_url,
        data=body,
        headers={"User-Agent": "esign_crm", **headers, "Host": target.host_header},
        timeout=timeout,
        allow_redirects=False,
        stream=True,
    )
    with answer:
        return answer.status_code, _read(answer, started, timeout)


def _read(answer: requests.Response, started: float, timeout: float) -> bytes:
    """Read the body in full, but neither longer nor slower than allowed."""
    body = b""
    for part in answer.iter_content(1024):
        body += part
        if len(body) > ANSWER_BYTES:
            break
        if time.monotonic() - started > timeout:
            raise requests.ReadTimeout
    return body


class _PinnedAdapter(HTTPAdapter):
    """Connects to the checked address, and still asks the certificate for the host's name."""

    def __init__(self, target: Target) -> None:
        self._target = target
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as in requests
        if self._target.scheme == "https":
            kwargs.update(server_hostname=self._target.host, assert_hostname=self._target.host)
        return super().init_poolmanager(*args, **kwargs)


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
