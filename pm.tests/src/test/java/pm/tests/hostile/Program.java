package pm.tests.hostile;

import java.util.List;
import pm.api.ProcessSpec;
import pm.api.Stdio;

/**
 * Programs that misbehave. Each is a command in which {@code @} stands for the scenario's mark, a number: {@code sleep @} sleeps for ages and
 * carries the mark in its own arguments, whatever it did to its environment, session, group or parent.
 */
@SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
public enum Program {
    SH_DOUBLE_FORK(3, "sh", "-c", "(setsid sh -c 'sleep @ & sleep @' & ) ; sleep @"),
    SH_DOUBLE_FORK_CLEARED_ENVIRONMENT(3, "sh", "-c", "(env -i setsid sh -c 'sleep @ & sleep @' & ) ; sleep @"),
    PERL_DOUBLE_FORK(
            2,
            "perl",
            "-MPOSIX",
            "-e",
            "if (!fork) { POSIX::setsid(); exec 'sleep', '@' if !fork; exit } sleep 9999",
            "@"),
    PERL_DOUBLE_FORK_CLEARED_ENVIRONMENT(
            2,
            "perl",
            "-MPOSIX",
            "-e",
            "%ENV = (); if (!fork) { POSIX::setsid(); exec '/bin/sleep', '@' if !fork; exit } sleep 9999",
            "@"),
    PYTHON_DOUBLE_FORK(
            2,
            "/usr/bin/python3",
            "-c",
            "import os, time\nif os.fork() == 0:\n  os.setsid()\n  if os.fork() == 0: os.execvp('sleep', ['sleep', '@'])\n  os._exit(0)\ntime.sleep(9999)",
            "@"),
    DAEMON(
            2,
            "perl",
            "-MPOSIX",
            "-e",
            "if (!fork) { POSIX::setsid(); exit if fork; chdir '/'; umask 0; POSIX::close($_) for 0..63; open STDIN, '/dev/null';"
                    + " open STDOUT, '>/dev/null'; exec 'sleep', '@' } sleep 9999",
            "@"),
    INTERMEDIATE_EXITS_AT_ONCE(2, "sh", "-c", "sh -c 'sleep @ & exit 0'; sleep @"),
    TERM_IGNORED_BY_LEADER(2, "sh", "-c", "trap '' TERM; (trap - TERM; exec sleep @) & while :; do sleep 1; done; : @"),
    TERM_IGNORED_BY_GRANDCHILD(
            2, "sh", "-c", "sh -c 'sh -c \"trap \\\"\\\" TERM; sleep @; sleep @\" & wait' & sleep @"),
    TERM_IGNORED_BY_ALL(3, "sh", "-c", "trap '' TERM; setsid sh -c 'sleep @; sleep @' & sleep @; sleep @"),
    FORK_STORM(
            500,
            "perl",
            "-e",
            "for (1..499) { last if !defined(my $p = fork); if (!$p) { sleep 9999; exit } } sleep 9999",
            "@"),
    /** As many processes as README states a time for. */
    HUNDRED(100, "perl", "-e", "for (1..99) { if (!fork) { exec 'sleep', '@' } } sleep 9999", "@"),
    MOVING_STORM(
            6,
            "perl",
            "-e",
            "for (1..10) { if (!fork) { for (1..3000) { my $p = fork; exit if $p; select(undef, undef, undef, 0.02) } exit } } sleep 9999",
            "@"),
    OWN_PROCESS_GROUP(3, "sh", "-c", "set -m; sleep @ & sleep @ & sleep @"),
    HOLDS_OUTPUT(2, "sh", "-c", "setsid sleep @ & sleep @"),
    CLOSES_DESCRIPTORS(1, "sh", "-c", "exec 0<&- 1>&- 2>&-; exec sleep @"),
    STOPPED_CHILD(2, "sh", "-c", "sleep @ & kill -STOP $!; sleep @"),
    STOPPED_LEADER(2, "sh", "-c", "sleep @ & kill -STOP $$; : @"),
    EXECS(1, "sh", "-c", "exec sh -c 'exec sleep @'"),
    UNREAD_OUTPUT(1, "sh", "-c", "head -c 10000000 /dev/zero; sleep @"),
    /** Only root can become somebody else; without a control group such a process could not be ended, and the guarantees say so. */
    OTHER_USER(2, "sh", "-c", "setpriv --reuid=65534 --regid=65534 --clear-groups sleep @ & sleep @");

    private final int marked;
    private final List<String> command;

    Program(int marked, String... command) {
        this.marked = marked;
        this.command = List.of(command);
    }

    /** Whether only root can run it. */
    public boolean needsRoot() {
        return this == OTHER_USER;
    }

    /** How many processes carry the mark when the program is at work. */
    public int marked() {
        return marked;
    }

    /** Its command, with a mark. */
    public ProcessSpec spec(String mark) {
        ProcessSpec spec = ProcessSpec.of(
                command.stream().map(word -> word.replace("@", mark)).toList());
        return this == UNREAD_OUTPUT || this == HOLDS_OUTPUT ? spec.stdout(Stdio.pipe()) : spec;
    }
}
