package pm.tests.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pm.testing.SpawnsBehindPm;
import pm.tests.hostile.Marks;

/** The demo as its README says it: by its script. */
@SpawnsBehindPm("The demo is a host of pm, and has to be started as people do it")
class DemoIT {
    private static final Path SCRIPT = Path.of(System.getProperty("pm.root"), "pm.distribution", "demo");
    private static final Pattern ENDED = Pattern.compile("KILL ended (\\d+):");

    @TempDir
    private Path folder;

    @Test
    void runsShowsAndEnds() throws Exception {
        Process demo = start(SCRIPT.toString());
        demo.getOutputStream().close();

        assertThat(endOf(demo)).as(this::output).isZero();
        assertThat(output().lines()).contains("consumer: nothing left");
        List<Long> ended = ENDED.matcher(output())
                .results()
                .map((MatchResult match) -> Long.valueOf(match.group(1)))
                .toList();
        // The shell and what it waits for, and the same of its detached child.
        assertThat(ended).hasSize(4).noneMatch(Marks::lives);
    }

    @Test
    void atATerminalThereIsAShellUntilItIsLeft() throws Exception {
        // script(1) makes a terminal.
        Process demo = start("script", "-qec", SCRIPT.toString(), "/dev/null");
        try (OutputStream keyboard = demo.getOutputStream()) {
            awaitOutput("consumer: started");
            type(keyboard, "pm:ps\n");
            awaitOutput("sample.consumer");
            awaitOutput("consumer: nothing left");
            type(keyboard, "pm:run echo hello world\n");
            awaitOutput("hello world\r\np2: EXITED");
            type(keyboard, "\u0004");

            assertThat(endOf(demo)).as(this::output).isZero();
        }
    }

    private Process start(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    private int endOf(Process demo) throws InterruptedException {
        if (!demo.waitFor(60, TimeUnit.SECONDS)) {
            demo.descendants().forEach(ProcessHandle::destroyForcibly);
            demo.destroyForcibly();
            throw new AssertionError("The demo did not end. It said: " + output());
        }
        return demo.exitValue();
    }

    private static void type(OutputStream keyboard, String text) throws Exception {
        keyboard.write(text.getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    private void awaitOutput(String text) {
        Awaitility.await(text).atMost(Duration.ofSeconds(30)).until(() -> output().contains(text));
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
