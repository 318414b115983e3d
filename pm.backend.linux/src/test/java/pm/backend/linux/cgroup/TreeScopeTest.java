package pm.backend.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.spi.BackendException;

/** What systemd is asked for, for a tree. */
class TreeScopeTest {
    private final RecordedScopes scopes = new RecordedScopes();

    private TreeScope scope(Limits limits) {
        return new TreeScope(scopes, "pm-a-p1.scope", limits, true);
    }

    @Test
    void theLauncherIsOneProcessMore() {
        Limits limits = Limits.none().processes(20);

        assertThat(scope(limits).amounts(limits)).isEqualTo(Map.of(LimitKind.PROCESSES, 21L));
    }

    @Test
    void aLimitOfMemoryForbidsSwapUnlessThatHasALimitToo() {
        Limits memory = Limits.none().memory(64, Limits.MIB);

        assertThat(scope(memory).amounts(memory))
                .isEqualTo(Map.of(LimitKind.MEMORY, 64 * Limits.MIB, LimitKind.SWAP, 0L));
        assertThat(scope(memory).amounts(memory.swap(1, Limits.MIB)))
                .isEqualTo(Map.of(LimitKind.MEMORY, 64 * Limits.MIB, LimitKind.SWAP, Limits.MIB));
    }

    @Test
    void whereSwapIsNotCountedItIsNotAskedFor() {
        Limits memory = Limits.none().memory(64, Limits.MIB);

        assertThat(new TreeScope(scopes, "pm-a-p1.scope", memory, false).amounts(memory))
                .isEqualTo(Map.of(LimitKind.MEMORY, 64 * Limits.MIB));
    }

    @Test
    void limitsOfEachProcessAreTheLaunchersPart() {
        Limits limits = Limits.none().with(LimitKind.NICE, 5).cpus(0.5);

        assertThat(scope(limits).amounts(limits)).isEqualTo(Map.of(LimitKind.CPUS, 500L));
    }

    @Test
    void changedLimitsComeWithThoseThatStay() throws BackendException {
        TreeScope scope = scope(Limits.none().processes(20));

        scope.update(Limits.none().memory(1, Limits.GIB));

        assertThat(scopes.updated)
                .containsExactly(Map.of(LimitKind.PROCESSES, 21L, LimitKind.MEMORY, Limits.GIB, LimitKind.SWAP, 0L));
    }

    @Test
    void whatHoldsForEachProcessIsNotChangedLater() {
        assertThatThrownBy(() -> scope(Limits.none()).update(Limits.none().with(LimitKind.NICE, 5)))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("nice")
                .hasMessageContaining("nothing was changed");
        assertThat(scopes.updated).isEmpty();
    }

    @Test
    void theDescriptionIsOneShortLine() {
        assertThat(TreeScope.description(List.of("sh", "-c", "echo\n\u001b[31m***")))
                .isEqualTo("pm: sh -c echo  [31m***");
        assertThat(TreeScope.description(List.of("x".repeat(1000))))
                .hasSizeLessThan(210)
                .endsWith("…");
    }

    /** Without systemd the launcher stays where it was: that must not be taken for the scope. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aLauncherThatWasNotMovedIsNotStarted() {
        long here = ProcessHandle.current().pid();

        assertThatThrownBy(() -> scope(Limits.none()).open(here, List.of("true")))
                .isInstanceOf(BackendException.class);
        assertThat(scopes.started).singleElement().satisfies(request -> assertThat(request.pid())
                .isEqualTo(here));
    }
}
