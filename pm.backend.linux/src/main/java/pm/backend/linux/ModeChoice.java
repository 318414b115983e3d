package pm.backend.linux;

import java.nio.file.Path;
import java.util.Optional;
import pm.api.EffectiveSettings;
import pm.api.Setting;
import pm.backend.linux.cgroup.CgroupBase;
import pm.backend.linux.cgroup.InstanceCgroup;
import pm.backend.linux.proc.SignalDispositions;
import pm.spi.BackendException;
import pm.spi.SessionRequest;

/** Decides what holds the trees: a cgroup where one is ours, else the launcher. */
final class ModeChoice {
    private static final String AUTO = "auto";
    private static final String CGROUP = "cgroup";
    private static final String SUPERVISION = "supervision";
    // signal(7)
    private static final int SIGCHLD = 17;

    private final SessionRequest request;
    private final Equipment equipment;
    private final String wanted;
    private final Optional<Path> root;

    private ModeChoice(SessionRequest request, Equipment equipment) {
        EffectiveSettings settings = request.settings();
        this.request = request;
        this.equipment = equipment;
        this.wanted = settings.text(Setting.CONTAINMENT).orElse(AUTO);
        this.root = settings.path(Setting.CGROUP_ROOT);
    }

    /**
     * Chooses.
     *
     * @throws BackendException when what the settings ask for cannot be had
     */
    static ContainmentMode choose(SessionRequest request, Equipment equipment) throws BackendException {
        return new ModeChoice(request, equipment).choose();
    }

    private ContainmentMode choose() throws BackendException {
        return switch (wanted) {
            case CGROUP -> cgroup();
            case SUPERVISION -> supervision(Setting.CONTAINMENT.variable() + " asks for it");
            case AUTO -> root.isPresent() ? cgroup() : cgroupIfPossible();
            default ->
                throw new BackendException("Could not use " + Setting.CONTAINMENT.variable() + "=" + wanted + ": use "
                        + CGROUP + ", " + SUPERVISION + " or " + AUTO);
        };
    }

    private ContainmentMode cgroupIfPossible() {
        try {
            return cgroup();
        } catch (BackendException e) {
            return supervision(e.getMessage());
        }
    }

    private ContainmentMode cgroup() throws BackendException {
        if (SignalDispositions.ofThisJvm().ignores(SIGCHLD)) {
            throw new BackendException(
                    "Could not use cgroup v2: this JVM was started with SIGCHLD ignored, so that exit"
                            + " statuses of its own children are lost");
        }
        InstanceCgroup cgroup = InstanceCgroup.create(CgroupBase.find(root), request.instanceId());
        return new CgroupMode(equipment, cgroup, request.settings().duration(Setting.GUARD_WAIT), request.observer());
    }

    private ContainmentMode supervision(String reason) {
        return new SupervisionMode(equipment, request, reason);
    }
}
