package pm.backend.macos.process;

import java.util.Set;
import java.util.function.Consumer;
import pm.backend.posix.events.EventLoop;

/**
 * What all trees of a session share.
 *
 * @param foreignSessions sessions of this JVM and of the system, of whom nothing is ever taken for a tree's
 * @param warned hears what could not be done
 */
record Equipment(
        HostSystem system,
        EventLoop loop,
        ProcessWatcher watcher,
        Launching launching,
        CheckedSignals signals,
        Tracker tracker,
        Set<Integer> foreignSessions,
        Consumer<String> warned) {}
