package pm.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import pm.api.EffectiveSettings;
import pm.api.ErrorContext;
import pm.api.ProcessEvent;
import pm.core.backend.BackendChoice;
import pm.core.backend.BackendDiscovery;
import pm.core.backend.OpenedBackend;
import pm.spi.BackendException;
import pm.spi.BackendProvider;

/**
 * Gives new processes another backend while running ones stay with theirs. One choice at a time; nothing is locked while processes end. Safe
 * for use by any thread.
 */
final class BackendSwitch {
    private final Parts parts;

    BackendSwitch(Parts parts) {
        this.parts = parts;
    }

    /**
     * Chooses again, among those that are there now.
     *
     * @throws pm.api.NoBackendException when none can be used; all stays as it was
     */
    synchronized void chooseAgain(EffectiveSettings settings, BackendDiscovery found) {
        OpenedBackend current = parts.backends().current();
        use(new BackendChoice(found).choose(parts.requests().next(settings), current));
    }

    /**
     * Chooses again and opens a new session in any case: the old one was opened with other settings.
     *
     * @throws pm.api.NoBackendException when none can be used with these settings; all stays as it was
     */
    synchronized void reopen(EffectiveSettings settings, BackendDiscovery found) {
        use(new BackendChoice(found).open(parts.requests().next(settings)));
    }

    private void use(OpenedBackend chosen) {
        if (chosen != parts.backends().current()) {
            parts.backends().replace(chosen);
            publish(new ProcessEvent.BackendChanged(context(), Instant.now(), chosen.report()));
            parts.processes().closeUnusedBackends();
        }
    }

    /**
     * Does without a backend from now on: ends the processes that it serves, and then its sessions.
     *
     * @param rest those that are there without it
     * @throws pm.api.NoBackendException when none of the rest can be used; all stays as it was, and the manager has to be closed
     */
    void withdraw(BackendProvider gone, EffectiveSettings settings, BackendDiscovery rest) {
        List<OpenedBackend> leaving = new ArrayList<>();
        synchronized (this) {
            if (parts.backends().current().provider() == gone) {
                chooseAgain(settings, rest);
            }
            parts.backends().all().stream()
                    .filter(backend -> backend.provider() == gone)
                    .forEach(leaving::add);
        }
        for (OpenedBackend backend : leaving) {
            parts.processes().endOn(backend);
            close(backend);
        }
    }

    private void close(OpenedBackend backend) {
        try {
            parts.backends().close(backend);
        } catch (BackendException e) {
            publish(new ProcessEvent.CleanupFailed(context(), Instant.now(), e.getMessage(), List.of()));
        }
    }

    private ErrorContext context() {
        return ErrorContext.ofManager(parts.instanceId());
    }

    private void publish(ProcessEvent event) {
        parts.telemetry().events().publish(event);
    }
}
