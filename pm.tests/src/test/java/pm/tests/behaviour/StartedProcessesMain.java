package pm.tests.behaviour;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import pm.api.ManagedProcess;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessSpec;
import pm.testing.SpawnsBehindPm;

/** Prints the commands that this JVM starts by Java while it uses a manager, and at last one that it starts itself: {@code FILE} for the recording. */
@SpawnsBehindPm("shows that the recording sees what Java starts")
public final class StartedProcessesMain {
    private StartedProcessesMain() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]);
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ProcessStart");
            recording.start();
            try (ProcessManager pm = ProcessManagers.open(PmApi.VERSION);
                    ManagedProcess process = pm.spawn(ProcessSpec.of("true"))) {
                process.await();
            }
            new ProcessBuilder("true").start().waitFor();
            recording.stop();
            recording.dump(file);
        }
        List<String> commands = RecordingFile.readAllEvents(file).stream()
                .map(event -> event.getString("command"))
                .toList();
        Files.delete(file);
        System.out.println(commands);
    }
}
