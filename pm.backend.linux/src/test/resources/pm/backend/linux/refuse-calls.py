# usage: refuse-calls.py NUMBER[@VALUE]... -- COMMAND...
# Runs a command for which the kernel has no such system calls: a filter answers ENOSYS, as containers' default profiles do
# (seccomp(2), linux/filter.h). With a value: a process that makes the call with this second argument is killed.
import ctypes
import errno
import os
import struct
import sys

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LOAD_WORD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
RETURN_ERRNO, RETURN_ALLOW, RETURN_KILL = 0x00050000, 0x7FFF0000, 0x80000000
CALL, SECOND_ARGUMENT = 0, 24  # offsets in struct seccomp_data


def instruction(code, if_true, if_false, value):
    return struct.pack("HBBI", code, if_true, if_false, value)


end = sys.argv.index("--")
program = instruction(LOAD_WORD, 0, 0, CALL)
for word in sys.argv[1:end]:
    number, at, value = word.partition("@")
    if at:
        program += instruction(JUMP_IF_EQUAL, 0, 4, int(number))
        program += instruction(LOAD_WORD, 0, 0, SECOND_ARGUMENT)
        program += instruction(JUMP_IF_EQUAL, 0, 1, int(value))
        program += instruction(RETURN, 0, 0, RETURN_KILL)
        program += instruction(LOAD_WORD, 0, 0, CALL)
    else:
        program += instruction(JUMP_IF_EQUAL, 0, 1, int(number))
        program += instruction(RETURN, 0, 0, RETURN_ERRNO | errno.ENOSYS)
program += instruction(RETURN, 0, 0, RETURN_ALLOW)
code = ctypes.create_string_buffer(program, len(program))
filter = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code)))
libc = ctypes.CDLL(None, use_errno=True)
libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(filter), 0, 0) != 0:
    sys.exit("refuse-calls: no filter: " + os.strerror(ctypes.get_errno()))
os.execvp(sys.argv[end + 1], sys.argv[end + 1 :])
