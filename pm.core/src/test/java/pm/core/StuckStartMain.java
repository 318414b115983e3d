package pm.core;

import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessSpec;
import pm.api.Settings;
import pm.api.Stdio;

/** A JVM that exits while a start hangs in opening the named pipe that it is told. */
final class StuckStartMain {
    private StuckStartMain() {}

    public static void main(String[] args) {
        ProcessManager pm = ProcessManagers.open(PmApi.VERSION, StuckStartTest.shortWaits(Settings.none()));
        new Thread(() -> pm.spawn(ProcessSpec.of("sleep", "1000").stdin(Stdio.from(Path.of(args[0]))))).start();
        while (pm.metrics().active() == 0) {
            LockSupport.parkNanos(1_000_000);
        }
        System.out.println("exit");
        System.exit(3);
    }
}
