"""A hostile tree: hostile-tree.py JVM LEADER BRANCH... ; each branch is a list of acts, separated by commas, of a child of the leader.

Prints "up" when all branches were forked. Everything is bounded: no act but "brood" makes more than one more process that stays.
"""
import ctypes
import os
import signal
import sys
import threading
import time

libc = ctypes.CDLL(None, use_errno=True)
SYS_EXIT = {"x86_64": 60, "aarch64": 93}[os.uname().machine]
PTRACE_SEIZE = 0x4206
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000


def sleep_forever():
    while True:
        time.sleep(1000)


def ignore(*_):
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGUSR1):
        signal.signal(number, signal.SIG_IGN)


def stays_behind():
    """The child goes on, this process stays."""
    if os.fork():
        sleep_forever()


def is_orphaned():
    """The child goes on, this process ends."""
    if os.fork():
        os._exit(0)


def brood():
    for _ in range(10):
        if os.fork() == 0:
            sleep_forever()


def runs_away():
    """A process that is another one, in another session, every few milliseconds."""
    while True:
        if os.fork():
            os._exit(0)
        os.setsid()
        time.sleep(0.003)


def traces():
    """The child goes on, traced by this process, which never answers its stops."""
    child = os.fork()
    if child:
        libc.ptrace(PTRACE_SEIZE, child, None, None)
        sleep_forever()


def in_pid_namespace():
    if libc.unshare(CLONE_NEWPID) == 0:
        stays_behind()


def group():
    """Our control group of version 2, if it is one of pm's."""
    with open("/proc/self/cgroup") as file:
        path = next((line[3:].strip() for line in file if line.startswith("0::")), "/")
    folder = "/sys/fs/cgroup" + ("/unified" if os.path.exists("/sys/fs/cgroup/unified") else "") + path
    return folder if "/pm." in path and "/run/" in path else None


def moves_into_a_group_of_its_own(freeze=False):
    folder = group()
    if folder:
        below = "%s/x%d" % (folder, os.getpid())
        os.mkdir(below)
        with open(below + "/cgroup.procs", "w") as procs:
            procs.write("0")
        if freeze:
            with open(below + "/cgroup.freeze", "w") as file:
                file.write("1")


def takes_the_mode_of_its_group():
    folder = group()
    if folder:
        for name in ("cgroup.kill", "cgroup.procs", "cgroup.freeze", "cgroup.events", ""):
            try:
                os.chmod(os.path.join(folder, name), 0)
            except OSError:
                pass


def attack(number):
    """A signal to the guard, or to the launchers of all trees: those children of the JVM that are called so."""
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/stat" % name) as file:
                parent = int(file.read().rpartition(")")[2].split()[1])
            with open("/proc/%s/cmdline" % name) as file:
                command = file.read()
            if parent == jvm and command.startswith(("pm-launch\0", "pm-guard\0")):
                os.kill(int(name), number)
        except (OSError, ValueError):
            pass  # gone meanwhile, or not ours to signal


def forgets_its_environment(rest):
    os.execve(sys.executable, [sys.executable, "-S", "-E", __file__, str(jvm), "-", ",".join(rest)], {})


def lives_on_in_a_thread(rest):
    threading.Thread(target=perform, args=(rest,)).start()
    libc.syscall(SYS_EXIT, 0)


ACTS = {
    "fork": stays_behind,
    "orphan": is_orphaned,
    "setsid": lambda: os.getsid(0) == os.getpid() or os.getpgrp() == os.getpid() or os.setsid(),
    "pgrp": lambda: os.getsid(0) == os.getpid() or os.setpgid(0, 0),
    "ignore": ignore,
    "brood": brood,
    "run": runs_away,
    "trace": traces,
    "userns": lambda: libc.unshare(CLONE_NEWUSER),
    "pidns": in_pid_namespace,
    "uid": lambda: os.setresuid(65533, 65533, 65533),
    "subgroup": moves_into_a_group_of_its_own,
    "freeze": lambda: moves_into_a_group_of_its_own(True),
    "chmod": takes_the_mode_of_its_group,
    "stop": lambda: os.kill(os.getpid(), signal.SIGSTOP),
    "stop-launcher": lambda: attack(signal.SIGSTOP),
    "kill-launcher": lambda: attack(signal.SIGKILL),
    "wait": lambda: time.sleep(0.2),
    "exit": lambda: os._exit(0),
}


def perform(acts):
    for position, act in enumerate(acts):
        rest = acts[position + 1:]
        try:
            if act == "env":
                forgets_its_environment(rest)
            elif act == "thread":
                lives_on_in_a_thread(rest)
            elif act:
                ACTS[act]()
        except OSError:
            pass  # refused to this user: the process goes on with the next act
    sleep_forever()


jvm = int(sys.argv[1])
if sys.argv[2] == "-":
    perform(sys.argv[3].split(","))
for branch in sys.argv[3:]:
    if os.fork() == 0:
        perform(branch.split(","))
os.write(1, b"up\n")
perform(sys.argv[2].split(","))
