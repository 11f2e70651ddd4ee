"""The jail: whatever a task does in there, the caller gets a result or an error of ours."""

import os
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ..tools.errors import IntakeError, JailError
from ..tools.pdf import jail
from .pdf_samples import plain_pdf

LIMITS = jail.Limits(seconds=8, cpu_seconds=4, memory_mb=400, output_mb=8)


@contextmanager
def naughty(task):
    """Let the jail run a task of `jail_naughty` under the name "naughty"."""
    folders = (str(Path(__file__).parent), *jail.library_folders())
    with (
        patch.object(jail, "library_folders", lambda: folders),
        patch.dict(jail.TASKS, {"naughty": f"jail_naughty:{task}"}),
    ):
        yield


def call(task, *, limits=LIMITS, files=None, **arguments):
    """Run a misbehaving task in the jail."""
    with naughty(task):
        return jail.call("naughty", files=files, arguments=arguments, limits=limits)


@tagged("post_install", "-at_install")
class TestJail(BaseCase):
    """What a child may not do, and what its end means to the caller."""

    def _assert_fails(self, code, task, **how):
        with self.assertRaises(JailError) as caught:
            call(task, **how)
        self.assertEqual(caught.exception.code, code)

    def test_files_go_in_and_come_out_unchanged(self):
        files = {"one": bytes(range(256)) * 500, "none": b"", "last": b"\r\n%%EOF"}
        self.assertEqual(call("look_around", files=files).files, files)

    def test_python_reaches_neither_network_nor_processes_nor_files(self):
        secret = Path(__file__).resolve()
        seen = call("look_around", secret=str(secret)).value
        for act in ("socket", "fork", "exec", "spawn", "kill", "write"):
            self.assertEqual(seen[act], "PermissionError", act)
        self.assertFalse(Path("/tmp/esign_jail_was_here").exists())

    def test_native_code_reaches_no_more_than_python(self):
        seen = call("go_round_python").value
        if not seen.pop("locks")["seccomp"]:
            self.skipTest("this kernel has no seccomp")
        for act in ("socket", "fork", "exec", "kill", "write"):
            self.assertEqual(seen[act], "refused", act)

    def test_files_outside_python_s_own_cannot_be_read(self):
        around, seen = call("look_around").value, call("go_round_python").value
        if not seen["locks"]["landlock"]:
            self.skipTest("this kernel has no landlock")
        self.assertEqual(around["read"], "PermissionError")
        self.assertEqual(seen["read"], "refused")

    def test_neither_environment_nor_open_files_are_inherited(self):
        reading, writing = os.pipe()
        os.set_inheritable(writing, True)
        try:
            with patch.dict(os.environ, {"ESIGN_MASTER_KEY": "secret"}):
                seen = call("look_around").value
        finally:
            os.close(reading)
            os.close(writing)
        self.assertLessEqual(set(seen["environment"]), {"LC_CTYPE"})  # Python's own doing
        self.assertEqual(len(seen["inherited"]), 1)  # where the answer goes

    def test_memory_bomb_is_stopped(self):
        self._assert_fails("memory", "eat_memory")

    def test_endless_loop_is_stopped_by_its_processor_time(self):
        limits = jail.Limits(seconds=20, cpu_seconds=1)
        self._assert_fails("timeout", "spin", limits=limits)

    def test_sleeping_child_is_killed_by_the_clock(self):
        start = time.monotonic()
        self._assert_fails("timeout", "sleep", limits=jail.Limits(seconds=1))
        self.assertLess(time.monotonic() - start, 4)

    def test_child_that_dies_by_a_signal_is_a_crash(self):
        self._assert_fails("crashed", "die")

    def test_child_that_leaves_without_an_answer_is_a_crash(self):
        self._assert_fails("crashed", "leave")

    def test_what_a_task_prints_is_not_its_answer(self):
        self.assertEqual(call("print_garbage").value, "said nothing")

    def test_garbage_instead_of_an_answer_is_a_crash(self):
        for garbage in (
            b"\0\0\0\5rubbish",
            b"\0\0\0\2{}",
            b'\0\0\0\x14{"error":{"class":1}}',
            b'\0\0\0\x1e{"value":1,"files":{"a":"many"}}',
            b"\0\0\0\4[[[[",
        ):
            self._assert_fails("crashed", "answer_garbage", bytes=garbage.decode("latin-1"))

    def test_answer_that_is_too_large_is_refused(self):
        self._assert_fails("too_large", "answer_too_much")
        self._assert_fails("too_large", "answer_garbage", bytes="\xff\xff\xff\xff{}")

    def test_foreign_error_says_where_but_not_what(self):
        with self.assertRaises(JailError) as caught:
            call("go_wrong")
        self.assertIn("jail_naughty.py", caught.exception.params["detail"])
        self.assertNotIn("private words", repr(caught.exception))

    def test_missing_library_is_told_apart_from_a_crash(self):
        missing = patch.dict(jail.TASKS, {"naughty": "no_such_library:run"})
        with missing, self.assertRaises(JailError) as caught:
            jail.call("naughty")
        self.assertEqual(caught.exception.code, "unavailable")

    def test_python_that_cannot_be_started_is_told(self):
        without = patch.object(jail.sys, "executable", "/no/such/python")
        with without, self.assertRaises(JailError) as caught:
            jail.call("intake.inspect", files={"pdf": b""})
        self.assertEqual(caught.exception.code, "unavailable")

    def test_own_errors_come_back_as_they_were_raised(self):
        with self.assertRaises(IntakeError) as caught:
            jail.call("intake.inspect", files={"pdf": b"%PDF-1.7\n%%EOF"})
        self.assertEqual(caught.exception.code, "unreadable")

    def test_threads_of_one_worker_use_the_jail_at_once(self):
        results = []

        def inspect():
            found = jail.call("intake.inspect", files={"pdf": plain_pdf(2)})
            results.append(len(found.value["pages"]))

        threads = [threading.Thread(target=inspect) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(results, [2, 2, 2, 2])

    def test_forked_worker_uses_the_jail(self):
        child = os.fork()
        if not child:
            try:
                found = jail.call("intake.inspect", files={"pdf": plain_pdf()})
                os._exit(0 if len(found.value["pages"]) == 1 else 1)
            finally:
                os._exit(2)
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 0)
