"""Linux's own locks on a process: landlock for files, seccomp for system calls.

Both are taken through ctypes, so that nothing has to be installed. See landlock(7), seccomp(2).
"""

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Sequence

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446  # equal on all machines
LANDLOCK_EXECUTE, LANDLOCK_READ_FILE, LANDLOCK_READ_DIR = 1 << 0, 1 << 2, 1 << 3
LANDLOCK_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}  # how many rights each version knows
LANDLOCK_NEWEST_RIGHTS = 16
O_PATH = 0o10000000

# What is refused: name, number on x86_64, number on aarch64 (None: does not exist there).
CALLS = (
    ("socket", 41, 198),
    ("connect", 42, 203),
    ("accept", 43, 202),
    ("sendto", 44, 206),
    ("sendmsg", 46, 211),
    ("bind", 49, 200),
    ("listen", 50, 201),
    ("socketpair", 53, 199),
    ("accept4", 288, 242),
    ("sendmmsg", 307, 269),
    ("clone", 56, 220),
    ("fork", 57, None),
    ("vfork", 58, None),
    ("execve", 59, 221),
    ("execveat", 322, 281),
    ("kill", 62, 129),
    ("tkill", 200, 130),
    ("tgkill", 234, 131),
    ("rt_sigqueueinfo", 129, 138),
    ("pidfd_send_signal", 424, 424),
    ("pidfd_open", 434, 434),
    ("pidfd_getfd", 438, 438),
    ("ptrace", 101, 117),
    ("process_vm_readv", 310, 270),
    ("process_vm_writev", 311, 271),
    ("creat", 85, None),
    ("truncate", 76, 45),
    ("rename", 82, None),
    ("renameat", 264, 38),
    ("renameat2", 316, 276),
    ("mkdir", 83, None),
    ("mkdirat", 258, 34),
    ("rmdir", 84, None),
    ("link", 86, None),
    ("linkat", 265, 37),
    ("unlink", 87, None),
    ("unlinkat", 263, 35),
    ("symlink", 88, None),
    ("symlinkat", 266, 36),
    ("mknod", 133, None),
    ("mknodat", 259, 33),
    ("chmod", 90, None),
    ("fchmod", 91, 52),
    ("fchmodat", 268, 53),
    ("chown", 92, None),
    ("fchown", 93, 55),
    ("lchown", 94, None),
    ("fchownat", 260, 54),
    ("mount", 165, 40),
    ("umount2", 166, 39),
    ("chroot", 161, 51),
    ("pivot_root", 155, 41),
    ("unshare", 272, 97),
    ("setns", 308, 268),
    ("shmget", 29, 194),
    ("semget", 64, 190),
    ("msgget", 68, 186),
    ("mq_open", 240, 180),
    ("add_key", 248, 217),
    ("request_key", 249, 218),
    ("keyctl", 250, 219),
    ("bpf", 321, 280),
    ("perf_event_open", 298, 241),
    ("userfaultfd", 323, 282),
    ("io_uring_setup", 425, 425),
)
ABSENT_CALLS = (435, 437)  # clone3, openat2: glibc then takes clone and openat
CLONE_CALL, CLONE_THREAD = "clone", 0x00010000  # <linux/sched.h>; its flags are the first argument
OPEN = {"x86_64": ((2, 1), (257, 2)), "aarch64": ((56, 2),)}  # call, its argument with the flags
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

# BPF, <linux/filter.h> and <linux/seccomp.h>
LOAD, JUMP_EQUAL, JUMP_GREATER_EQUAL, JUMP_ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000, 0x80000000
NUMBER_AT, ARCHITECTURE_AT, ARGUMENTS_AT = 0, 4, 16
FOREIGN_NUMBERS = 0x40000000  # the x32 calls of x86_64


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def forbid_calls(libc: ctypes.CDLL, *, may_thread: bool = False) -> bool:
    """Refuse sockets, processes, signals and changes of files from now on; say whether it holds.

    :param may_thread: the process may start threads, to which all of this applies as well
    """
    machine = platform.machine()
    if machine not in ARCHITECTURES or not hasattr(libc, "prctl"):
        return False
    code = _filter(machine, may_thread=may_thread)
    program = _Program(len(code) // 8, code)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0


def _filter(machine: str, *, may_thread: bool) -> bytes:
    column = 1 if machine == "x86_64" else 2
    refuse = (RETURN, 0, 0, REFUSE | errno.EPERM)
    steps = [
        (LOAD, 0, 0, ARCHITECTURE_AT),
        (JUMP_EQUAL, 1, 0, ARCHITECTURES[machine]),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER_AT),
        (JUMP_GREATER_EQUAL, 0, 1, FOREIGN_NUMBERS),
        refuse,
    ]
    for number in ABSENT_CALLS:
        steps += [(JUMP_EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE | errno.ENOSYS)]
    for call in CALLS:
        if call[0] == CLONE_CALL and may_thread:
            steps += _only_threads(call[column], refuse)
        elif call[column] is not None:
            steps += [(JUMP_EQUAL, 0, 1, call[column]), refuse]
    for number, argument in OPEN[machine]:
        writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
        steps += [
            (JUMP_EQUAL, 0, 4, number),
            (LOAD, 0, 0, ARGUMENTS_AT + 8 * argument),
            (JUMP_ANY_BIT, 0, 1, writing),
            refuse,
            (RETURN, 0, 0, ALLOW),
        ]
    steps.append((RETURN, 0, 0, ALLOW))
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def _only_threads(number: int, refuse: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return the steps that let a call start a thread of this process and nothing else."""
    return [
        (JUMP_EQUAL, 0, 4, number),
        (LOAD, 0, 0, ARGUMENTS_AT),
        (JUMP_ANY_BIT, 1, 0, CLONE_THREAD),
        refuse,
        (RETURN, 0, 0, ALLOW),
    ]


def forbid_files(libc: ctypes.CDLL, readable: Sequence[str]) -> bool:
    """Leave only the reading of these folders; say whether it holds."""
    if not hasattr(libc, "syscall"):
        return False
    version = libc.syscall(LANDLOCK_CREATE, None, 0, 1)
    if version < 1:
        return False
    rights = (1 << LANDLOCK_RIGHTS.get(version, LANDLOCK_NEWEST_RIGHTS)) - 1
    attributes = struct.pack("=Q", rights)
    rules = libc.syscall(LANDLOCK_CREATE, attributes, len(attributes), 0)
    if rules < 0:
        return False
    for folder in readable:
        _allow_reading(libc, rules, folder)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    held = libc.syscall(LANDLOCK_RESTRICT, rules, 0) == 0
    os.close(rules)
    return held


def _allow_reading(libc: ctypes.CDLL, rules: int, folder: str) -> None:
    try:
        descriptor = os.open(folder, O_PATH | os.O_CLOEXEC)
    except OSError:  # not on this system
        return
    rights = LANDLOCK_READ_FILE | LANDLOCK_EXECUTE
    if os.path.isdir(folder):
        rights |= LANDLOCK_READ_DIR
    libc.syscall(LANDLOCK_ADD, rules, 1, struct.pack("=Qi", rights, descriptor), 0)
    os.close(descriptor)
