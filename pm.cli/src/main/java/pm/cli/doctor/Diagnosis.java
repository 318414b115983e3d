package pm.cli.doctor;

import java.util.LinkedHashMap;
import java.util.Map;
import pm.api.BackendReport;
import pm.api.Capabilities;
import pm.api.Health;
import pm.api.LimitKind;
import pm.api.PmApi;
import pm.cli.json.PlainValues;

/** What was found on this host. */
record Diagnosis(BackendReport backend, Capabilities capabilities, Health health) {
    /** As fields for JSON. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("status", health.status().name());
        fields.put("versions", versions());
        fields.put("backend", PlainValues.ofRecord(backend));
        Map<String, Object> limits = new LinkedHashMap<>();
        for (LimitKind kind : LimitKind.values()) {
            limits.put(kind.label(), PlainValues.ofRecord(capabilities.of(kind)));
        }
        fields.put("limits", limits);
        Map<String, Object> checks = new LinkedHashMap<>();
        health.checks().forEach(check -> checks.put(check.name(), PlainValues.ofRecord(check)));
        fields.put("health", checks);
        return fields;
    }

    /** The fields when no manager could be opened. */
    static Map<String, Object> failed(String reason) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("status", Health.Status.CRITICAL.name());
        fields.put("versions", versions());
        fields.put("error", reason);
        return fields;
    }

    static Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("pm", PmApi.installedVersion());
        versions.put("java", Runtime.version().toString());
        versions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        versions.put("processor", System.getProperty("os.arch"));
        return versions;
    }
}
