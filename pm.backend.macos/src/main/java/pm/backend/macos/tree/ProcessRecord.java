package pm.backend.macos.tree;

/**
 * A process at one moment.
 *
 * @param uniqueId told to no other process while the host runs
 * @param parentUniqueId that of the process that forked it, whoever its parent is now; 0 when that is not known
 * @param pid its id; another process may get it later
 * @param parentPid its parent now
 * @param group its process group
 * @param session its session
 * @param state whether it lives
 */
public record ProcessRecord(
        long uniqueId, long parentUniqueId, int pid, int parentPid, int group, int session, State state) {
    /** What it does. */
    public enum State {
        RUNNING,
        STOPPED,
        /** It has exited and waits for its parent. */
        ZOMBIE
    }

    /** Zombies do not live. */
    public boolean lives() {
        return state != State.ZOMBIE;
    }
}
