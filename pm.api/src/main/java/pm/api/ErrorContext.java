package pm.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whom an event or exception is about. Immutable; safe for use by any thread.
 *
 * @param instanceId the manager, empty before there is one
 * @param processId pm's own id, empty when it is about no process
 * @param pid the leader's pid, 0 when there is none
 * @param command the command, masked arguments as {@code ***}
 * @param startTime when it was started
 * @param label the caller's own label
 * @param owner in OSGi the symbolic name of the bundle that started it
 */
public record ErrorContext(
        String instanceId,
        String processId,
        long pid,
        List<String> command,
        Optional<Instant> startTime,
        Optional<String> label,
        Optional<String> owner) {
    /** About nothing in particular. */
    public static final ErrorContext NONE =
            new ErrorContext("", "", 0, List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Copies the list. */
    public ErrorContext {
        command = List.copyOf(command);
    }

    /** About a manager as a whole. */
    public static ErrorContext ofManager(String instanceId) {
        return new ErrorContext(instanceId, "", 0, List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * The pid of this JVM: the parent of every process that pm starts.
     *
     * @return the operating system's number
     */
    public long jvmPid() {
        return ProcessHandle.current().pid();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("instance ").append(instanceId.isEmpty() ? "-" : instanceId);
        if (!processId.isEmpty()) {
            text.append(", process ")
                    .append(processId)
                    .append(", pid ")
                    .append(pid)
                    .append(", command ")
                    .append(String.join(" ", command));
        }
        startTime.ifPresent(time -> text.append(", started ").append(time));
        label.ifPresent(name -> text.append(", label ").append(name));
        owner.ifPresent(name -> text.append(", owner ").append(name));
        return text.append(", parent ").append(jvmPid()).toString();
    }
}
