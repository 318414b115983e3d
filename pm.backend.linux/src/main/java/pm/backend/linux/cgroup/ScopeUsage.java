package pm.backend.linux.cgroup;

import java.util.OptionalInt;
import pm.api.ResourceUsage;

/** What a tree has used, of what was counted for its scope. */
final class ScopeUsage {
    private ScopeUsage() {}

    /** It is one of the processes in the scope; its time and its memory are too small to be told apart. */
    static ResourceUsage withoutLauncher(ResourceUsage scope) {
        return new ResourceUsage(
                scope.cpuUser(),
                scope.cpuSystem(),
                scope.memoryBytes(),
                scope.peakMemoryBytes(),
                scope.readBytes(),
                scope.writtenBytes(),
                oneLess(scope.processes()),
                oneLess(scope.peakProcesses()),
                scope.throttledShare(),
                scope.pressure());
    }

    private static OptionalInt oneLess(OptionalInt count) {
        return count.isPresent() ? OptionalInt.of(Math.max(0, count.getAsInt() - 1)) : count;
    }
}
