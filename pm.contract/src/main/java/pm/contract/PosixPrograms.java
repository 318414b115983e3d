package pm.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import pm.api.Signal;

/** Programs in {@code sh}, with what POSIX says is beside it, and {@code setsid(1)} of Linux: where there is none, override {@link #detached}. */
public class PosixPrograms implements Programs {
    // signal(7) and signal.h of the BSDs agree on these; the others differ between systems.
    private static final Map<Signal, Integer> NUMBERS =
            Map.of(Signal.HUP, 1, Signal.INT, 2, Signal.QUIT, 3, Signal.KILL, 9, Signal.TERM, 15);

    private static final String SLEEP = "exec sleep 1000";

    private static List<String> shell(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * A command that starts another shell which has no parent, group, session or environment in common with this one.
     *
     * @param script for that shell; without single quotes
     */
    protected String detached(String script) {
        return "(env -i setsid /bin/sh -c '" + script + "' &)";
    }

    @Override
    public List<String> exits(int status) {
        return shell("exit " + status);
    }

    @Override
    public List<String> signalsItself(Signal signal) {
        return shell("kill -s " + signal + " $$");
    }

    @Override
    public int number(Signal signal) {
        return NUMBERS.get(signal);
    }

    @Override
    public List<String> prints(String text) {
        return shell("printf %s \"$1\"", text);
    }

    @Override
    public List<String> printsToBoth(String output, String error) {
        return shell("printf %s \"$1\"; printf %s \"$2\" >&2", output, error);
    }

    @Override
    public List<String> copies() {
        return List.of("cat");
    }

    @Override
    public List<String> printsForEver() {
        return List.of("yes");
    }

    @Override
    public List<String> ticks() {
        return shell("while :; do echo tick; sleep 0.05; done");
    }

    @Override
    public List<String> sleeps() {
        return List.of("sleep", "1000");
    }

    @Override
    public List<String> printsArguments(String... arguments) {
        return shell("for argument; do printf '%s\\0' \"$argument\"; done", arguments);
    }

    @Override
    public List<String> printsEnvironment() {
        return List.of("/usr/bin/env");
    }

    @Override
    public List<String> printsDirectory() {
        return shell("pwd -P");
    }

    /** The pattern's own descriptor of the folder is closed again before the loop begins. */
    @Override
    public List<String> printsFurtherDescriptors() {
        return shell("for file in /dev/fd/*; do"
                + " if [ \"${file##*/}\" -gt 2 ] && [ -e \"$file\" ]; then echo \"$file\"; fi; done");
    }

    @Override
    public List<String> leavesDetached() {
        return shell(detached("echo $$; " + SLEEP));
    }

    /** What is ignored stays ignored in whatever a process becomes or starts. */
    @Override
    public List<String> stubborn() {
        String member = "echo $$; " + SLEEP;
        return shell("trap '' TERM; " + detached(member) + "; /bin/sh -c '" + member + "' & " + member);
    }

    @Override
    public List<String> tellsOfStopSignal() {
        return shell(detached(member("detached", "")) + "; /bin/sh -c '" + member("child", "kill -s STOP $$; ") + "' & "
                + member("program", ""));
    }

    private static String member(String word, String prepared) {
        return "trap \"echo " + word + "; exit 0\" TERM; echo ready; " + prepared + "while :; do sleep 0.05; done";
    }

    @Override
    public List<String> keepsForking() {
        String loop = "while :; do sleep 1 & sleep 0.01; done";
        return shell(detached(loop) + "; " + detached(loop) + "; " + loop);
    }

    @Override
    public List<String> computesDetached() {
        return shell(detached("i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done"));
    }

    /** tail(1) keeps what it may have to print. */
    @Override
    public List<String> wantsMemory(long bytes) {
        return shell("head -c \"$1\" /dev/zero | tail -c \"$1\" > /dev/null && echo given", Long.toString(bytes));
    }

    @Override
    public List<String> startsChildren(int count) {
        return shell(
                "i=0; while [ $i -lt \"$1\" ]; do sleep 1000 & i=$((i+1)); done; echo started; wait",
                Integer.toString(count));
    }
}
