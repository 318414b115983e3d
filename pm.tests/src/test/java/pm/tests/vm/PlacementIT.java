package pm.tests.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pm.api.LimitKind;
import pm.api.ManagedProcess;
import pm.api.ProcessSpec;
import pm.testing.ReadJson;
import pm.tests.cli.PmProcess;

/** Where trees are put in this mode, and what pm says of it. */
class PlacementIT extends ManagerHere {
    @Test
    void treesAreHeldByWhatThisModeHas() {
        assertThat(manager.backend().containment()).startsWith(mode.holder().words());
    }

    @ParameterizedTest
    @EnumSource(LimitKind.class)
    void everyLimitIsAtItsLevelWithAReason(LimitKind kind) {
        assertThat(manager.capabilities().of(kind).level())
                .as(manager.capabilities().of(kind)::reason)
                .isEqualTo(mode.level(kind));
        assertThat(manager.capabilities().of(kind).reason()).isNotBlank();
    }

    @Test
    void theTreeIsWhereItBelongs() {
        Path own = ControlGroups.ofThisJvm();
        try (ManagedProcess process = manager.spawn(ProcessSpec.of("sleep", "1000"))) {
            Path group = ControlGroups.of(process.pid());
            switch (mode.holder()) {
                case CGROUP ->
                    assertThat(group.getParent().getParent().getFileName()).hasToString("pm." + manager.instanceId());
                case SCOPES ->
                    assertThat(group.toString())
                            .contains("/pm-" + manager.instanceId() + "-" + process.id() + ".scope");
                case SUPERVISION -> assertThat(group).isEqualTo(own);
            }
            switch (mode) {
                case ROOT ->
                    assertThat(group.getParent().getParent().getParent()).isEqualTo(ControlGroups.ROOT);
                case CHOSEN_GROUP ->
                    assertThat(group.getParent().getParent().getParent())
                            .isEqualTo(Path.of(System.getenv("PM_CGROUP_ROOT")));
                case SERVICE ->
                    assertThat(group.startsWith(ControlGroups.ROOT.resolve("system.slice")))
                            .isTrue();
                case SESSION, DELEGATED_SCOPE ->
                    assertThat(group.startsWith(
                                    ControlGroups.ROOT.resolve("user.slice/user-2000.slice/user@2000.service")))
                            .isTrue();
                default -> assertThat(group.startsWith(unit(own))).isTrue();
            }
        }
    }

    /** The folder of the unit that the JVM runs in: what systemd has delegated is below that. */
    private static Path unit(Path group) {
        for (Path folder = group; !folder.equals(ControlGroups.ROOT); folder = folder.getParent()) {
            if (folder.getFileName().toString().matches(".*\\.(service|scope)")) {
                return folder;
            }
        }
        return ControlGroups.ROOT;
    }

    @Test
    void theJvmIsNotMoved() {
        Path before = ControlGroups.ofThisJvm();
        try (ManagedProcess process = manager.spawn(ProcessSpec.of("sleep", "1000"))) {
            assertThat(process.isAlive()).isTrue();
            assertThat(ControlGroups.ofThisJvm()).isEqualTo(before);
        }
    }

    @Test
    void groupsOfOthersStayAsTheyWere() throws Exception {
        manager.close();
        Map<Path, String> before = ControlGroups.controllersHandedDown();
        open();
        assertThat(manager.run(ProcessSpec.of("true")).isSuccess()).isTrue();
        manager.close();
        Map<Path, String> after = ControlGroups.controllersHandedDown();
        if (mode.holder() == Mode.Holder.SCOPES) {
            // systemd makes groups as it needs them; ours is not to be changed.
            before.keySet().retainAll(Set.of(ControlGroups.ofThisJvm()));
            after.keySet().retainAll(before.keySet());
        }
        assertThat(after).isNotEmpty().isEqualTo(before);
    }

    @Test
    void noGroupIsLeft() throws Exception {
        assertThat(manager.run(ProcessSpec.of("true")).isSuccess()).isTrue();
        manager.close();
        // systemd removes a scope as soon as it looks.
        Awaitility.await().untilAsserted(() -> assertThat(ControlGroups.ofManagersWithContent())
                .isEmpty());
    }

    @Test
    void doctorSaysTheSame() throws Exception {
        PmProcess.Output output = PmProcess.run("doctor", "--json");
        assertThat(output.status()).as(output.err()).isZero();
        Map<String, Object> found = ReadJson.object(output.outText());
        assertThat(found.get("backend"))
                .asString()
                .contains("containment=" + mode.holder().words());
        for (LimitKind kind : LimitKind.values()) {
            assertThat(output.outText().replaceAll("\\s", "").toUpperCase(Locale.ROOT))
                    .contains(("\"" + kind.label() + "\":{\"level\":\"" + mode.level(kind)).toUpperCase(Locale.ROOT));
        }
    }
}
