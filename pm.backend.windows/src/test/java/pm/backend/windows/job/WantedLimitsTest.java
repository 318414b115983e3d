package pm.backend.windows.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.backend.windows.kernel.CpuRate;
import pm.backend.windows.kernel.JobLimits;

class WantedLimitsTest {
    @Test
    void eachKindHasItsPlace() {
        Limits limits =
                Limits.none().memory(2, Limits.GIB).processes(200).cpus(1.5).with(LimitKind.NICE, 19);
        assertThat(WantedLimits.job(limits, false))
                .isEqualTo(new JobLimits(
                        OptionalLong.of(2 * Limits.GIB),
                        OptionalInt.of(200),
                        OptionalInt.of(PriorityClass.IDLE),
                        false));
        assertThat(WantedLimits.rate(limits, 4)).contains(new CpuRate(3750));
    }

    @Test
    void whatIsNotWantedIsNotSet() {
        assertThat(WantedLimits.job(Limits.none(), false)).isEqualTo(JobLimits.NONE);
        assertThat(WantedLimits.job(Limits.none(), true)).isEqualTo(JobLimits.BREAKAWAY);
        assertThat(WantedLimits.rate(Limits.none(), 4)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-20,0x80", "-10,0x80", "-9,0x8000", "-1,0x8000", "0,0x20", "1,0x4000", "9,0x4000", "10,0x40", "19,0x40"
    })
    void niceValuesAreFiveClasses(int nice, String priorityClass) {
        assertThat(PriorityClass.ofNice(nice)).isEqualTo(Integer.decode(priorityClass));
    }
}
