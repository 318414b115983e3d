package pm.backend.posix.libc;

import com.sun.jna.Platform;

/**
 * What posix_spawn(3) offers beyond POSIX.
 *
 * @param newSession flag POSIX_SPAWN_SETSID
 * @param startSuspended flag POSIX_SPAWN_START_SUSPENDED, 0 where there is none
 * @param closeOthers flag POSIX_SPAWN_CLOEXEC_DEFAULT, 0 where posix_spawn_file_actions_addclosefrom_np does that
 */
public record SpawnSystem(int newSession, int startSuspended, int closeOthers) {
    /** POSIX_SPAWN_SETSIGDEF and POSIX_SPAWN_SETSIGMASK, the same in glibc, musl and xnu. */
    static final int DEFAULT_SIGNALS = 0x4 | 0x8;

    /** posix/spawn.h of glibc 2.34, which is the first that can close others too. */
    public static final SpawnSystem GLIBC = new SpawnSystem(0x80, 0, 0);

    /** bsd/sys/spawn.h of xnu. */
    public static final SpawnSystem MACOS = new SpawnSystem(0x400, 0x80, 0x4000);

    /** That of the system that this JVM runs on. */
    public static final SpawnSystem HERE = Platform.isMac() ? MACOS : GLIBC;

    /** All flags for a command of its own session. */
    public short flags() {
        return (short) (newSession | startSuspended | closeOthers | DEFAULT_SIGNALS);
    }

    /** Whether a command is stopped until SIGCONT. */
    public boolean suspends() {
        return startSuspended != 0;
    }
}
