package pm.core.jmx;

import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import pm.api.AlertKind;
import pm.api.Health;

/**
 * What JMX shows beside what a manager tells everybody.
 *
 * @param health the latest health: a console that reads it every second does not start a check every second
 * @param alerts the alerts that are on
 * @param droppedEvents events that listeners and log did not get
 */
public record JmxSources(Supplier<Health> health, Supplier<Set<AlertKind>> alerts, LongSupplier droppedEvents) {}
