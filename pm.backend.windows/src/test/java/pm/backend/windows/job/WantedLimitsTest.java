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
import pm.backend.windows.kernel.WindowsException;

class WantedLimitsTest {
    @Test
    void eachKindHasItsPlace() {
        Limits limits = Limits.none()
                .memory(2, Limits.GIB)
                .processMemory(1, Limits.GIB)
                .processes(200)
                .affinity(0, 2)
                .cpus(1.5)
                .with(LimitKind.NICE, 19);
        assertThat(WantedLimits.job(limits, false))
                .isEqualTo(new JobLimits(
                        OptionalLong.of(2 * Limits.GIB),
                        OptionalLong.of(Limits.GIB),
                        OptionalInt.of(200),
                        OptionalLong.of(5),
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

    @Test
    void aRefusedAffinityIsNamed() {
        assertThat(WantedLimits.affinityRefused(5, new WindowsException("SetInformationJobObject", 87)))
                .hasMessageStartingWith("Could not limit affinity to CPUs {0, 2}: SetInformationJobObject: ")
                .hasMessageContaining("ERROR_INVALID_PARAMETER, 87")
                .hasMessageEndingWith(", name only CPUs that this machine has and that this JVM may use");
    }

    @ParameterizedTest
    @CsvSource({"-20,0x80", "-10,0x80", "-9,0x8000", "-1,0x8000", "0,0x20", "1,0x4000", "9,0x4000", "10,0x40", "19,0x40"
    })
    void niceValuesAreFiveClasses(int nice, String priorityClass) {
        assertThat(PriorityClass.ofNice(nice)).isEqualTo(Integer.decode(priorityClass));
    }
}
