package pm.backend.linux.launcher;

import java.util.Optional;
import java.util.OptionalInt;
import pm.spi.BackendException;
import pm.spi.StartRequest;

/**
 * A command that a launcher shall supervise. Immutable.
 *
 * @param command what to start
 * @param limits for each process of the tree
 * @param mostProcesses the supervisor tells when more live ({@link LauncherMessage.Kind#LIMIT}); 0: they are not counted
 * @param placement what is done with the launcher before it starts the command
 * @param hierarchy open top folder of the control groups, when the launcher shall also kill by the group, named {@code tree}, where it is put
 */
public record SuperviseRequest(
        StartRequest command,
        ProcessLimits limits,
        int mostProcesses,
        Optional<Placement> placement,
        OptionalInt hierarchy) {
    /** Puts the launcher somewhere, so that the command is born there. */
    @FunctionalInterface
    public interface Placement {
        /**
         * Called once, on the thread that starts; the launcher waits meanwhile.
         *
         * @param launcher its pid
         * @throws BackendException when it cannot be put there: then nothing is started, and the launcher leaves
         */
        void place(long launcher) throws BackendException;
    }

    /** Without limits, wherever the launcher is. */
    public static SuperviseRequest of(StartRequest command) {
        return new SuperviseRequest(command, ProcessLimits.NONE, 0, Optional.empty(), OptionalInt.empty());
    }

    /** The same with limits. */
    public SuperviseRequest limited(ProcessLimits processLimits, int processes) {
        return new SuperviseRequest(command, processLimits, processes, placement, hierarchy);
    }

    /** The same with a place. */
    public SuperviseRequest placedBy(Placement where) {
        return new SuperviseRequest(command, limits, mostProcesses, Optional.of(where), hierarchy);
    }

    /** The same, killing by the group of its place too, if there is a hierarchy. */
    public SuperviseRequest killingBelow(OptionalInt top) {
        return new SuperviseRequest(command, limits, mostProcesses, placement, top);
    }

    Terms terms() {
        return new Terms(
                command.noNewPrivileges(), limits, mostProcesses, placement.isPresent(), hierarchy.isPresent());
    }

    int[] groups() {
        return hierarchy.stream().toArray();
    }
}
