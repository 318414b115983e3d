package pm.tests.vm;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import pm.api.Capabilities.Level;
import pm.api.LimitKind;

/**
 * Where pm runs in the virtual machine, and what it must be able to do there. The suite fails when a host gives pm less than this table says,
 * and also when it gives more: then the table is to be raised.
 */
enum Mode {
    /** Root in the root of the hierarchy, without systemd. */
    ROOT(Holder.CGROUP),
    /** An ordinary user in a group of root's, without systemd: nothing is delegated. */
    UNPRIVILEGED(Holder.SUPERVISION),
    /** Root, told by PM_CGROUP_ROOT which group to use. */
    CHOSEN_GROUP(Holder.CGROUP),
    /** Root in a service of systemd with {@code Delegate=yes}. */
    DELEGATED_SERVICE(Holder.CGROUP),
    /** Root in an ordinary service of systemd. */
    SERVICE(Holder.SCOPES),
    /** An ordinary user in a login session, with a systemd of their own. */
    SESSION(Holder.SCOPES),
    /** An ordinary user in a scope with {@code Delegate=yes} of their own systemd, which leaves no mark of that on the group. */
    DELEGATED_SCOPE(Holder.SCOPES);

    /** What holds a tree. */
    enum Holder {
        CGROUP("cgroup v2, /sys/fs/cgroup"),
        SCOPES("scopes of systemd, /"),
        SUPERVISION("launcher (subreaper)");

        private final String words;

        Holder(String words) {
            this.words = words;
        }

        /** How the containment's name begins. */
        String words() {
            return words;
        }
    }

    /** Each process has them for itself, so that no group is needed. */
    private static final Set<LimitKind> OF_PROCESSES = EnumSet.of(
            LimitKind.PROCESS_MEMORY,
            LimitKind.OPEN_FILES,
            LimitKind.FILE_SIZE,
            LimitKind.CORE_SIZE,
            LimitKind.NICE,
            LimitKind.OOM_SCORE_ADJ);

    /** By controllers of cgroups. */
    private static final Set<LimitKind> OF_TREES =
            EnumSet.of(LimitKind.MEMORY, LimitKind.SWAP, LimitKind.CPUS, LimitKind.CPU_WEIGHT, LimitKind.PROCESSES);

    /** Of the machine's disk. Managers of users are not given the controller by systemd. */
    private static final Set<LimitKind> OF_DEVICES = EnumSet.of(
            LimitKind.READ_BANDWIDTH, LimitKind.WRITE_BANDWIDTH, LimitKind.READ_OPERATIONS, LimitKind.WRITE_OPERATIONS);

    private final Holder holder;

    Mode(Holder holder) {
        this.holder = holder;
    }

    /** The mode of this JVM. */
    static Mode current() {
        return valueOf(System.getProperty("pm.vm.mode").toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    Holder holder() {
        return holder;
    }

    boolean isRoot() {
        return this != UNPRIVILEGED && this != SESSION && this != DELEGATED_SCOPE;
    }

    /** Whether a process whose rights are another's, by setpriv(1), can be ended: by its group alone. */
    boolean endsOtherUsers() {
        return holder != Holder.SUPERVISION;
    }

    /** A group that holds a process, as the JVM's own does, hands none on, unless it is the root of the hierarchy. */
    private boolean handsControllersOn() {
        return this == ROOT || this == CHOSEN_GROUP || holder == Holder.SCOPES;
    }

    /** How firmly a limit must be held. */
    Level level(LimitKind kind) {
        if (OF_PROCESSES.contains(kind)
                || (handsControllersOn() && OF_TREES.contains(kind))
                || (handsControllersOn() && isRoot() && OF_DEVICES.contains(kind))) {
            return Level.ENFORCED;
        }
        if (kind == LimitKind.AFFINITY) {
            return Level.APPROXIMATED; // a process may take it back
        }
        if (holder == Holder.SUPERVISION && (kind == LimitKind.MEMORY || kind == LimitKind.PROCESSES)) {
            return Level.APPROXIMATED;
        }
        return Level.UNSUPPORTED;
    }
}
