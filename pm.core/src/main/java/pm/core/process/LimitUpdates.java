package pm.core.process;

import java.util.function.BooleanSupplier;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.api.ProcessManagerException;
import pm.spi.BackendException;

/**
 * Changes the limits of one running tree. One change at a time, so that what is said to be held is what the system was told last; nobody but
 * the callers of {@link #update} waits for that.
 */
final class LimitUpdates {
    private final Tree tree;
    private final BooleanSupplier gone;

    LimitUpdates(Tree tree, BooleanSupplier gone) {
        this.tree = tree;
        this.gone = gone;
    }

    /** See {@link pm.api.ManagedProcess#updateLimits}. */
    synchronized void update(Limits asked) {
        if (gone.getAsBoolean()) {
            return;
        }
        Journal journal = tree.journal();
        LimitCheck check = LimitCheck.of(asked, tree.limits().whileRunning(), journal.context());
        check.warnings().forEach(journal::warn);
        if (check.accepted().kinds().isEmpty()) {
            return;
        }
        try {
            change(check.accepted());
        } catch (BackendException e) {
            if (gone.getAsBoolean()) {
                return;
            }
            if (!asked.bestEffort()) {
                throw new ProcessManagerException("Could not change limits: " + e.getMessage(), journal.context(), e);
            }
            changeOneByOne(check.accepted());
        }
    }

    private void change(Limits limits) throws BackendException {
        tree.containment().updateLimits(limits);
        tree.limits().changed(limits);
        tree.journal().limitsChanged(limits);
    }

    /** What cannot be changed together may be changed in part, when the caller takes what there is. */
    private void changeOneByOne(Limits limits) {
        for (LimitKind kind : limits.kinds()) {
            try {
                change(Limits.none()
                        .bestEffort(true)
                        .with(kind, limits.amounts().get(kind)));
            } catch (BackendException e) {
                if (!gone.getAsBoolean()) {
                    tree.journal().warn(kind.label() + " is not changed: " + e.getMessage());
                }
            }
        }
    }
}
