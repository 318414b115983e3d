package pm.tests.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import javax.inject.Inject;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.junit.Test;
import pm.api.ManagedProcess;
import pm.api.PmApi;
import pm.api.ProcessSpec;

/** The commands in a real Gogo. */
public class CommandsIT extends InFramework {
    @Inject
    private CommandProcessor gogo;

    private String execute(String line) throws Exception {
        manager();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CommandSession session = gogo.createSession(new ByteArrayInputStream(new byte[0]), out, out)) {
            Object result = session.execute(line);
            return String.valueOf(result);
        }
    }

    @Test
    public void psAndTreeShowWhatRuns() throws Exception {
        try (ManagedProcess process = manager().spawn(ProcessSpec.of("sh", "-c", "sleep 1000 & sleep 1000"))) {
            await().atMost(SOON).until(() -> process.tree().nodes().size() == 3);
            assertThat(execute("pm:ps"))
                    .contains(process.id(), Long.toString(process.pid()), "sh -c sleep 1000 & sleep 1000")
                    .contains(context.getBundle().getSymbolicName());
            assertThat(execute("pm:tree " + process.id()))
                    .contains(process.tree().nodes().stream()
                            .map(node -> Long.toString(node.pid()))
                            .toList());
        }
    }

    @Test
    public void spawnAndKill() throws Exception {
        String started = execute("pm:spawn sleep 1000");
        String id = started.replaceAll("started (\\S+).*", "$1");
        long pid = manager().find(id).orElseThrow().pid();
        assertThat(lives(pid)).isTrue();
        assertThat(execute("pm:kill --now " + manager().instanceId() + "/" + id))
                .contains(id + ": STOPPED", "nothing left");
        assertThat(lives(pid)).isFalse();
    }

    @Test
    public void runShowsOutputAndOutcome() throws Exception {
        assertThat(execute("pm:run sh -c 'echo hello; exit 7'")).contains("hello", "EXITED", "7", "nothing left");
    }

    @Test
    public void doctorAndStats() throws Exception {
        assertThat(execute("pm:doctor"))
                .contains("pm.api", PmApi.VERSION)
                .contains("linux: highest ranking", "containment", "memory", "guard", "of pm");
        assertThat(execute("pm:run true")).contains("nothing left");
        assertThat(execute("pm:stats")).contains("spawned", "spawn latency", "EXITED");
    }

    @Test
    public void whatIsWrongIsSaid() {
        assertThatThrownBy(() -> execute("pm:kill nosuch")).hasMessageContaining("Could not find the process nosuch");
        assertThatThrownBy(() -> execute("pm:kill")).hasMessageContaining("name a process");
    }
}
