package pm.tests.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Stdio;

/** {@code pm.tests/ci/reports}: every test is counted once, and a report that is missing is a failure. */
class ReportsTest {
    private static final Path REPORTS = Path.of(System.getProperty("pm.root"), "pm.tests/ci/reports");
    private static final String PASSED = "<testcase name='a' classname='T'/>";
    private static final String FAILED = "<testcase name='b' classname='T'><failure message='wrong'/></testcase>";
    private static final String FLAKY =
            "<testcase name='c' classname='T'><flakyFailure message='sometimes'>text</flakyFailure></testcase>";
    private static final String SKIPPED = "<testcase name='d' classname='T'><skipped message='no reason'/></testcase>";
    private static final String LEFT_OUT =
            "<testcase name='e' classname='T'><skipped><![CDATA[org.opentest4j.TestAbortedException: Left out: CPU_RATE: no]]>"
                    + "</skipped></testcase>";

    @TempDir
    private Path folder;

    /** Returns the last line: passed, failed, skipped, left out. */
    private String count(int printedByMaven, String cases) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        Files.writeString(
                log,
                "[INFO] Tests run: 9, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1 s -- in T\n"
                        + "[WARNING] Tests run: " + printedByMaven + ", Failures: 0, Errors: 0, Skipped: 0\n");
        Files.writeString(
                folder.resolve("TEST-T.xml"),
                "<testsuite tests='1' errors='0' skipped='6' failures='0'>" + cases + "</testsuite>");
        try (ProcessManager pm = ProcessManagers.open(PmApi.VERSION)) {
            ProcessResult result =
                    pm.run(ProcessSpec.of("python3", REPORTS.toString(), log.toString(), folder.toString())
                            .stdout(Stdio.capture(1, Stdio.MIB)));
            String text = result.stdout().orElseThrow().text().strip();
            return text.substring(text.lastIndexOf('\n') + 1);
        }
    }

    @Test
    void everyTestIsCountedOnceByItsOwnEntry() throws Exception {
        assertThat(count(4, PASSED + FAILED + SKIPPED + LEFT_OUT)).isEqualTo("1 1 1 1");
    }

    @Test
    void aTestThatPassedWhenTriedAgainIsAFailure() throws Exception {
        assertThat(count(2, PASSED + FLAKY)).isEqualTo("1 1 0 0");
    }

    @Test
    void aTestThatFailedInOneOfTwoVariantsOfItsClassIsOneFailure() throws Exception {
        assertThat(count(1, PASSED + FAILED)).isEqualTo("1 1 0 0");
    }

    @Test
    void aReportOfAnotherRunIsAFailure() throws Exception {
        assertThat(count(1, PASSED + LEFT_OUT)).isEqualTo("1 1 0 1");
    }

    @Test
    void aReportThatIsMissingIsAFailure() throws Exception {
        assertThat(count(2, PASSED)).isEqualTo("1 1 0 0");
    }
}
