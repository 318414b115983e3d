package pm.core.jmx;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import pm.api.Limits;
import pm.api.ManagedProcess;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.core.events.SampleEvents;

/** A process that is only there to be shown; remembers what it was asked to do. */
final class ShownProcess {
    private final List<String> asked = new ArrayList<>();
    private final ProcessSpec spec;

    ShownProcess(ProcessSpec spec) {
        this.spec = spec;
    }

    List<String> asked() {
        return asked;
    }

    ManagedProcess asManagedProcess() {
        Map<String, Object> answers = Map.of(
                "id",
                "p1",
                "pid",
                4711L,
                "spec",
                spec,
                "startTime",
                SampleEvents.TIME,
                "limits",
                Limits.none().processes(7),
                "stop",
                new CompletableFuture<ProcessResult>(),
                "kill",
                new CompletableFuture<ProcessResult>());
        return (ManagedProcess) Proxy.newProxyInstance(
                ManagedProcess.class.getClassLoader(), new Class<?>[] {ManagedProcess.class}, (proxy, method, args) -> {
                    asked.add(method.getName());
                    return answers.get(method.getName());
                });
    }
}
