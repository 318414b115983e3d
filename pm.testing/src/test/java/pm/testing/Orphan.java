package pm.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A process in a session of its own whose parent has exited; closing kills it. */
final class Orphan implements AutoCloseable {
    private static final String START_AND_EXIT = "setsid \"$@\" </dev/null >/dev/null 2>&1 & echo $!";

    private final ProcessHandle process;

    private Orphan(ProcessHandle process) {
        this.process = process;
    }

    @SpawnsBehindPm("pm would not let a process escape like this")
    static Orphan start(String variable, String value, String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("sh", "-c", START_AND_EXIT, "sh"));
        words.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put(variable, value);
        Process parent = builder.start();
        try (BufferedReader output = parent.inputReader()) {
            long pid = Long.parseLong(output.readLine());
            parent.waitFor();
            return new Orphan(ProcessHandle.of(pid).orElseThrow());
        }
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
