package pm.core.osgi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import pm.api.CapturedOutput;
import pm.api.ManagedProcess;
import pm.api.ProcessManager;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Stdio;

/**
 * Commands of scope {@code pm} for shells that are made of Gogo. They need nothing of Gogo's: a shell finds them by their properties. Safe for
 * use by any thread.
 */
@Component(
        service = PmCommands.class,
        property = {
            "osgi.command.scope=pm",
            "osgi.command.function=ps",
            "osgi.command.function=tree",
            "osgi.command.function=kill",
            "osgi.command.function=run",
            "osgi.command.function=spawn",
            "osgi.command.function=doctor",
            "osgi.command.function=stats"
        })
public final class PmCommands {
    private static final String NOW = "--now";

    @Reference
    private RefusedBundles refused;

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ServiceStatus> statuses;

    /** The last one is whose that does not say which it wants. */
    private final SortedMap<ServiceReference<ProcessManager>, ProcessManager> managers = new ConcurrentSkipListMap<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addManager(ServiceReference<ProcessManager> reference, ProcessManager manager) {
        managers.put(reference, manager);
    }

    void removeManager(ServiceReference<ProcessManager> reference) {
        managers.remove(reference);
    }

    /** The processes of all managers. */
    public String ps() {
        return ProcessTable.of(managers.values());
    }

    /** The trees of all processes, or of the one with this id. */
    public String tree(String... ids) {
        Stream<ManagedProcess> wanted =
                ids.length == 0 ? processes() : Arrays.stream(ids).map(this::process);
        return wanted.map(process -> process
                        + System.lineSeparator()
                        + process.tree().nodes().stream()
                                .map(node -> "  " + node + System.lineSeparator())
                                .collect(Collectors.joining()))
                .collect(Collectors.joining());
    }

    /** Ends processes by escalation, or at once: {@code pm:kill [--now] ID...}. */
    public String kill(String... words) {
        List<String> ids =
                Arrays.stream(words).filter(word -> !word.equals(NOW)).toList();
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("Could not kill: name a process, pm:kill [" + NOW + "] ID...");
        }
        boolean now = Arrays.asList(words).contains(NOW);
        return ids.stream()
                .map(this::process)
                .map(process -> now ? process.kill() : process.stop())
                .map(end -> described(end.join()))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** Runs a command to its end, and shows its output and what became of it. */
    public String run(String... command) throws InterruptedException {
        ProcessSpec spec = spec(command).stdout(Stdio.capture(1, Stdio.MIB)).stderr(Stdio.merge());
        ProcessResult result = manager().run(spec);
        return result.stdout().map(PmCommands::text).orElse("") + described(result);
    }

    /** Starts a command and returns at once; it ends with this bundle, by its timeout, or by {@code pm:kill}. */
    public String spawn(String... command) {
        ManagedProcess process =
                manager().spawn(spec(command).stdout(Stdio.discard()).stderr(Stdio.discard()));
        return "started " + process;
    }

    /** Which backend serves each manager and why, what it can do, its health, and which bundles were refused. */
    public String doctor() {
        Doctor doctor = new Doctor();
        managers.forEach(doctor::manager);
        statuses.forEach(status -> status.reason().ifPresent(doctor::noManager));
        refused.messages().forEach(doctor::refusedBundle);
        return doctor.toString();
    }

    /** What each manager has counted. */
    public String stats() {
        return managers.values().stream().map(Stats::of).collect(Collectors.joining(System.lineSeparator()));
    }

    private static ProcessSpec spec(String... command) {
        if (command.length == 0) {
            throw new IllegalArgumentException("Could not start a process: name a command, pm:run COMMAND [ARG...]");
        }
        return ProcessSpec.of(command);
    }

    private static String text(CapturedOutput output) {
        return output.text(StandardCharsets.UTF_8);
    }

    private static String described(ProcessResult result) {
        int ended = result.cleanup().ended().size();
        return result.processId() + ": " + result.cause() + ", " + result.exit() + ", ended " + ended
                + (result.cleanup().proven()
                        ? ", nothing left"
                        : ", not proven gone: " + result.cleanup().survivors());
    }

    private ProcessManager manager() {
        if (managers.isEmpty()) {
            throw new IllegalStateException("Could not start a process: there is no process manager: "
                    + statuses.stream()
                            .map(ServiceStatus::reason)
                            .flatMap(Optional::stream)
                            .collect(Collectors.joining("; ")));
        }
        return managers.get(managers.lastKey());
    }

    private Stream<ManagedProcess> processes() {
        return managers.values().stream().flatMap(manager -> manager.active().stream());
    }

    /** By the process's id, or by INSTANCE/ID where several managers have one with that id. */
    private ManagedProcess process(String id) {
        List<ManagedProcess> found = managers.values().stream()
                .flatMap(
                        manager -> manager
                                .find(
                                        id.startsWith(manager.instanceId() + "/")
                                                ? id.substring(id.indexOf('/') + 1)
                                                : id)
                                .stream())
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException("Could not find the process " + id + ": "
                    + (found.isEmpty() ? "there is none with this id" : "several managers have one, name INSTANCE/ID")
                    + "; see pm:ps");
        }
        return found.get(0);
    }
}
