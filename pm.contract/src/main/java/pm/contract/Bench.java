package pm.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import pm.api.EffectiveSettings;
import pm.api.EffectiveSettings.Origin;
import pm.api.ExitStatus;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.Setting;
import pm.spi.BackendException;
import pm.spi.BackendProvider;
import pm.spi.BackendSession;
import pm.spi.Containment;
import pm.spi.SessionRequest;
import pm.spi.StartException;

/** An open session of the backend that is tested, and what a test needs to use it as the core would. Safe for use by any thread. */
public final class Bench implements AutoCloseable {
    private final RecordedObserver observer = new RecordedObserver();
    private final Set<Long> childrenBefore = children();
    private final String instanceId = "contract-" + UUID.randomUUID().toString().substring(0, 8);
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Containment, String> processIds = new ConcurrentHashMap<>();
    private final BackendSession session;

    /**
     * Opens it.
     *
     * @param settings that differ from their defaults, as text
     */
    public Bench(BackendProvider provider, Map<Setting, String> settings) throws BackendException {
        this.session =
                provider.open(new SessionRequest(instanceId, 1, new EffectiveSettings(values(settings)), observer));
    }

    private static Map<Setting, EffectiveSettings.Value> values(Map<Setting, String> changed) {
        Map<Setting, EffectiveSettings.Value> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            Optional<String> text = Optional.ofNullable(changed.get(setting)).or(setting::defaultText);
            text.ifPresent(value -> values.put(
                    setting, new EffectiveSettings.Value(setting.type().parse(value), value, Origin.CODE)));
        }
        return values;
    }

    /** Children of this JVM. */
    static Set<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    /** The session. */
    public BackendSession session() {
        return session;
    }

    /** The manager's id. */
    public String instanceId() {
        return instanceId;
    }

    /** An empty container without limits. */
    public Containment contain() throws BackendException {
        return contain(Limits.none(), violation -> {});
    }

    /** An empty container. */
    public Containment contain(Limits limits, Consumer<LimitViolation> violated) throws BackendException {
        String processId = "p" + numbers.incrementAndGet();
        Containment containment = session.contain(processId, limits, violated);
        processIds.put(containment, processId);
        return containment;
    }

    /** Starts it in a container of its own. */
    public Tree start(Request request) throws BackendException {
        return start(request, Limits.none(), violation -> {});
    }

    /** Starts a program in a container of its own. */
    public Tree start(List<String> command) throws BackendException {
        return start(Request.of(command));
    }

    /** Starts it in a container of its own; when that fails, removes the container. */
    public Tree start(Request request, Limits limits, Consumer<LimitViolation> violated) throws BackendException {
        Containment containment = contain(limits, violated);
        try {
            return start(request, containment);
        } catch (StartException e) {
            containment.close();
            throw e;
        }
    }

    /** Starts it in an empty container, with the variables that the core adds. */
    public Tree start(Request request, Containment containment) throws StartException {
        Map<String, String> marks = Map.of("PM_INSTANCE_ID", instanceId, "PM_PROCESS_ID", processIds.get(containment));
        return new Tree(containment, containment.start(request.markedWith(marks)));
    }

    /** Runs it to its end, which must be a success. */
    public byte[] bytesOf(Request request) throws BackendException {
        try (Tree tree = start(request)) {
            byte[] output = tree.output().all();
            assertThat(tree.awaitExit()).isEqualTo(new ExitStatus.Exited(0));
            tree.awaitEmpty();
            return output;
        }
    }

    /** Children of this JVM that were not there before this session. */
    Set<Long> newChildren() {
        Set<Long> now = children();
        now.removeAll(childrenBefore);
        return now;
    }

    /** Closes the session. Nothing of it may be left then, and it had nothing to complain of. */
    @Override
    public void close() throws BackendException {
        session.close();
        Patience.until("that no child of this JVM is left", () -> newChildren().isEmpty());
        assertThat(observer.told()).as("what the session told").isEmpty();
    }
}
