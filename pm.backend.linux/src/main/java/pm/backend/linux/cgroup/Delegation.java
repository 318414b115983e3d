package pm.backend.linux.cgroup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.KernelException;
import pm.spi.BackendException;

/**
 * Whether a group is ours to make groups in.
 *
 * @param systemdRuns whether a systemd manages the groups of this host
 */
record Delegation(boolean systemdRuns) {
    static Delegation ofThisHost() {
        // sd_booted(3): how to ask whether the host was booted with systemd.
        return new Delegation(Files.isDirectory(Path.of("/run/systemd/system")));
    }

    /**
     * Why a group is ours.
     *
     * @throws BackendException with the reason, when it is not
     */
    String reasonWhyOurs(Path group) throws BackendException {
        if (!systemdRuns) {
            return "it is the JVM's own group, and no systemd manages groups here";
        }
        // systemd's CGROUP_DELEGATION: the second mark can be seen without privileges, and exists since version 251.
        if (isMarked(group, "trusted.delegate") || isMarked(group, "user.delegate")) {
            return "it is the JVM's own group, and systemd has delegated it";
        }
        if (belongsToUs(group)) {
            return "it is the JVM's own group, and it belongs to our user";
        }
        throw new BackendException("systemd manages " + group
                + " and has not delegated it to us, run the JVM in a unit with Delegate=yes");
    }

    /**
     * Why the group above the JVM's own is ours too. Being able to write there is not enough: root can everywhere.
     *
     * @param top whether it is the top of what this JVM is shown of the hierarchy, as in a container
     * @throws BackendException with the reason, when it is not
     */
    String reasonWhyParentOurs(Path group, boolean top) throws BackendException {
        String which = "it is the parent of the JVM's own group, and ";
        if (isMarked(group, "trusted.delegate") || isMarked(group, "user.delegate")) {
            return which + "systemd has delegated it";
        }
        if (top && !systemdRuns) {
            return which + "the top of what this container is shown";
        }
        if (belongsToUs(group)) {
            return which + "it belongs to our user";
        }
        throw new BackendException(group + " is not delegated to us");
    }

    /** Groups below a user's own service manager belong to that user all the same, but are managed by it. */
    private static boolean belongsToUs(Path group) throws BackendException {
        int user = Kernel.effectiveUser();
        return user != 0 && owner(group) == user && !isBelowUserManager(group);
    }

    static boolean isBelowUserManager(Path group) {
        for (Path part : group) {
            if (part.toString().matches("user@\\d+\\.service")) {
                return true;
            }
        }
        return false;
    }

    /**
     * For hierarchies of version 1, which systemd delegates to nobody.
     *
     * @throws BackendException with the reason, when somebody manages them
     */
    void requireNoManager(Path group) throws BackendException {
        if (systemdRuns) {
            throw new BackendException("systemd manages " + group);
        }
    }

    private static boolean isMarked(Path group, String attribute) {
        try {
            return Kernel.attribute(group, attribute)
                    .filter(value -> new String(value, StandardCharsets.US_ASCII).equals("1"))
                    .isPresent();
        } catch (KernelException notShown) {
            return false;
        }
    }

    private static int owner(Path group) throws BackendException {
        try {
            return (Integer) Files.getAttribute(group, "unix:uid");
        } catch (IOException e) {
            throw new BackendException("could not read the owner of " + e.getMessage(), e);
        }
    }
}
