package pm.core.settings;

import java.util.function.Supplier;
import pm.api.EffectiveSettings;

/** The settings in force, which may change while the manager runs: whoever needs one asks when it is needed. Safe for use by any thread. */
public final class LiveSettings implements Supplier<EffectiveSettings> {
    private volatile EffectiveSettings now;

    /** At first these. */
    public LiveSettings(EffectiveSettings first) {
        now = first;
    }

    @Override
    public EffectiveSettings get() {
        return now;
    }

    /** From now on these. */
    public void change(EffectiveSettings changed) {
        now = changed;
    }
}
