package pm.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import pm.api.Cause;
import pm.api.EscalationStep;
import pm.api.ManagedProcess;
import pm.api.ManagerClosedException;
import pm.api.ProcessEvent;
import pm.api.ProcessGroup;
import pm.api.Stdio;

class GroupTest extends Managed {
    @Test
    void membersEndInTheReverseOfTheirStartEachGoneBeforeTheNextIsStopped() throws Exception {
        List<String> started = new ArrayList<>();
        try (ProcessGroup group = pm.group("chain")) {
            ManagedProcess database = group.spawn(sh("sleep 1000"));
            ManagedProcess server = group.spawn(sh("trap '' TERM; sleep 1000"), List.of(database));
            ManagedProcess client = group.spawn(sh("sleep 1000"), List.of(server, database));
            for (ManagedProcess process : List.of(database, server, client)) {
                started.add(process.id());
            }
            assertThat(group.members()).containsExactly(database, server, client);
        }
        List<String> story = new ArrayList<>();
        while (story.size() < 6) {
            ProcessEvent event = event(
                    ProcessEvent.class,
                    it -> it instanceof ProcessEvent.CleanedUp
                            || (it instanceof ProcessEvent.Escalated step && step.step() == EscalationStep.TERMINATE));
            story.add(event.getClass().getSimpleName() + " " + event.context().processId());
            if (event instanceof ProcessEvent.CleanedUp cleaned) {
                assertThat(cleaned.cause()).isEqualTo(Cause.GROUP_CLOSED);
            }
        }
        assertThat(story)
                .containsExactly(
                        "Escalated " + started.get(2),
                        "CleanedUp " + started.get(2),
                        "Escalated " + started.get(1),
                        "CleanedUp " + started.get(1),
                        "Escalated " + started.get(0),
                        "CleanedUp " + started.get(0));
    }

    @Test
    void aClosedGroupStartsNothing() {
        ProcessGroup group = pm.group("closed");
        group.close();
        assertThatThrownBy(() -> group.spawn(sh("exit 0")))
                .isInstanceOf(ManagerClosedException.class)
                .hasMessageContaining("'closed'");
        group.close();
    }

    @Test
    void onlyMembersCanBeDependedOn() {
        try (ProcessGroup group = pm.group("one");
                ManagedProcess stranger = pm.spawn(sh("sleep 1000"))) {
            assertThatThrownBy(() -> group.spawn(sh("exit 0"), List.of(stranger)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not a member");
            assertThat(group.members()).isEmpty();
        }
    }

    @Test
    void membersAreListedAndStartsRefusedWhileTheGroupCloses() throws Exception {
        ProcessGroup group = pm.group("slow");
        ManagedProcess slow = group.spawn(sh("trap '' TERM; echo ready; exec sleep 1000")
                .stdout(Stdio.pipe())
                .stopPolicy(patient()));
        assertThat(slow.asProcess().inputReader().readLine()).isEqualTo("ready");
        Thread closer = new Thread(group::close, "closer");
        closer.start();
        event(ProcessEvent.Escalated.class, it -> it.step() == EscalationStep.TERMINATE);

        assertThat(group.members()).containsExactly(slow);
        assertThatThrownBy(() -> group.spawn(sh("exit 0"))).isInstanceOf(ManagerClosedException.class);
        assertThat(slow.isAlive()).as("the group still waits for it").isTrue();

        slow.kill().get();
        join(closer);
    }
}
