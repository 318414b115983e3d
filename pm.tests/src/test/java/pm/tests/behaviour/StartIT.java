package pm.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import pm.api.Capabilities.Level;
import pm.api.CommandNotExecutableException;
import pm.api.CommandNotFoundException;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.api.ManagedProcess;
import pm.api.ManagerClosedException;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.SpawnException;
import pm.api.Stdio;
import pm.api.UnsupportedLimitException;

/** What the child is born with, and what a failed start says. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {OpenManager.CGROUP, OpenManager.SUPERVISION})
class StartIT extends OpenManager {
    @TempDir
    Path folder;

    StartIT(String containment) {
        super(containment);
    }

    private String output(ProcessSpec spec) throws InterruptedException {
        ProcessResult result =
                manager.run(spec.stdout(Stdio.capture(1, Stdio.MIB)).stderr(Stdio.merge()));
        assertThat(result.isSuccess()).as(result::toString).isTrue();
        return result.stdout().orElseThrow().text();
    }

    private static Map<String, String> variables(String text) {
        return Stream.of(text.split("\n", -1))
                .filter(line -> line.contains("="))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')), line -> line.substring(line.indexOf('=') + 1)));
    }

    @Test
    void theEnvironmentIsTheJvmsPlusWhatWasSet() throws Exception {
        Map<String, String> child = variables(output(ProcessSpec.of("env")
                .env("ADDED", "blüte")
                .env("PATH", "/x:/bin")
                .unsetEnv("HOME")));
        assertThat(child)
                .containsEntry("ADDED", "blüte")
                .containsEntry("PATH", "/x:/bin")
                .doesNotContainKey("HOME");
        assertThat(child).containsEntry("PM_INSTANCE_ID", manager.instanceId()).containsKey("PM_PROCESS_ID");
        Map<String, String> parent = System.getenv();
        parent.keySet().stream()
                .filter(name -> !List.of("PATH", "HOME", "_").contains(name)
                        && !parent.get(name).contains("\n"))
                .forEach(name -> assertThat(child).containsEntry(name, parent.get(name)));
    }

    @Test
    void aClearedEnvironmentHoldsOnlyWhatWasSetAndOurIds() throws Exception {
        assertThat(variables(output(ProcessSpec.of("env").clearEnv().env("A", "1"))))
                .containsOnlyKeys("A", "PM_INSTANCE_ID", "PM_PROCESS_ID");
    }

    @Test
    void theDirectory() throws Exception {
        assertThat(output(ProcessSpec.of("pwd", "-P").in(folder))).isEqualTo(folder.toRealPath() + "\n");
    }

    @Test
    void aRelativeProgramIsLookedUpInTheChildsDirectory() throws Exception {
        Path script = Files.writeString(folder.resolve("script"), "echo from $PWD\n"); // no #!: /bin/sh runs it
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(output(ProcessSpec.of("./script").in(folder.toRealPath())))
                .isEqualTo("from " + folder.toRealPath() + "\n");
    }

    @Test
    void nothingButTheThreeDescriptorsIsOpen() throws Exception {
        assertThat(output(ProcessSpec.of("sh", "-c", "ls /proc/$$/fd")).split("\n", -1))
                .containsExactly("0", "1", "2", "");
    }

    @Test
    void aSessionOfItsOwnAndNoSignalBlockedOrIgnored() throws Exception {
        String text = output(ProcessSpec.of("cat", "/proc/self/stat", "/proc/self/status"));
        String[] fields = text.substring(text.indexOf(')') + 2).split(" ", -1);
        String pid = text.substring(0, text.indexOf(' '));
        assertThat(fields[2]).as("process group").isEqualTo(pid);
        assertThat(fields[3]).as("session").isEqualTo(pid);
        assertThat(fields[4]).as("controlling terminal").isEqualTo("0");
        assertThat(text).containsPattern("SigBlk:\\s+0+\n").containsPattern("SigIgn:\\s+0+\n");
    }

    @Test
    void noNewPrivileges() throws Exception {
        ProcessSpec grep = ProcessSpec.of("grep", "NoNewPrivs", "/proc/self/status");
        assertThat(output(grep.noNewPrivileges())).contains("1");
        assertThat(output(grep)).contains("0");
    }

    @Test
    void aMissingProgramIsSaidExactly() {
        assertThatThrownBy(() -> manager.spawn(ProcessSpec.of("nosuch-program")))
                .isInstanceOf(CommandNotFoundException.class)
                .hasMessageContaining("Could not start 'nosuch-program'")
                .hasMessageContaining("no such file")
                .hasMessageContaining(manager.instanceId());
        assertThatThrownBy(() -> manager.spawn(ProcessSpec.of("/nonexistent/prog")))
                .isInstanceOf(CommandNotFoundException.class);
        assertThat(manager.metrics().spawnFailures()).containsEntry("CommandNotFoundException", 2L);
        assertThat(manager.active()).isEmpty();
    }

    @Test
    void whatCannotBeExecutedIsSaidExactly() {
        assertThatThrownBy(() -> manager.spawn(ProcessSpec.of("/etc/passwd")))
                .isInstanceOf(CommandNotExecutableException.class)
                .hasMessageContaining("Could not start '/etc/passwd'")
                .hasMessageContaining("ermission denied");
        assertThatThrownBy(() -> manager.spawn(ProcessSpec.of("/etc")))
                .isInstanceOf(CommandNotExecutableException.class);
    }

    @Test
    void aMissingDirectoryOrFileIsNotAMissingProgram() {
        assertThatThrownBy(() -> manager.spawn(ProcessSpec.of("true").in(folder.resolve("missing"))))
                .isExactlyInstanceOf(SpawnException.class)
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> manager.spawn(ProcessSpec.of("true").stdin(Stdio.from(folder.resolve("input")))))
                .isExactlyInstanceOf(SpawnException.class)
                .hasMessageContaining("input");
        assertThat(manager.active()).isEmpty();
    }

    @Test
    void aLimitThatCannotBeEnforcedIsRefusedOrWarnedOf() throws Exception {
        LimitKind kind = LimitKind.PROCESSES;
        ProcessSpec limited = ProcessSpec.of("true").limits(Limits.none().processes(10));
        if (manager.capabilities().of(kind).level() == Level.ENFORCED) {
            assertThat(manager.run(limited).isSuccess()).isTrue();
            return;
        }
        assertThatThrownBy(() -> manager.spawn(limited))
                .isInstanceOf(UnsupportedLimitException.class)
                .hasMessageContaining("processes")
                .hasMessageContaining(manager.capabilities().of(kind).reason());
        ProcessResult result = manager.run(limited.limits(limited.limits().bestEffort(true)));
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.warnings()).anyMatch(warning -> warning.contains("processes"));
    }

    @Test
    void aClosedManagerStartsNothing() {
        try (ManagedProcess process = manager.spawn(ProcessSpec.of("sleep", "1000"))) {
            manager.close();
            assertThat(process.isAlive()).isFalse();
        }
        assertThatThrownBy(() -> manager.spawn(ProcessSpec.of("true"))).isInstanceOf(ManagerClosedException.class);
    }
}
