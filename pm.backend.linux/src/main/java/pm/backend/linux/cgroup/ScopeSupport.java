package pm.backend.linux.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import pm.api.Capabilities.Level;
import pm.api.Capabilities.Support;
import pm.api.LimitKind;
import pm.backend.linux.controller.BlockDevices;
import pm.backend.linux.scope.Scopes;
import pm.spi.BackendException;

/** Which limits a scope can have: what its manager has a property for, and a controller. */
public final class ScopeSupport {
    private static final Map<LimitKind, String> CONTROLLERS = new EnumMap<>(Map.of(
            LimitKind.MEMORY, "memory",
            LimitKind.SWAP, "memory",
            LimitKind.CPUS, "cpu",
            LimitKind.CPU_WEIGHT, "cpu",
            LimitKind.PROCESSES, "pids",
            LimitKind.READ_BANDWIDTH, "io",
            LimitKind.WRITE_BANDWIDTH, "io",
            LimitKind.READ_OPERATIONS, "io",
            LimitKind.WRITE_OPERATIONS, "io"));

    private ScopeSupport() {}

    /**
     * Looks at the manager's group.
     *
     * @throws BackendException when it is not in a hierarchy of cgroup v2 that we see
     */
    public static Map<LimitKind, Support> of(Scopes scopes) throws BackendException {
        CgroupFolder group = new CgroupFolder(OwnGroup.folder(scopes.controlGroup()));
        try {
            return of(
                    scopes,
                    Controllers.parse(group.read("cgroup.controllers")),
                    countsSwap(group.path()),
                    BlockDevices.ofThisHost().exist());
        } catch (IOException e) {
            throw new BackendException("Could not look at systemd's group " + group + ": " + e.getMessage(), e);
        }
    }

    /** The root of the hierarchy lacks the file, groups below it have it. */
    private static boolean countsSwap(Path group) throws IOException {
        try (Stream<Path> folders = Files.find(group, 1, (path, attributes) -> attributes.isDirectory())) {
            return folders.anyMatch(folder -> Files.exists(folder.resolve("memory.swap.max")));
        }
    }

    static Map<LimitKind, Support> of(
            Scopes scopes, Controllers controllers, boolean countsSwap, boolean hasBlockDevices) {
        Map<LimitKind, Support> supports = new EnumMap<>(LimitKind.class);
        CONTROLLERS.forEach((kind, controller) -> supports.put(kind, of(kind, controller, scopes, controllers)));
        if (!countsSwap && controllers.has("memory")) {
            supports.put(LimitKind.SWAP, unsupported("the kernel does not count swap space for groups"));
            supports.computeIfPresent(
                    LimitKind.MEMORY,
                    (kind, memory) -> new Support(
                            memory.level(),
                            memory.reason() + "; swap is not counted by this kernel, so the tree may swap"));
        }
        if (!hasBlockDevices && controllers.has("io")) {
            CONTROLLERS.forEach((kind, controller) -> {
                if (controller.equals("io")) {
                    supports.put(kind, unsupported("there is no block device in /sys/block"));
                }
            });
        }
        return supports;
    }

    private static Support of(LimitKind kind, String controller, Scopes scopes, Controllers controllers) {
        if (!controllers.has(controller)) {
            return unsupported("the controller " + controller + " is not delegated to " + scopes.manager()
                    + ", which has "
                    + (controllers.names().isEmpty() ? "none" : String.join(", ", List.copyOf(controllers.names()))));
        }
        return scopes.limits(kind)
                ? new Support(Level.ENFORCED, "the controller " + controller + ", as a property of the scope")
                : unsupported("pm does not ask systemd for it");
    }

    private static Support unsupported(String reason) {
        return new Support(Level.UNSUPPORTED, reason);
    }
}
