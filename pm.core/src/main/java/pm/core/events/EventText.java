package pm.core.events;

import java.util.Locale;
import java.util.Map;
import pm.api.ProcessEvent;

/** An event in a few words for a person; the details are in its {@link EventFields}. */
final class EventText {
    private static final Map<Class<? extends ProcessEvent>, String> PLAIN = Map.ofEntries(
            Map.entry(ProcessEvent.Spawned.class, "Started a process"),
            Map.entry(ProcessEvent.SpawnFailed.class, "Could not start a process"),
            Map.entry(ProcessEvent.Exited.class, "The leader ended"),
            Map.entry(ProcessEvent.CleanedUp.class, "The tree is gone"),
            Map.entry(ProcessEvent.CleanupFailed.class, "Could not end the tree or remove its container"),
            Map.entry(ProcessEvent.ZombieFound.class, "Found a zombie"),
            Map.entry(ProcessEvent.UnmanagedChildFound.class, "Found a child of this JVM that pm did not start"),
            Map.entry(ProcessEvent.ManagerOpened.class, "Opened a process manager"),
            Map.entry(ProcessEvent.ManagerClosed.class, "Closed a process manager"),
            Map.entry(ProcessEvent.BackendChanged.class, "New processes are started by another backend"),
            Map.entry(ProcessEvent.SettingsChanged.class, "Changed settings"));

    private EventText() {}

    static String of(ProcessEvent event) {
        String plain = PLAIN.get(event.getClass());
        if (plain != null) {
            return plain;
        }
        if (event instanceof ProcessEvent.Escalated it) {
            return it.skipped().isPresent() ? "Skipped " + words(it.step()) : "Took the step " + words(it.step());
        } else if (event instanceof ProcessEvent.Signalled it) {
            return "Sent " + it.signal() + " to the leader";
        } else if (event instanceof ProcessEvent.SuspendChanged it) {
            return it.suspended() ? "Suspended the tree" : "Resumed the tree";
        } else if (event instanceof ProcessEvent.TimedOut it) {
            return "A timeout passed: " + words(it.cause());
        } else if (event instanceof ProcessEvent.LimitsChanged) {
            return "Changed the limits of the tree";
        } else if (event instanceof ProcessEvent.LimitViolated it) {
            return "The tree met its limit of " + it.violation().kind().label() + (it.again() ? " again" : "");
        } else if (event instanceof ProcessEvent.OrphansFound it) {
            return "Found " + it.orphans().size() + " orphans";
        } else if (event instanceof ProcessEvent.TreeSeen it) {
            return "The tree " + it.moment();
        } else if (event instanceof ProcessEvent.AlertStarted it) {
            return "Alert: " + words(it.alert());
        } else if (event instanceof ProcessEvent.AlertEnded it) {
            return "Alert is over: " + words(it.alert());
        } else if (event instanceof ProcessEvent.Warned it) {
            return it.message();
        } else if (event instanceof ProcessEvent.HealthChecked it) {
            return "Health is " + it.health().status();
        }
        return event.getClass().getSimpleName();
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
