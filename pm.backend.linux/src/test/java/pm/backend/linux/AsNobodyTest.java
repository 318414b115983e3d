package pm.backend.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pm.backend.linux.kernel.Kernel;
import pm.testing.SpawnsBehindPm;

/** What supervision is there for: a user who may do nothing. */
class AsNobodyTest {
    /** The user who owns nothing, on every Linux. */
    private static final String NOBODY = "65534";

    @Test
    @SpawnsBehindPm("a JVM of another user is needed")
    void anUnprivilegedUsersTreesAreHeldToo(@TempDir Path folder) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> command = new ArrayList<>();
        if (Kernel.effectiveUser() == 0) {
            command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                readable(folder),
                SuiteMain.class.getName(),
                SupervisionContractTest.class.getName(),
                "pm.backend.linux.supervision.SupervisedContainmentTest",
                "pm.backend.linux.supervision.SupervisionLimitsTest",
                "pm.backend.linux.supervision.UnprivilegedLimits",
                "pm.backend.linux.supervision.SupervisedStartTest",
                "pm.backend.linux.supervision.SupervisedStartFailureTest"));
        Path log = folder.resolve("log");
        Process suite = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(suite.waitFor()).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log)).contains(" succeeded, 0 failed").doesNotContain("user root");
    }

    /** The class path, where anybody can read it. */
    private static String readable(Path folder) throws IOException {
        List<String> copies = new ArrayList<>();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String part : classPath.split(Pattern.quote(File.pathSeparator), -1)) {
            Path source = Path.of(part);
            if (Files.exists(source)) {
                Path copy = folder.resolve("part" + copies.size() + "-" + source.getFileName());
                copy(source, copy);
                copies.add(copy.toString());
            }
        }
        return String.join(File.pathSeparator, copies);
    }

    private static void copy(Path source, Path target) throws IOException {
        try (var files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Path copy = file.equals(source)
                        ? target
                        : target.resolve(source.relativize(file).toString());
                Files.copy(file, copy);
                boolean folder = Files.isDirectory(copy);
                Files.setPosixFilePermissions(
                        copy, PosixFilePermissions.fromString(folder ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }
}
