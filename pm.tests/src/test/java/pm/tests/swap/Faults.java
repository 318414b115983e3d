package pm.tests.swap;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import pm.api.ExitStatus;
import pm.api.Limits;
import pm.api.ProcessTree;
import pm.api.ResourceUsage;
import pm.spi.BackendSession;
import pm.spi.Containment;
import pm.spi.NativeProcess;
import pm.spi.PipeReader;
import pm.spi.StartException;
import pm.spi.StartRequest;

/** Faults that a backend may have, and which test of the contract finds each. */
final class Faults {
    private Faults() {}

    /** How programs start, and their pipes. */
    static List<Fault> ofStarts() {
        return List.of(
                new Fault(
                        "arguments are trimmed",
                        Containment.class,
                        "start",
                        (right, arguments, call) -> {
                            arguments[0] = withCommand((StartRequest) arguments[0]);
                            return call.make();
                        },
                        "argumentsArriveUnchanged"),
                new Fault(
                        "the environment is never cleared",
                        Containment.class,
                        "start",
                        (right, arguments, call) -> {
                            arguments[0] = inheriting((StartRequest) arguments[0]);
                            return call.make();
                        },
                        "theEnvironmentIsCleared"),
                new Fault(
                        "messages show what is masked",
                        Containment.class,
                        "start",
                        (right, arguments, call) -> {
                            try {
                                return call.make();
                            } catch (StartException e) {
                                throw new StartException(
                                        e.kind(), e.getMessage() + ((StartRequest) arguments[0]).command());
                            }
                        },
                        "whatOtherEyesMustNotSeeIsInNoMessage"),
                new Fault(
                        "every program succeeds",
                        NativeProcess.class,
                        "exit",
                        (right, arguments, call) ->
                                ((NativeProcess) right).exit().thenApply(status -> new ExitStatus.Exited(0)),
                        "theExitStatusIsTheLeaders"),
                new Fault(
                        "a process that is gone hears signals",
                        NativeProcess.class,
                        "signal",
                        (right, arguments, call) -> {
                            call.make();
                            return true;
                        },
                        "aSignalReachesTheLeaderUntilItIsGone"),
                new Fault(
                        "callbacks come in the caller's thread",
                        PipeReader.class,
                        "whenReady",
                        (right, arguments, call) -> {
                            ((Runnable) arguments[0]).run();
                            return null;
                        },
                        "endsAreToldOnTheBackendsThreads"),
                new Fault(
                        "closed pipes stay open",
                        PipeReader.class,
                        "close",
                        (right, arguments, call) -> null,
                        "aProgramWhoseOutputNobodyReadsEnds"));
    }

    /** What is known of trees, and how they end. */
    static List<Fault> ofTrees() {
        return List.of(
                new Fault(
                        "the leader is taken for the tree",
                        Containment.class,
                        "whenEmpty",
                        (right, arguments, call) -> CompletableFuture.completedStage(null),
                        "aTreeIsNotEmptyWhileADescendantLives"),
                new Fault(
                        "detached members are not seen",
                        Containment.class,
                        "members",
                        (right, arguments, call) ->
                                leaderOf((Containment) right).stream().toList(),
                        "membersAreTheWholeTreeTheLeaderFirst"),
                new Fault(
                        "a container with life inside is forgotten",
                        Containment.class,
                        "close",
                        (right, arguments, call) -> null,
                        "aContainerWithLifeInsideIsNotRemoved"),
                new Fault(
                        "usage is lost at the end",
                        Containment.class,
                        "usage",
                        (right, arguments, call) -> ((Containment) right).isEmpty() ? ResourceUsage.NONE : call.make(),
                        "usageIsThatOfTheWholeTreeAlsoAfterItsEnd"),
                new Fault(
                        "only the leader is told to stop",
                        Containment.class,
                        "terminate",
                        (right, arguments, call) -> {
                            leaderOf((Containment) right)
                                    .ifPresent(leader -> handle(leader).destroy());
                            return null;
                        },
                        "theStopSignalReachesEveryProcessAlsoStoppedAndDetachedOnes"),
                new Fault(
                        "only the leader is killed",
                        Containment.class,
                        "kill",
                        (right, arguments, call) -> {
                            leaderOf((Containment) right)
                                    .ifPresent(leader -> handle(leader).destroyForcibly());
                            return null;
                        },
                        "aKillEndsWhatDoesNotHeedTheStopSignal"),
                new Fault(
                        "nothing is suspended",
                        Containment.class,
                        "suspend",
                        (right, arguments, call) -> null,
                        "aSuspendedTreeDoesNothingUntilItIsResumed"),
                new Fault(
                        "nothing is resumed",
                        Containment.class,
                        "resume",
                        (right, arguments, call) -> null,
                        "aSuspendedTreeDoesNothingUntilItIsResumed"));
    }

    /** What becomes of limits. */
    static List<Fault> ofLimits() {
        return List.of(
                new Fault(
                        "limits are accepted and forgotten: what is unsupported",
                        BackendSession.class,
                        "contain",
                        Faults::withoutLimits,
                        "aLimitIsAcceptedOrRefusedAsTheCapabilitiesSay"),
                new Fault(
                        "limits are accepted and forgotten: memory",
                        BackendSession.class,
                        "contain",
                        Faults::withoutLimits,
                        "moreMemoryThanALimitAllowsIsNotHad"),
                new Fault(
                        "limits are accepted and forgotten: processes",
                        BackendSession.class,
                        "contain",
                        Faults::withoutLimits,
                        "moreProcessesThanALimitAllowsAreRefusedOrTold"),
                new Fault(
                        "changes of limits are accepted and forgotten",
                        Containment.class,
                        "updateLimits",
                        (right, arguments, call) -> null,
                        "aLimitOfARunningTreeIsChangedOrTheRefusalSaysWhy"));
    }

    /** What sessions take and leave. */
    static List<Fault> ofSessions() {
        return List.of(
                new Fault(
                        "a thread for each tree",
                        Containment.class,
                        "start",
                        (right, arguments, call) -> {
                            Object process = call.make();
                            Thread thread =
                                    new Thread(((Containment) right).whenEmpty().toCompletableFuture()::join);
                            thread.setDaemon(true);
                            thread.start();
                            return process;
                        },
                        "manyTreesTakeNoMoreThreadsThanOneAndLeaveNoDescriptors"),
                new Fault(
                        "helpers are kept secret",
                        BackendSession.class,
                        "helperPids",
                        (right, arguments, call) -> Set.of(),
                        "helpersAreChildrenOfThisJvmAndNoMembers"),
                new Fault(
                        "a closed session leaves what lives",
                        BackendSession.class,
                        "close",
                        (right, arguments, call) -> null,
                        "whatIsNotClosedIsKilledWithTheSession"));
    }

    private static Optional<ProcessTree.Node> leaderOf(Containment containment) throws Exception {
        return containment.members().stream().findFirst();
    }

    private static ProcessHandle handle(ProcessTree.Node node) {
        return ProcessHandle.of(node.pid()).orElseThrow();
    }

    private static Object withoutLimits(Object right, Object[] arguments, Fault.Call call) throws Throwable {
        arguments[1] = Limits.none();
        return call.make();
    }

    private static StartRequest withCommand(StartRequest request) {
        return with(request, request.command().stream().map(String::strip).toList(), request.inheritEnvironment());
    }

    private static StartRequest inheriting(StartRequest request) {
        return with(request, request.command(), true);
    }

    private static StartRequest with(StartRequest request, List<String> command, boolean inheriting) {
        return new StartRequest(
                command,
                request.shownCommand(),
                request.directory(),
                inheriting,
                request.environment(),
                request.removed(),
                request.stdin(),
                request.stdout(),
                request.stderr(),
                request.noNewPrivileges(),
                request.breakaway());
    }
}
