package pm.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pm.api.ExitStatus;
import pm.api.Signal;
import pm.spi.Containment;
import pm.spi.StartException;

/** How a program starts, with what, and how it is told that it did not. */
interface StartContract extends Subject {
    private String textOf(Request request) throws Exception {
        return new String(bench().bytesOf(request), StandardCharsets.UTF_8);
    }

    @Test
    default void whatALeaderStartsFirstIsInside() throws Exception {
        // A leader that was put inside after its birth would win this race now and then.
        for (int time = 0; time < 20; time++) {
            try (Tree tree = bench().start(programs().leavesDetached())) {
                long detached = tree.printedPids(1).get(0);
                assertThat(tree.memberPids()).contains(detached);
                tree.containment().kill();
                tree.awaitEmpty();
                assertGone(List.of(detached));
            }
        }
    }

    @Test
    default void theLeaderIsAMemberFromTheBeginning() throws Exception {
        try (Tree tree = bench().start(programs().sleeps())) {
            assertThat(tree.memberPids()).startsWith(tree.leader().pid());
            assertThat(lives(tree.leader().pid())).isTrue();
            assertThat(tree.containment().isEmpty()).isFalse();
        }
    }

    @Test
    default void theExitStatusIsTheLeaders() throws Exception {
        for (int status : List.of(0, 1, 42, 255)) {
            try (Tree tree = bench().start(programs().exits(status))) {
                assertThat(tree.awaitExit()).isEqualTo(new ExitStatus.Exited(status));
            }
        }
    }

    @Test
    default void aSignalThatEndsTheLeaderIsTold() throws Exception {
        needs(Ability.SIGNALS);
        for (Signal signal : List.of(Signal.TERM, Signal.KILL, Signal.INT)) {
            try (Tree tree = bench().start(programs().signalsItself(signal))) {
                assertThat(tree.awaitExit())
                        .isEqualTo(new ExitStatus.Signalled(programs().number(signal), false));
            }
        }
    }

    @Test
    default void argumentsArriveUnchanged() throws Exception {
        String[] arguments = {
            "a b", "", "-n", "%s\\n", "$HOME", "*", "~", "'", "\"", "\\", "\\\"", "a\"b c\\", "ü€𝄞", "line\nline", "\t"
        };
        assertThat(textOf(Request.of(programs().printsArguments(arguments))))
                .isEqualTo(String.join("\0", arguments) + "\0");
        assertThat(textOf(Request.of(programs().printsArguments()))).isEmpty();
    }

    @Test
    default void theEnvironmentIsInheritedAndChanged() throws Exception {
        String inherited = anyVariable();
        List<String> environment = textOf(
                        Request.of(programs().printsEnvironment()).with("CONTRACT_ADDED", "a=b ü"))
                .lines()
                .toList();
        assertThat(environment)
                .contains(
                        "CONTRACT_ADDED=a=b ü",
                        inherited + "=" + System.getenv(inherited),
                        "PM_INSTANCE_ID=" + bench().instanceId(),
                        "PM_PROCESS_ID=p1");

        assertThat(textOf(Request.of(programs().printsEnvironment()).with(inherited, "another"))
                        .lines())
                .contains(inherited + "=another")
                .filteredOn(line -> line.startsWith(inherited + "="))
                .hasSize(1);
        assertThat(textOf(Request.of(programs().printsEnvironment()).without(inherited))
                        .lines())
                .noneMatch(line -> line.startsWith(inherited + "="));
    }

    @Test
    default void theEnvironmentIsCleared() throws Exception {
        Set<String> expected = new HashSet<>(Set.of("CONTRACT_ADDED", "PM_INSTANCE_ID", "PM_PROCESS_ID"));
        expected.addAll(programs().unavoidableVariables());
        assertThat(textOf(Request.of(programs().printsEnvironment())
                                .withClearedEnvironment()
                                .with("CONTRACT_ADDED", "1"))
                        .lines()
                        .map(line -> line.substring(0, line.indexOf('='))))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** One of a single line, that systems and shells don't make up for themselves. */
    private static String anyVariable() {
        return System.getenv().entrySet().stream()
                .filter(variable ->
                        !variable.getValue().isBlank() && !variable.getValue().contains("\n"))
                .map(variable -> variable.getKey())
                .filter(name ->
                        !name.startsWith("PM_") && !Set.of("PWD", "_", "SHLVL").contains(name))
                .filter(name -> !name.equalsIgnoreCase("PATH") && !name.startsWith("="))
                .sorted()
                .findFirst()
                .orElseThrow(() -> new AssertionError("this JVM has no environment: give it a variable"));
    }

    @Test
    default void theDirectoryIsThatOfTheRequestOrOurs(@TempDir Path folder) throws Exception {
        assertThat(textOf(Request.of(programs().printsDirectory()).in(folder)).strip())
                .isEqualTo(folder.toRealPath().toString());
        assertThat(textOf(Request.of(programs().printsDirectory())).strip())
                .isEqualTo(Path.of("").toRealPath().toString());
    }

    @Test
    default void aProgramIsGivenItsThreeStreamsAndNothingElse() throws Exception {
        needs(Ability.DESCRIPTORS);
        try (Tree another = bench().start(programs().sleeps())) {
            assertThat(another.leader().stdout()).isPresent();
            assertThat(textOf(Request.of(programs().printsFurtherDescriptors())))
                    .isEmpty();
        }
    }

    @Test
    default void whatIsNotThereIsNotFound(@TempDir Path folder) throws Exception {
        assertFails(StartException.Kind.NOT_FOUND, Request.of(List.of("contract-no-such-program")));
        assertFails(
                StartException.Kind.NOT_FOUND,
                Request.of(List.of(folder.resolve("missing").toString(), "argument")));
    }

    @Test
    default void whatIsNoProgramIsNotExecutable(@TempDir Path folder) throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "no program\n");
        assertFails(StartException.Kind.NOT_EXECUTABLE, Request.of(List.of(text.toString())));
    }

    @Test
    default void aDirectoryThatIsNotThereIsAnotherFailure(@TempDir Path folder) throws Exception {
        Path missing = folder.resolve("missing");
        StartException failure = assertFails(
                StartException.Kind.OTHER, Request.of(programs().exits(0)).in(missing));
        assertThat(failure).hasMessageContaining(missing.toString());
    }

    @Test
    default void whatOtherEyesMustNotSeeIsInNoMessage() throws Exception {
        StartException failure = assertFails(
                StartException.Kind.NOT_FOUND,
                Request.of(List.of("contract-no-such-program", "a secret"))
                        .shownAs(List.of("contract-no-such-program", "***")));
        assertThat(failure.getMessage()).doesNotContain("a secret");
    }

    /** By starting it a backend says that it can; it is for its own tests to show that. */
    @Test
    default void letsProcessesLeaveOrRefuses() throws Exception {
        Request request = Request.of(programs().exits(0)).allowingBreakaway();
        Containment containment = bench().contain();
        try (Tree tree = bench().start(request, containment)) {
            assertThat(tree.awaitExit()).isEqualTo(new ExitStatus.Exited(0));
        } catch (StartException refused) {
            assertThat(refused).hasMessageMatching("(?s)Could not let processes leave .+: .+");
            assertThat(refused.kind()).isEqualTo(StartException.Kind.OTHER);
            assertNothingIn(containment);
        }
    }

    /** And nothing is left of it: see also the end of each test. */
    private StartException assertFails(StartException.Kind kind, Request request) throws Exception {
        Containment containment = bench().contain();
        StartException failure = catchThrowableOfType(StartException.class, () -> bench().start(request, containment));
        assertThat(failure).isNotNull().hasMessageMatching("(?s)Could not start '.+': .+");
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        assertNothingIn(containment);
        return failure;
    }

    private static void assertNothingIn(Containment containment) throws Exception {
        assertThat(containment.isEmpty()).isTrue();
        assertThat(containment.members()).isEmpty();
        containment.close();
        Patience.get(containment.whenEmpty(), "that nothing lives where nothing was started");
    }
}
