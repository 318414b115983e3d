package pm.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever reads pm's own output has stopped reading, and keeps it open. */
class UnreadOutputIT {
    /** More than pm's own pipe takes, less than that and the command's together: the command can end. */
    private static final String WRITE_AND_END = "head -c 120000 /dev/zero; touch ended; : ";

    @TempDir
    Path folder;

    private final Marked marked = new Marked();

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void aSignalEndsPmAlthoughTheCommandHasEndedAndItsOutputIsNotDelivered(String signal, int status) throws Exception {
        try (PmProcess pm = start("--timeout", "none")) {
            await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(folder.resolve("ended")));
            marked.awaitGone(Duration.ofSeconds(10));
            pm.signal(signal);

            assertUndelivered(pm, status);
        }
    }

    @Test
    void theTimeoutHoldsForTheDeliveryToo() throws Exception {
        try (PmProcess pm = start("--timeout", "3s")) {
            assertUndelivered(pm, 124);
        }
        assertThat(folder.resolve("ended")).exists();
    }

    @Test
    void aReaderThatIsOnlySlowGetsEverything() throws Exception {
        try (PmProcess pm =
                PmProcess.start("run", "--idle-timeout", "20s", "--", "sh", "-c", "head -c 120000 /dev/zero; exit 3")) {
            PmProcess.Output output = pm.end();

            assertThat(output.status()).isEqualTo(3);
            assertThat(output.out()).hasSize(120_000);
            assertThat(output.err()).isEmpty();
        }
    }

    @Test
    void aComplaintThatNobodyReadsKeepsNobodyWaiting() throws Exception {
        try (PmProcess pm = PmProcess.startUnread(Map.of(), "run", "--timeout", "500ms", "--", "sh", "-c", "yes >&2")) {
            assertThat(pm.end().status()).isEqualTo(124);
        }
    }

    private PmProcess start(String... timeout) {
        return PmProcess.startUnread(
                Map.of(),
                "run",
                timeout[0],
                timeout[1],
                "--idle-timeout",
                "50s",
                "--cwd",
                folder.toString(),
                "--",
                "sh",
                "-c",
                WRITE_AND_END + marked.word());
    }

    private static void assertUndelivered(PmProcess pm, int status) throws Exception {
        PmProcess.Output output = pm.end();
        assertThat(output.status()).isEqualTo(status);
        assertThat(output.err())
                .startsWith("pm: Could not hand on the last output of 'sh -c ")
                .containsOnlyOnce("\n");
    }
}
