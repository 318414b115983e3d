package pm.core.osgi;

import java.util.Locale;
import org.osgi.framework.ServiceReference;
import pm.api.BackendReport;
import pm.api.Capabilities;
import pm.api.Health;
import pm.api.LimitKind;
import pm.api.PmApi;
import pm.api.ProcessManager;

/** What was found, for a person: a word in the first column, the rest in the second. */
final class Doctor {
    private final StringBuilder text = new StringBuilder();

    Doctor() {
        line("pm.api", PmApi.installedVersion());
    }

    void manager(ServiceReference<ProcessManager> reference, ProcessManager manager) {
        line("manager", manager.instanceId() + " of " + reference.getProperty("pm.pid"));
        BackendReport backend = manager.backend();
        line("backend", backend.name() + ": " + backend.reason());
        line("containment", backend.containment());
        backend.facts().forEach(fact -> line("", fact));
        backend.refused()
                .forEach(refusal -> line("refused", refusal.name() + ": " + String.join("; ", refusal.reasons())));
        for (LimitKind kind : LimitKind.values()) {
            Capabilities.Support support = manager.capabilities().of(kind);
            line(kind.label(), small(support.level()) + ": " + support.reason());
        }
        for (Health.Check check : manager.health().checks()) {
            line(check.name(), small(check.status()) + ": " + check.detail());
        }
    }

    void noManager(String reason) {
        line("no manager", reason);
    }

    void refusedBundle(String message) {
        line("refused bundle", message);
    }

    private static String small(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void line(String word, String found) {
        text.append(String.format(Locale.ROOT, "%-19s %s%n", word, found));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
