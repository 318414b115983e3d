package pm.core.jmx;

import pm.api.ManagedProcess;

/** An active process as JMX can carry it. Immutable. */
public final class ProcessView {
    private final String id;
    private final long pid;
    private final String command;
    private final String label;
    private final String startTime;

    ProcessView(ManagedProcess process) {
        this.id = process.id();
        this.pid = process.pid();
        this.command = String.join(" ", process.spec().shownCommand());
        this.label = process.spec().label().orElse("");
        this.startTime = process.startTime().toString();
    }

    /** pm's own id. */
    public String getId() {
        return id;
    }

    /** The leader's pid. */
    public long getPid() {
        return pid;
    }

    /** The command, masked arguments as {@code ***}. */
    public String getCommand() {
        return command;
    }

    /** The caller's label, empty when there is none. */
    public String getLabel() {
        return label;
    }

    /** When it was started, in ISO-8601. */
    public String getStartTime() {
        return startTime;
    }
}
