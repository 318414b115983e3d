package pm.core.events;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import pm.api.BackendReport;
import pm.api.CleanupReceipt;
import pm.api.EffectiveSettings;
import pm.api.ErrorContext;
import pm.api.ProcessEvent;
import pm.api.ResourceUsage;
import pm.api.Setting;

/**
 * An event as flat fields, whose names are the same for all kinds. Values are text, numbers and booleans only, so that every JSON encoder
 * prints them alike. Environment values are in no event, and commands come masked.
 */
final class EventFields {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    private EventFields() {}

    static Map<String, Object> of(ProcessEvent event) {
        EventFields all = new EventFields();
        all.put("event", event.getClass().getSimpleName());
        all.putContext(event.context());
        all.put("time", event.time());
        if (event.severity() == ProcessEvent.Severity.CRITICAL) {
            all.put("severity", "CRITICAL");
        }
        all.putOwn(event);
        return all.fields;
    }

    private void putContext(ErrorContext context) {
        put("instance", context.instanceId());
        if (!context.processId().isEmpty()) {
            put("process", context.processId());
            put("command", String.join(" ", context.command()));
        }
        if (context.pid() != 0) {
            put("pid", context.pid());
        }
        context.startTime().ifPresent(start -> put("start", start));
        context.label().ifPresent(label -> put("label", label));
        context.owner().ifPresent(owner -> put("owner", owner));
        put("jvm", context.jvmPid());
    }

    private void putOwn(ProcessEvent event) {
        if (event instanceof ProcessEvent.Spawned it) {
            put("latency_ms", millis(it.latency()));
            put("containment", it.containment());
        } else if (event instanceof ProcessEvent.SpawnFailed it) {
            put("kind", it.kind());
            put("reason", it.reason());
        } else if (event instanceof ProcessEvent.Signalled it) {
            put("signal", it.signal());
        } else if (event instanceof ProcessEvent.SuspendChanged it) {
            put("suspended", it.suspended());
        } else if (event instanceof ProcessEvent.Escalated it) {
            put("step", it.step());
            put("cause", it.cause());
            put("wait_ms", millis(it.waitLimit()));
            it.skipped().ifPresent(reason -> put("skipped", reason));
        } else if (event instanceof ProcessEvent.TimedOut it) {
            put("cause", it.cause());
            put("limit_ms", millis(it.limit()));
            put("used_ms", millis(it.used()));
        } else if (event instanceof ProcessEvent.LimitViolated it) {
            put("limit", it.violation().kind().label());
            put("times", it.violation().times());
            put("again", it.again());
            put("detail", it.violation().detail());
            it.violation().victim().ifPresent(victim -> {
                put("victim", victim.pid());
                put("victim_command", victim.command());
            });
        } else if (event instanceof ProcessEvent.LimitsChanged it) {
            it.limits().amounts().forEach((kind, amount) -> put(kind.label(), amount));
        } else if (event instanceof ProcessEvent.Exited it) {
            put("exit", it.exit());
            put("duration_ms", millis(it.duration()));
        } else if (event instanceof ProcessEvent.CleanedUp it) {
            putEnd(it);
        } else if (event instanceof ProcessEvent.CleanupFailed it) {
            put("reason", it.reason());
            put("survivors", it.survivors());
        } else {
            putRarer(event);
        }
    }

    private void putEnd(ProcessEvent.CleanedUp it) {
        CleanupReceipt receipt = it.receipt();
        put("cause", it.cause());
        put("exit", it.exit());
        put("duration_ms", millis(it.duration()));
        put("latency_ms", millis(it.latency()));
        put("ended", receipt.ended().size());
        put("proven", receipt.proven());
        putUsage(it.usage());
    }

    private void putUsage(ResourceUsage usage) {
        put("cpu_user_ms", millis(usage.cpuUser()));
        put("cpu_system_ms", millis(usage.cpuSystem()));
        usage.peakMemoryBytes().ifPresent(bytes -> put("peak_memory_bytes", bytes));
        usage.readBytes().ifPresent(bytes -> put("read_bytes", bytes));
        usage.writtenBytes().ifPresent(bytes -> put("written_bytes", bytes));
        usage.peakProcesses().ifPresent(count -> put("peak_processes", count));
        usage.throttledShare().ifPresent(share -> put("throttled_share", share));
        usage.pressure().ifPresent(pressure -> {
            put("pressure_cpu_ms", millis(pressure.cpu()));
            put("pressure_memory_ms", millis(pressure.memory()));
            put("pressure_io_ms", millis(pressure.io()));
        });
    }

    private void putRarer(ProcessEvent event) {
        if (event instanceof ProcessEvent.OrphansFound it) {
            put("where", it.where());
            put("orphans", it.orphans());
        } else if (event instanceof ProcessEvent.ZombieFound it) {
            put("zombie", it.zombie());
        } else if (event instanceof ProcessEvent.UnmanagedChildFound it) {
            put("child", it.pid());
            put("child_command", it.command());
        } else if (event instanceof ProcessEvent.TreeSeen it) {
            put("moment", it.moment());
            put("tree", it.tree().nodes());
        } else if (event instanceof ProcessEvent.AlertStarted it) {
            put("alert", it.alert());
            put("detail", it.detail());
        } else if (event instanceof ProcessEvent.AlertEnded it) {
            put("alert", it.alert());
            put("lasted_ms", millis(it.lasted()));
        } else if (event instanceof ProcessEvent.Warned it) {
            put("detail", it.message());
        } else if (event instanceof ProcessEvent.HealthChecked it) {
            put("status", it.health().status());
            it.health().checks().forEach(check -> put("check." + check.name(), check.status() + ": " + check.detail()));
        } else if (event instanceof ProcessEvent.ManagerOpened it) {
            putBackend(it.backend());
            putSettings(it.settings());
        } else if (event instanceof ProcessEvent.BackendChanged it) {
            putBackend(it.backend());
        } else if (event instanceof ProcessEvent.SettingsChanged it) {
            putSettings(it.settings());
        } else if (event instanceof ProcessEvent.ManagerClosed it) {
            put("ended", it.ended());
            put("failed", it.failed());
            put("duration_ms", millis(it.duration()));
        }
    }

    private void putBackend(BackendReport backend) {
        put("backend", backend.name());
        put("reason", backend.reason());
        put("containment", backend.containment());
        backend.refused().forEach(refusal -> put("refused." + refusal.name(), refusal.reasons()));
    }

    private void putSettings(EffectiveSettings settings) {
        for (Setting setting : Setting.values()) {
            settings.value(setting)
                    .ifPresent(value -> put(setting.property(), value.text() + " (" + value.origin() + ")"));
        }
    }

    private static long millis(Duration duration) {
        return duration.toMillis();
    }

    private void put(String name, Object value) {
        boolean plain = value instanceof Number || value instanceof Boolean;
        fields.put(name, plain ? value : value.toString());
    }
}
