package pm.backend.linux.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import pm.api.LimitKind;
import pm.backend.linux.scope.ScopeRequest;
import pm.backend.linux.scope.Scopes;
import pm.spi.BackendException;

/** Makes a group for each scope and moves the launcher there, as systemd does; but limits nothing, and removes nothing by itself. */
record FolderScopes(Path base) implements Scopes {
    Path folder(String unit) {
        return base.resolve(unit);
    }

    @Override
    public String manager() {
        return "a test";
    }

    @Override
    public String controlGroup() {
        return base.toString();
    }

    @Override
    public void start(ScopeRequest request) throws BackendException {
        try {
            Path made = Files.createDirectory(folder(request.unit()));
            Files.writeString(made.resolve("cgroup.procs"), Long.toString(request.pid()));
        } catch (IOException e) {
            throw new BackendException("Could not make " + request.unit() + ": " + e, e);
        }
    }

    @Override
    public void update(String unit, Map<LimitKind, Long> amounts) {}

    @Override
    public boolean limits(LimitKind kind) {
        return false;
    }

    @Override
    public void close() {}
}
