package pm.backend.linux.cgroup;

import java.util.Optional;
import pm.api.ExitStatus;
import pm.api.ResourceUsage;

/** A leader whose launcher tells of it. */
final class ScopedLeader implements TreeLeader {
    private volatile long pid;
    private volatile String command = "";
    private volatile ResourceUsage usage = ResourceUsage.NONE;
    private volatile Optional<ExitStatus> exit = Optional.empty();
    private volatile boolean lost;

    void willBe(String shownCommand) {
        command = shownCommand;
    }

    void is(long started) {
        pid = started;
    }

    void ended(ExitStatus status, ResourceUsage used) {
        usage = used;
        exit = Optional.of(status);
    }

    /** Nobody will tell any more how it ends: from now on only the group counts. */
    void lost() {
        lost = true;
    }

    @Override
    public boolean isOver() {
        return lost || TreeLeader.super.isOver();
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public String command() {
        return command;
    }

    @Override
    public ResourceUsage usage() {
        return usage;
    }

    @Override
    public Optional<ExitStatus> exit() {
        return exit;
    }
}
