package pm.backend.linux.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.spi.StartException;
import pm.spi.StartException.Kind;
import pm.spi.StartRequest;
import pm.spi.StartRequest.Stream;

/** How it is told that a command does not start, whichever role of the launcher should have started it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StartFailureContract {
    protected Workbench bench;

    @BeforeAll
    void openBench() throws Exception {
        bench = new Workbench();
    }

    @AfterAll
    void closeBench() {
        bench.close();
        assertThat(bench.warnings()).isEmpty();
    }

    protected abstract void start(StartRequest request, Limits limits) throws StartException;

    @Test
    void aNameThatIsNowhereInThePath() {
        assertFailure(
                Requests.of("nosuchprogram"),
                Kind.NOT_FOUND,
                "Could not start 'nosuchprogram': no such file in PATH (" + System.getenv("PATH") + ")");
    }

    @Test
    void aFileThatIsNotThere() {
        assertFailure(
                Requests.of("/nonexistent/x"),
                Kind.NOT_FOUND,
                "Could not start '/nonexistent/x': no such file or directory (ENOENT)");
        assertFailure(
                Requests.of("/etc/passwd/x"),
                Kind.NOT_FOUND,
                "Could not start '/etc/passwd/x': not a directory (ENOTDIR)");
        assertFailure(Requests.of(""), Kind.NOT_FOUND, "Could not start '': no such file or directory (ENOENT)");
    }

    @Test
    void aFileThatIsNotExecutable() {
        assertFailure(
                Requests.of("/etc/passwd"),
                Kind.NOT_EXECUTABLE,
                "Could not start '/etc/passwd': permission denied (EACCES), make it executable (chmod +x)");
        assertFailure(Requests.of("/etc"), Kind.NOT_EXECUTABLE, "Could not start '/etc': it is a directory");
    }

    @Test
    void aScriptWhoseInterpreterIsMissing(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(folder.resolve("script"), "#!/nonexistent/interpreter\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        assertFailure(
                Requests.of(script.toString()),
                Kind.NOT_EXECUTABLE,
                "Could not start '" + script + "': the interpreter that its first line or its format names is missing");
    }

    @Test
    void aDirectoryThatIsNotThere() {
        assertFailure(
                Requests.in(Path.of("/nonexistent"), Requests.of("true")),
                Kind.OTHER,
                "Could not start 'true': cannot change to its directory '/nonexistent': no such file or directory"
                        + " (ENOENT)");
    }

    /** Not even root may: a value that the kernel does not know, or one that only a privilege allows. */
    @Test
    void aLimitThatTheKernelRefuses() {
        Limits files = Limits.none().with(LimitKind.OPEN_FILES, Integer.MAX_VALUE);
        assertThat(catchThrowableOfType(StartException.class, () -> start(Requests.of("true"), files)))
                .hasMessageStartingWith(
                        "Could not start 'true': cannot set a resource limit of [open-files=2147483647]:"
                                + " operation not permitted (EPERM), a limit above")
                .extracting(StartException::kind)
                .isEqualTo(Kind.OTHER);
    }

    @Test
    void cpusThatAreNotThere() {
        Limits cpus = Limits.none().affinity(61, 62);
        assertThat(catchThrowableOfType(StartException.class, () -> start(Requests.of("true"), cpus)))
                .hasMessageStartingWith("Could not start 'true': cannot limit affinity to CPUs {61, 62}:"
                        + " invalid argument (EINVAL), none of them is there")
                .extracting(StartException::kind)
                .isEqualTo(Kind.OTHER);
    }

    @Test
    void anInputFileThatIsNotThere() {
        assertFailure(
                Requests.streams(
                        Requests.of("true"),
                        new Stream.Read(Path.of("/nonexistent")),
                        new Stream.Piped(),
                        new Stream.Piped()),
                Kind.OTHER,
                "Could not start 'true': open /nonexistent: no such file or directory (ENOENT)");
    }

    @Test
    void argumentsThatAreTooLong() {
        assertFailure(
                Requests.of("true", "x".repeat(200_000)),
                Kind.OTHER,
                "Could not start 'true': its arguments and environment are too long: argument list too long (E2BIG)");
    }

    @Test
    void textWithNul() {
        assertFailure(
                Requests.of("true", "a\0b"),
                Kind.OTHER,
                "Could not start 'true': Could not hand 'a\\0b' to the operating system: it contains a NUL character,"
                        + " take that out");
    }

    @Test
    void nothingIsLeftOfWhatDidNotStart() {
        assertThat(failure(Requests.of("nosuchprogram"))).isNotNull();
        List<String> before = Descriptors.ofOurs();
        Set<ProcessHandle> childrenBefore = children();
        for (int time = 0; time < 100; time++) {
            assertThat(failure(Requests.of("nosuchprogram"))).isNotNull();
        }
        Descriptors.awaitOurs(before);
        assertThat(children()).isEqualTo(childrenBefore);
    }

    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().children().collect(Collectors.toSet());
    }

    private void assertFailure(StartRequest request, Kind kind, String message) {
        assertThat(failure(request))
                .hasMessage(message)
                .extracting(StartException::kind)
                .isEqualTo(kind);
    }

    private StartException failure(StartRequest request) {
        return catchThrowableOfType(StartException.class, () -> start(request, Limits.none()));
    }
}
