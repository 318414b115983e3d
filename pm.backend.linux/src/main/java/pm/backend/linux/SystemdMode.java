package pm.backend.linux;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import pm.api.Capabilities;
import pm.api.Health;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.backend.linux.cgroup.ScopeContainment;
import pm.backend.linux.cgroup.ScopeSupport;
import pm.backend.linux.cgroup.TreeScope;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.launcher.ProcessLimits;
import pm.backend.linux.proc.PidNamespace;
import pm.backend.linux.scope.ScopeProvider;
import pm.backend.linux.scope.Scopes;
import pm.spi.BackendException;
import pm.spi.Containment;
import pm.spi.SessionRequest;
import pm.spi.Uninterrupted;

/**
 * A scope of systemd for each tree, and in it a launcher that stays and is the tree's guard. A scope in which nothing lives is removed by
 * systemd, so nothing is left by dead managers.
 */
final class SystemdMode implements ContainmentMode {
    private static final Duration KILL_WAIT = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);
    // sd_booted(3): how to ask whether the host was booted with systemd.
    private static final Path BOOTED = Path.of("/run/systemd/system");

    private final Equipment equipment;
    private final SessionRequest request;
    private final Scopes scopes;
    private final Capabilities capabilities;
    private final Optional<String> reason;
    private final Set<ScopeContainment> containments = ConcurrentHashMap.newKeySet();

    private SystemdMode(
            Equipment equipment,
            SessionRequest request,
            Scopes scopes,
            Capabilities capabilities,
            Optional<String> reason) {
        this.equipment = equipment;
        this.request = request;
        this.scopes = scopes;
        this.capabilities = capabilities;
        this.reason = reason;
    }

    /**
     * Connects to systemd.
     *
     * @param provider as it was found
     * @param reason why no group of our own is used, when that was tried
     * @throws BackendException with the reason, when scopes cannot be had
     */
    static SystemdMode open(
            Equipment equipment, SessionRequest request, Optional<ScopeProvider> provider, Optional<String> reason)
            throws BackendException {
        if (!Files.isDirectory(BOOTED)) {
            throw new BackendException("Could not use scopes of systemd: no systemd runs here");
        }
        if (!PidNamespace.isFirst()) {
            throw new BackendException(
                    "Could not use scopes of systemd: this JVM is in a PID namespace of its own (a container),"
                            + " and systemd would take the pids that pm names for those of other processes");
        }
        if (provider.isEmpty()) {
            throw new BackendException(
                    "Could not use scopes of systemd: the bundle pm.backend.linux.systemd is not there, add it");
        }
        Scopes scopes = provider.get().open(Kernel.effectiveUser());
        try {
            Map<LimitKind, Capabilities.Support> supports = new EnumMap<>(ProcessLimits.supports());
            supports.putAll(ScopeSupport.of(scopes));
            return new SystemdMode(equipment, request, scopes, new Capabilities(supports), reason);
        } catch (BackendException | RuntimeException | Error e) {
            scopes.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return "scopes of systemd, " + scopes.controlGroup();
    }

    @Override
    public List<String> facts() {
        String fact = "A scope for each tree is made by " + scopes.manager();
        return List.of(
                fact + reason.map(why -> ", for no group is ours: " + why).orElse("") + ".",
                "Trees are killed by cgroup.kill where the kernel has it; a launcher stays in each scope, beside the tree.");
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public List<Health.Check> checks() {
        return List.of(new Health.Check(
                "systemd", Health.Status.OK, helperPids().size() + " trees have a scope and a launcher"));
    }

    @Override
    public Set<Long> helperPids() {
        return containments.stream()
                .flatMapToLong(containment -> containment.launcherPid().stream())
                .boxed()
                .collect(Collectors.toSet());
    }

    @Override
    public Containment contain(String processId, Limits limits, Consumer<LimitViolation> violated) {
        String unit = TreeScope.PREFIX + request.sessionId() + "-" + processId + ".scope";
        ScopeContainment containment = new ScopeContainment(
                new TreeScope(scopes, unit, limits, countsSwap()),
                equipment.launching(),
                equipment.exits(),
                violated,
                request.observer()::warned,
                containments::remove);
        containments.add(containment);
        return containment;
    }

    private boolean countsSwap() {
        return capabilities.of(LimitKind.SWAP).level() != Capabilities.Level.UNSUPPORTED;
    }

    @Override
    public void removeLeftovers() {
        // Each launcher ends its own tree when the JVM is gone, and systemd removes scopes that are empty.
    }

    /** What cannot be killed or closed does not keep the others: who is left in the end is named with the reason. */
    @Override
    public void close() throws BackendException {
        Map<String, BackendException> refusals = new LinkedHashMap<>();
        for (ScopeContainment containment : containments) {
            try {
                containment.kill();
            } catch (BackendException refused) {
                refusals.put(containment.name(), refused);
            }
        }
        long end = System.nanoTime() + KILL_WAIT.toNanos();
        while (!closeThoseThatAreEmpty(refusals)) {
            if (System.nanoTime() - end > 0) {
                throw stillThere(refusals);
            }
            Uninterrupted.pause(LOOK_AGAIN);
        }
        scopes.close();
    }

    /** Whether all are, and the launchers are gone too. */
    private boolean closeThoseThatAreEmpty(Map<String, BackendException> refusals) {
        boolean gone = true;
        for (ScopeContainment containment : containments) {
            try {
                boolean empty = containment.isEmpty();
                if (empty) {
                    containment.close();
                }
                gone &= empty && containment.launcherPid().isEmpty();
            } catch (BackendException refused) {
                refusals.put(containment.name(), refused);
                gone = false;
            }
        }
        return gone;
    }

    private BackendException stillThere(Map<String, BackendException> refusals) {
        BackendException failure = new BackendException("Could not end all trees within " + KILL_WAIT
                + ": still there are "
                + containments.stream().map(ScopeContainment::name).toList()
                + refusals.values().stream()
                        .map(refused -> "; " + refused.getMessage())
                        .collect(Collectors.joining()));
        refusals.values().forEach(failure::addSuppressed);
        return failure;
    }
}
