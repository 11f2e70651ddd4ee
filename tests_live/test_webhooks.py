"""Webhook calls over a real wire, by real workers: once each, repeated with the same id, never redirected."""

import os
import secrets
import signal
import time

import pytest

from dev.lib.stack import Stack
from dev.sinks.webhook import WebhookSink

PATIENCE = 240  # an idle cron worker sleeps for over a minute


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """Give a stack of its own with two crons, whose workers a test kills."""
    with Stack(tmp_path_factory.mktemp("calling"), crons=2) as running:
        yield running


@pytest.fixture
def sink():
    """Give a receiver."""
    with WebhookSink(secrets.token_hex(8)) as running:
        yield running


class Hook:
    """An endpoint that leads to the receiver, and its calls."""

    def __init__(self, stack, sink):
        """Set the endpoint up as the administrator."""
        self.stack, self.admin = stack, stack.session()
        vals = {"name": "Receiver", "url": sink.url, "secret": sink.secret, "allow_private": True}
        self.endpoint = self.admin.call("esign.endpoint", "create", vals)

    def queue(self, count=1):
        """Queue test calls."""
        for _ in range(count):
            self.admin.call("esign.endpoint", "action_test", [self.endpoint])

    def calls(self):
        """Return the calls, oldest first."""
        domain, names = (
            [("endpoint_id", "=", self.endpoint)],
            ["state", "attempts", "error", "delivery"],
        )
        return self.admin.call("esign.webhook.call", "search_read", domain, names, order="id")

    def tries(self):
        """Return each try of all calls, oldest first."""
        domain, names = [("call_id.endpoint_id", "=", self.endpoint)], ["status", "duration_ms"]
        return self.admin.call("esign.webhook.attempt", "search_read", domain, names, order="id")

    def hurry(self):
        """Let what waits for its pause be due now, and the clock of the crons come by."""
        self.stack.query(
            "UPDATE esign_webhook_call SET next_try_at = now() AT TIME ZONE 'UTC' - interval '1 s',"
            " claimed_at = claimed_at - interval '5 min' WHERE state IN ('queued', 'sending');"
            "UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'UTC' - interval '1 s'"
            " WHERE id IN (SELECT res_id FROM ir_model_data WHERE name LIKE 'esign_webhook_call_cron%')"
        )


def wait(holds, what):
    """Wait until something holds."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if holds():
            return
        time.sleep(0.2)
    raise AssertionError(f"{what} within {PATIENCE} s")


def test_each_call_arrives_once_signed_whoever_sends_it(stack, sink):
    hook = Hook(stack, sink)
    hook.queue(12)
    wait(lambda: len(sink.calls) >= 12, "twelve calls arrive")
    wait(lambda: {each["state"] for each in hook.calls()} == {"done"}, "all are known as delivered")
    assert sink.tries == 12
    assert len({delivery for delivery, _body in sink.calls}) == 12


def test_receiver_that_was_down_gets_the_same_call_later(stack, sink):
    hook = Hook(stack, sink)
    sink.answer(503, times=1)
    hook.queue()
    wait(
        lambda: hook.calls()[0]["attempts"] == 1 and hook.calls()[0]["state"] == "queued",
        "it waits",
    )
    assert "503" in hook.calls()[0]["error"] or "refused" in hook.calls()[0]["error"]
    hook.hurry()
    wait(lambda: hook.calls()[0]["state"] == "done", "it arrives")
    assert sink.calls[0][0] == hook.calls()[0]["delivery"]


def test_redirection_is_not_followed(stack, sink):
    hook = Hook(stack, sink)
    sink.answer(307)
    hook.queue()
    wait(lambda: hook.calls()[0]["state"] == "failed", "it fails for good")
    assert sink.tries == 1


def test_worker_killed_at_a_call_leaves_it_to_another(stack, sink):
    hook = Hook(stack, sink)
    sink.answer(200, seconds=5, times=1)
    hook.queue()
    wait(lambda: sink.tries == 1, "the call is on its way")
    for pid in stack.server.workers("WorkerCron"):
        os.kill(pid, signal.SIGKILL)
    time.sleep(1)
    hook.hurry()
    wait(lambda: hook.calls()[0]["state"] == "done", "another worker takes it up")
    assert hook.calls()[0]["attempts"] == 2
    assert len({delivery for delivery, _body in sink.calls}) == 1, (
        "the receiver knows the repetition by its id"
    )


def test_receiver_that_stalls_or_hangs_up_is_asked_again(stack, sink):
    hook = Hook(stack, sink)
    sink.answer(200, seconds=14, times=1)
    hook.queue()
    wait(lambda: hook.calls()[0]["error"], "the time-out is known")
    assert "in time" in hook.calls()[0]["error"]
    sink.answer(0, times=1)
    hook.hurry()
    wait(lambda: "broke off" in (hook.calls()[0]["error"] or ""), "the broken connection is known")
    hook.hurry()
    wait(lambda: hook.calls()[0]["state"] == "done", "it arrives")
    tries = hook.tries()
    assert [each["status"] for each in tries] == [0, 0, 200]
    assert 9_500 <= tries[0]["duration_ms"] < 13_000, tries[0]
    assert len({delivery for delivery, _body in sink.calls}) == 1


def test_private_address_is_refused_unless_the_administrator_allows_it(stack, sink):
    hook = Hook(stack, sink)
    hook.admin.call("esign.endpoint", "write", [hook.endpoint], {"allow_private": False})
    hook.queue()
    wait(lambda: hook.calls()[0]["state"] == "failed", "it fails for good")
    assert "private network" in hook.calls()[0]["error"]
    assert sink.tries == 0
