package pm.backend.linux;

import java.nio.file.Path;
import java.util.Optional;
import pm.api.EffectiveSettings;
import pm.api.Setting;
import pm.backend.linux.cgroup.CgroupBase;
import pm.backend.linux.cgroup.InstanceCgroup;
import pm.backend.linux.proc.SignalDispositions;
import pm.backend.linux.scope.ScopeProvider;
import pm.spi.BackendException;
import pm.spi.SessionRequest;

/** Decides what holds the trees: a cgroup where one is ours, else a scope of systemd, else the launcher. */
final class ModeChoice {
    private static final String AUTO = "auto";
    private static final String CGROUP = "cgroup";
    private static final String SYSTEMD = "systemd";
    private static final String SUPERVISION = "supervision";
    // signal(7)
    private static final int SIGCHLD = 17;

    private final SessionRequest request;
    private final Equipment equipment;
    private final String wanted;
    private final Optional<Path> root;
    private final Optional<ScopeProvider> scopes;
    /** The group of the tree of another manager that this JVM is a member of. */
    private final Optional<Path> around = CgroupBase.enclosingTree();

    private ModeChoice(SessionRequest request, Equipment equipment, Optional<ScopeProvider> scopes) {
        EffectiveSettings settings = request.settings();
        this.request = request;
        this.equipment = equipment;
        this.scopes = scopes;
        this.wanted = settings.text(Setting.CONTAINMENT).orElse(AUTO);
        this.root = settings.path(Setting.CGROUP_ROOT);
    }

    /**
     * Chooses.
     *
     * @param scopes who makes scopes, when it was given to us; else it is looked for
     * @throws BackendException when what the settings ask for cannot be had
     */
    static ContainmentMode choose(SessionRequest request, Equipment equipment, Optional<ScopeProvider> scopes)
            throws BackendException {
        return new ModeChoice(request, equipment, scopes).choose();
    }

    private ContainmentMode choose() throws BackendException {
        return switch (wanted) {
            case CGROUP -> cgroup();
            // A scope would be outside of the tree that we are a member of.
            case SYSTEMD -> around.isPresent() ? cgroup() : systemd(Optional.empty());
            case SUPERVISION -> supervision(Setting.CONTAINMENT.variable() + " asks for it");
            case AUTO -> root.isPresent() ? cgroup() : cgroupIfPossible();
            default ->
                throw new BackendException("Could not use " + Setting.CONTAINMENT.variable() + "=" + wanted + ": use "
                        + CGROUP + ", " + SYSTEMD + ", " + SUPERVISION + " or " + AUTO);
        };
    }

    private ContainmentMode cgroupIfPossible() {
        try {
            return cgroup();
        } catch (BackendException e) {
            return systemdIfPossible(e.getMessage());
        }
    }

    private ContainmentMode systemdIfPossible(String reason) {
        if (around.isPresent()) {
            return supervision(
                    reason + "; a scope of systemd would be outside of the tree that this JVM is a member of");
        }
        try {
            return systemd(Optional.of(reason));
        } catch (BackendException e) {
            return supervision(reason + "; " + e.getMessage());
        }
    }

    private ContainmentMode systemd(Optional<String> reason) throws BackendException {
        Optional<ScopeProvider> provider =
                scopes.isPresent() ? scopes : ScopeDiscovery.find(request.observer()::warned);
        return SystemdMode.open(equipment, request, provider, reason);
    }

    private ContainmentMode cgroup() throws BackendException {
        if (SignalDispositions.ofThisJvm().ignores(SIGCHLD)) {
            throw new BackendException(
                    "Could not use cgroup v2: this JVM was started with SIGCHLD ignored, so that exit"
                            + " statuses of its own children are lost");
        }
        InstanceCgroup cgroup = InstanceCgroup.create(CgroupBase.find(root), request.sessionId());
        return CgroupMode.open(equipment, cgroup, request.settings().duration(Setting.GUARD_WAIT), request.observer());
    }

    private ContainmentMode supervision(String reason) {
        return new SupervisionMode(equipment, request, reason);
    }
}
