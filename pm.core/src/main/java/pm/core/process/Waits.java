package pm.core.process;

import java.time.Duration;
import pm.api.EffectiveSettings;
import pm.api.EscalationStep;
import pm.api.Setting;
import pm.api.Signal;
import pm.api.StopPolicy;

/**
 * A stop policy with every wait known.
 *
 * @param signal of the first step
 * @param terminate wait after it
 * @param kill wait after the kill
 * @param lastResort wait after the last resort
 */
record Waits(Signal signal, Duration terminate, Duration kill, Duration lastResort) {
    /** What the policy leaves open comes from the settings. */
    static Waits of(StopPolicy policy, EffectiveSettings settings) {
        return of(policy, settings, Setting.TERMINATE_WAIT);
    }

    /** As {@link #of}, for the end of a manager: all trees together have one graceful wait. */
    static Waits whenManagerCloses(StopPolicy policy, EffectiveSettings settings) {
        return of(policy, settings, Setting.GRACEFUL_TIMEOUT);
    }

    private static Waits of(StopPolicy policy, EffectiveSettings settings, Setting terminate) {
        return new Waits(
                policy.signal(),
                policy.terminateWait().orElseGet(() -> settings.duration(terminate)),
                policy.killWait().orElseGet(() -> settings.duration(Setting.KILL_WAIT)),
                policy.lastResortWait().orElseGet(() -> settings.duration(Setting.LAST_RESORT_WAIT)));
    }

    /** The wait after a step. */
    Duration after(EscalationStep step) {
        return switch (step) {
            case TERMINATE -> terminate;
            case KILL -> kill;
            case LAST_RESORT -> lastResort;
        };
    }

    /** What all steps together may take. */
    Duration total() {
        return terminate.plus(kill).plus(lastResort);
    }

    /** Of each wait the shorter one; the signal stays. */
    Waits shortenedBy(Waits other) {
        return new Waits(
                signal,
                shorter(terminate, other.terminate),
                shorter(kill, other.kill),
                shorter(lastResort, other.lastResort));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
