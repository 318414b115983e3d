package pm.cli.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pm.api.BackendReport;
import pm.api.EffectiveSettings;
import pm.api.LimitKind;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.ResourceUsage;
import pm.api.Setting;
import pm.cli.json.PlainValues;

/** The content of {@code --report}. Scripts rely on the names of its fields: they may be added to, never changed. */
final class Report {
    private final ProcessSpec spec;
    private final BackendReport backend;
    private final EffectiveSettings settings;

    Report(ProcessSpec spec, BackendReport backend, EffectiveSettings settings) {
        this.spec = spec;
        this.backend = backend;
        this.settings = settings;
    }

    Map<String, Object> of(ProcessResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        PlainValues.put(fields, "command", result.command());
        PlainValues.put(fields, "pid", result.pid());
        PlainValues.put(fields, "instanceId", result.instanceId());
        PlainValues.put(fields, "processId", result.processId());
        PlainValues.put(fields, "cause", result.cause());
        fields.putAll(PlainValues.ofExit(result.exit()));
        PlainValues.put(fields, "startTime", result.startTime());
        PlainValues.put(fields, "duration", result.duration());
        fields.put("usage", usage(result.usage()));
        PlainValues.put(fields, "violations", result.violations());
        PlainValues.put(fields, "cleanup", result.cleanup());
        fields.put("limits", limits());
        fields.put("refusedLimits", refused(result));
        PlainValues.put(fields, "backend", backend.name());
        PlainValues.put(fields, "containment", backend.containment());
        PlainValues.put(fields, "warnings", result.warnings());
        return fields;
    }

    private static Map<String, Object> usage(ResourceUsage usage) {
        Map<String, Object> fields = new LinkedHashMap<>();
        PlainValues.put(fields, "cpu", usage.cpu());
        fields.putAll(PlainValues.ofRecord(usage));
        return fields;
    }

    /** What best effort left out; why stands among the warnings. */
    private List<String> refused(ProcessResult result) {
        List<String> labels = new ArrayList<>();
        for (LimitKind kind : spec.limits().kinds()) {
            if (!result.limits().kinds().contains(kind)) {
                labels.add(kind.label());
            }
        }
        return labels;
    }

    private Map<String, Object> limits() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("timeoutMillis", timeout().map(Duration::toMillis).orElse(null));
        fields.put(
                "idleTimeoutMillis", spec.idleTimeout().map(Duration::toMillis).orElse(null));
        fields.put("cpuTimeMillis", spec.cpuTime().map(Duration::toMillis).orElse(null));
        fields.putAll(PlainValues.ofLimits(spec.limits()));
        return fields;
    }

    private Optional<Duration> timeout() {
        return spec.isTimeoutDisabled()
                ? Optional.empty()
                : spec.timeout().or(() -> Optional.of(settings.duration(Setting.DEFAULT_TIMEOUT)));
    }
}
