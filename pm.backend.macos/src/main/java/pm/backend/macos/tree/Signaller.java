package pm.backend.macos.tree;

/** Sends signals to processes that were seen, never to others that have got their pids or group numbers since. Safe for use by any thread. */
public interface Signaller {
    /** What came of it. */
    enum Delivery {
        DELIVERED,
        /** It is gone. */
        GONE,
        /** It runs as another user. */
        REFUSED
    }

    /** To one process. */
    Delivery signal(ProcessRecord process, Command command);

    /** To the process and all others of the group that it is in. */
    Delivery signalGroup(ProcessRecord process, Command command);

    /** What a tree is told to do. */
    enum Command {
        STOP,
        CONTINUE,
        KILL
    }
}
