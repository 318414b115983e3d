package pm.backend.linux;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import pm.api.EffectiveSettings;
import pm.api.EffectiveSettings.Origin;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.Setting;
import pm.spi.BackendException;
import pm.spi.BackendSession;
import pm.spi.Containment;
import pm.spi.SessionRequest;
import pm.spi.StartRequest;
import pm.spi.StartRequest.Stream;

/** A session of the backend without the core. */
record TestSession(BackendSession session, RecordingObserver observer) implements AutoCloseable {
    /** Root may make groups where no systemd manages them: there cgroup mode must work. */
    static boolean cgroupsAreOurs() {
        return System.getProperty("user.name").equals("root") && !Files.exists(Path.of("/run/systemd/system"));
    }

    static TestSession cgroup() throws BackendException {
        return open(Map.of(Setting.CONTAINMENT, "cgroup"));
    }

    static TestSession open(Map<Setting, String> changed) throws BackendException {
        Map<Setting, EffectiveSettings.Value> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            Optional<String> text = Optional.ofNullable(changed.get(setting)).or(setting::defaultText);
            text.ifPresent(value -> values.put(
                    setting, new EffectiveSettings.Value(setting.type().parse(value), value, Origin.CODE)));
        }
        RecordingObserver observer = new RecordingObserver();
        String instance = UUID.randomUUID().toString().substring(0, 8);
        return new TestSession(
                new LinuxBackendProvider()
                        .open(new SessionRequest(instance, 1, new EffectiveSettings(values), observer)),
                observer);
    }

    Containment contain() throws BackendException {
        return contain(Limits.none(), violation -> {});
    }

    Containment contain(Limits limits, Consumer<LimitViolation> violated) throws BackendException {
        return session.contain(UUID.randomUUID().toString().substring(0, 8), limits, violated);
    }

    /** A shell whose output we read. */
    static StartRequest shell(String script) {
        return command("/bin/sh", "-c", script);
    }

    static StartRequest command(String... command) {
        return new StartRequest(
                List.of(command),
                List.of(command),
                Optional.empty(),
                true,
                Map.of(),
                Set.of(),
                new Stream.Discarded(),
                new Stream.Piped(),
                new Stream.Inherited(),
                false,
                false);
    }

    long guardPid() {
        return session.helperPids().iterator().next();
    }

    /** The manager's folder. */
    Path folder() {
        return Path.of(session.containment().substring(session.containment().indexOf('/')));
    }

    @Override
    public void close() throws BackendException {
        session.close();
    }
}
