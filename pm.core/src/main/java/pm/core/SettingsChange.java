package pm.core;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import pm.api.EffectiveSettings;
import pm.api.EffectiveSettings.Value;
import pm.api.ErrorContext;
import pm.api.ProcessEvent;
import pm.api.Setting;
import pm.core.backend.BackendDiscovery;
import pm.core.settings.SettingsReader;

/** Puts other settings in force while the manager runs: all of them or, when one cannot be had, none. Safe for use by any thread. */
final class SettingsChange {
    /** Read by a backend when its session is opened: another value takes another session, for new processes. */
    private static final Set<Setting> OF_SESSIONS =
            EnumSet.of(Setting.BACKEND, Setting.CGROUP_ROOT, Setting.CONTAINMENT, Setting.LAUNCHER, Setting.GUARD_WAIT);

    private final Parts parts;
    private final BackendSwitch backends;
    private final Housekeeping housekeeping;

    SettingsChange(Parts parts, BackendSwitch backends, Housekeeping housekeeping) {
        this.parts = parts;
        this.backends = backends;
        this.housekeeping = housekeeping;
    }

    /**
     * Changes them.
     *
     * @throws pm.api.NoBackendException when no backend can be used with these settings; all stays as it was
     */
    synchronized void apply(SettingsReader.Reading reading, BackendDiscovery found) {
        EffectiveSettings before = parts.settings().get();
        EffectiveSettings after = reading.effective();
        if (OF_SESSIONS.stream().anyMatch(setting -> !value(before, setting).equals(value(after, setting)))) {
            backends.reopen(after, found);
        }
        parts.settings().change(after);
        housekeeping.follow(after);
        ErrorContext context = ErrorContext.ofManager(parts.instanceId());
        parts.telemetry().events().publish(new ProcessEvent.SettingsChanged(context, Instant.now(), after));
        reading.warnings()
                .forEach(warning ->
                        parts.telemetry().events().publish(new ProcessEvent.Warned(context, Instant.now(), warning)));
    }

    private static Optional<Object> value(EffectiveSettings settings, Setting setting) {
        return settings.value(setting).map(Value::value);
    }
}
