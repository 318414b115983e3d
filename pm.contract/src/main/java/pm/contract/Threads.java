package pm.contract;

import java.util.HashSet;
import java.util.Set;

/** The threads of this JVM. */
final class Threads {
    private Threads() {}

    static Set<Thread> now() {
        return Thread.getAllStackTraces().keySet();
    }

    static Set<Thread> newerThan(Set<Thread> known) {
        Set<Thread> threads = new HashSet<>(now());
        threads.removeAll(known);
        return threads;
    }
}
