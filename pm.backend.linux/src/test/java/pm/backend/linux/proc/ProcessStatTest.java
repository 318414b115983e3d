package pm.backend.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcessStatTest {
    @Test
    void fieldsAreThoseOfTheManualPage() {
        ProcessStat stat = ProcessStat.parse(
                "42 (sleep) S 7 40 39 0 -1 4194304 97 11 0 0 3 4 5 6 20 0 1 0 123456 5660672 220 18446744073709551615");

        assertThat(stat).isEqualTo(new ProcessStat(42, "sleep", 'S', 7, 40, 39, 3, 4, 5, 6, 123456, 220));
        assertThat(stat.isAlive()).isTrue();
        assertThat(stat.identity()).isEqualTo(new ProcessIdentity(42, 123456));
    }

    @Test
    void namesMayLookLikeTheRestOfTheLine() {
        ProcessStat stat = ProcessStat.parse("42 (a) R 1 (b c) Z 7 40 39 0 -1 0 0 0 0 0 3 4 5 6 20 0 1 0 99 0 0 0\n");

        assertThat(stat.name()).isEqualTo("a) R 1 (b c");
        assertThat(stat.parentPid()).isEqualTo(7);
        assertThat(stat.startTicks()).isEqualTo(99);
        assertThat(stat.isAlive()).isFalse();
    }

    @Test
    void textWithoutANameIsRefused() {
        assertThatThrownBy(() -> ProcessStat.parse("42 sleep S 7"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("42 sleep S 7");
    }
}
