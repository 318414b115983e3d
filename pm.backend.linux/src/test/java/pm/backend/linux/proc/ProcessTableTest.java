package pm.backend.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessTableTest {
    @Test
    void descendantsAreFoundThroughZombies() {
        ProcessTable table = new ProcessTable(List.of(
                process(5, 4, 'S'),
                process(4, 2, 'Z'),
                process(2, 1, 'S'),
                process(3, 1, 'S'),
                process(1, 0, 'S'),
                process(6, 9, 'S')));

        assertThat(table.descendantsAndZombies(1)).extracting(ProcessStat::pid).containsExactly(2L, 3L, 4L, 5L);
        assertThat(table.descendantsAndZombies(6)).isEmpty();
    }

    private static ProcessStat process(long pid, long parent, char state) {
        return new ProcessStat(pid, "p" + pid, state, parent, pid, pid, 0, 0, 0, 0, pid, 0);
    }
}
