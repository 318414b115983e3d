package pm.backend.linux.cgroup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pm.api.LimitKind;
import pm.backend.linux.scope.ScopeRequest;
import pm.backend.linux.scope.Scopes;

/** Says what was asked for, and does nothing. */
final class RecordedScopes implements Scopes {
    private static final Set<LimitKind> KNOWN =
            Set.of(LimitKind.MEMORY, LimitKind.SWAP, LimitKind.CPUS, LimitKind.CPU_WEIGHT, LimitKind.PROCESSES);

    final List<ScopeRequest> started = new ArrayList<>();
    final List<Map<LimitKind, Long>> updated = new ArrayList<>();

    @Override
    public String manager() {
        return "nobody";
    }

    @Override
    public String controlGroup() {
        return "/";
    }

    @Override
    public void start(ScopeRequest request) {
        started.add(request);
    }

    @Override
    public void update(String unit, Map<LimitKind, Long> amounts) {
        updated.add(amounts);
    }

    @Override
    public boolean limits(LimitKind kind) {
        return KNOWN.contains(kind);
    }

    @Override
    public void close() {}
}
