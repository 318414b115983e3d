package pm.spi;

import pm.api.EffectiveSettings;

/**
 * For whom a session is.
 *
 * @param instanceId the manager's id: letters, digits and hyphens
 * @param settings in force
 * @param observer hears what happens to the session
 */
public record SessionRequest(String instanceId, EffectiveSettings settings, SessionObserver observer) {}
