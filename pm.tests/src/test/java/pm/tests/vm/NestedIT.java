package pm.tests.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pm.tests.hostile.Nest;

/** A JVM with a manager in the tree of another manager, three deep. */
class NestedIT {
    private static final Mode MODE = Mode.current();

    /** As in this mode; root's systemd also runs services of users. */
    static Stream<List<String>> preparations() {
        List<List<String>> preparations = new ArrayList<>(List.of(List.of()));
        if (MODE == Mode.SERVICE) {
            preparations.add(List.of(
                    "systemd-run", "--quiet", "--wait", "--pipe", "--collect", "-p", "Delegate=yes", "-p", "User=vm"));
        }
        return preparations.stream();
    }

    private static Nest start(List<String> preparation) {
        return Nest.start(preparation, List.of("-cp", System.getProperty("java.class.path")), 0);
    }

    @ParameterizedTest
    @MethodSource("preparations")
    void theInnerTreeIsBelowTheOuterOne(List<String> preparation) throws Exception {
        try (Nest nest = start(preparation)) {
            if (MODE.holder() != Mode.Holder.SUPERVISION) {
                nest.assertEachBelowTheOneBefore();
                assertThat(nest.levels().get(2).containment()).startsWith(Mode.Holder.CGROUP.words());
            }
            nest.signal(0, "TERM");
            nest.awaitEnd();
            nest.assertNothingLeft();
        }
    }

    @ParameterizedTest
    @MethodSource("preparations")
    void theEndOfAnInnerManagerWithItsTreeIsNoFailureOfTheOuterOne(List<String> preparation) throws Exception {
        try (Nest nest = start(preparation)) {
            nest.signal(1, "KILL");
            String said = nest.awaitEnd();
            assertThat(said)
                    .contains("ENDED true")
                    .doesNotContain("ENDED false")
                    .doesNotContain("Exception");
            nest.assertNothingLeft();
        }
    }
}
