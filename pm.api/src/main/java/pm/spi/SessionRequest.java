package pm.spi;

import pm.api.EffectiveSettings;

/**
 * For whom a session is. Immutable; safe for use by any thread.
 *
 * @param instanceId the manager's id: letters, digits and hyphens
 * @param number which of the manager's sessions it is, from 1: a manager whose backend or settings change has several for a while
 * @param settings in force
 * @param observer hears what happens to the session
 */
public record SessionRequest(String instanceId, int number, EffectiveSettings settings, SessionObserver observer) {
    /**
     * A name for what the session makes, such as threads and containers: different for each session of a manager.
     *
     * @return the manager's id, with the number behind a hyphen from the second on
     */
    public String sessionId() {
        return number == 1 ? instanceId : instanceId + "-" + number;
    }
}
