package pm.tests.wine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import pm.tests.cli.Marked;

/** A JVM that is killed takes its trees along: their jobs are closed with it. */
class CrashesUnderWineIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Marked marked = new Marked();
    private final Marked outside = new Marked();

    private UnderWine pmWithTree() {
        return UnderWine.pm(Stream.concat(
                        Stream.of("run", "--events", "json", "--timeout", "none", "--"),
                        WindowsTree.command(marked.word()).stream())
                .toArray(String[]::new));
    }

    /** Windows' number for pm's JVM, which its events tell. */
    private static String windowsPid(UnderWine pm) {
        Matcher told = Pattern.compile("\"parentPid\":(\\d+)").matcher(pm.errorsSoFar());
        assertThat(told.find()).as(pm.errorsSoFar()).isTrue();
        return told.group(1);
    }

    @RepeatedTest(3)
    void byLinux() throws Exception {
        try (UnderWine stranger = UnderWine.java(WindowsTree.act("sleep", outside.word()));
                UnderWine pm = pmWithTree()) {
            outside.awaitAlive(1);
            marked.awaitAlive(WindowsTree.SIZE);

            pm.kill();

            marked.awaitGone(SOON);
            assertThat(stranger.isAlive()).isTrue();
        }
    }

    @RepeatedTest(3)
    void byWindows() throws Exception {
        try (UnderWine stranger = UnderWine.java(WindowsTree.act("sleep", outside.word()));
                UnderWine pm = pmWithTree()) {
            outside.awaitAlive(1);
            marked.awaitAlive(WindowsTree.SIZE);

            // TerminateProcess, which asks nobody.
            try (UnderWine taskkill = UnderWine.program("taskkill", "/f", "/pid", windowsPid(pm))) {
                assertThat(taskkill.end().status()).isZero();
            }

            marked.awaitGone(SOON);
            pm.end();
            assertThat(stranger.isAlive()).isTrue();
        }
    }
}
