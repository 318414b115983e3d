package pm.core.process;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import pm.api.Cause;
import pm.api.CleanupException;
import pm.api.ErrorContext;
import pm.api.ManagedProcess;
import pm.api.ManagerClosedException;
import pm.api.ProcessGroup;
import pm.api.ProcessSpec;

/**
 * Members in the order in which they started, which is also an order of dependence: a member can only depend on members, and so starts after
 * them. The reverse of it is right for both.
 */
final class OrderedGroup implements ProcessGroup {
    private final String name;
    private final Function<ProcessSpec, SupervisedProcess> spawner;
    private final ErrorContext context;
    private final List<SupervisedProcess> members = new ArrayList<>();
    private boolean closed;

    OrderedGroup(String name, Function<ProcessSpec, SupervisedProcess> spawner, ErrorContext context) {
        this.name = name;
        this.spawner = spawner;
        this.context = context;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ManagedProcess spawn(ProcessSpec spec) {
        return spawn(spec, List.of());
    }

    @Override
    public ManagedProcess spawn(ProcessSpec spec, Collection<ManagedProcess> dependencies) {
        requireMembers(dependencies);
        SupervisedProcess process = spawner.apply(spec);
        if (!add(process)) {
            process.close(Cause.GROUP_CLOSED);
            throw closedException();
        }
        return process;
    }

    private synchronized void requireMembers(Collection<ManagedProcess> dependencies) {
        if (closed) {
            throw closedException();
        }
        for (ManagedProcess dependency : dependencies) {
            if (members.stream().noneMatch(member -> member == dependency)) {
                throw new IllegalArgumentException("Could not make a process depend on " + dependency
                        + ": it is not a member of group '" + name + "'");
            }
        }
    }

    private ManagerClosedException closedException() {
        return new ManagerClosedException(
                "Could not start a process: group '" + name + "' is closed or closing", context);
    }

    private synchronized boolean add(SupervisedProcess process) {
        if (!closed) {
            members.add(process);
        }
        return !closed;
    }

    @Override
    public synchronized List<ManagedProcess> members() {
        return List.copyOf(members);
    }

    @Override
    public void close() {
        CleanupException failure = null;
        List<SupervisedProcess> lastFirst = closeForNewMembers();
        for (SupervisedProcess member : lastFirst) {
            try {
                member.close(Cause.GROUP_CLOSED);
            } catch (CleanupException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private synchronized List<SupervisedProcess> closeForNewMembers() {
        closed = true;
        List<SupervisedProcess> lastFirst = new ArrayList<>(members);
        Collections.reverse(lastFirst);
        return lastFirst;
    }
}
