package pm.backend.linux.scope;

import java.util.Map;
import pm.api.LimitKind;

/**
 * The scope of a tree.
 *
 * @param unit its name: letters, digits, hyphens and dots, with the ending {@code .scope}
 * @param description for a person who lists units; no secrets
 * @param pid the process that is moved into it
 * @param amounts its limits, only kinds that {@link Scopes#limits} names
 */
public record ScopeRequest(String unit, String description, long pid, Map<LimitKind, Long> amounts) {}
