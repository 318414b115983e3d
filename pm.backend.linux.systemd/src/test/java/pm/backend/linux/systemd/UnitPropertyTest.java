package pm.backend.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.junit.jupiter.api.Test;
import pm.api.LimitKind;
import pm.backend.linux.scope.ScopeRequest;

/** Limits in systemd's words. */
class UnitPropertyTest {
    private static final Map<LimitKind, Long> ALL = new TreeMap<>(Map.of(
            LimitKind.MEMORY, 64L << 20,
            LimitKind.SWAP, 0L,
            LimitKind.CPUS, 1500L,
            LimitKind.CPU_WEIGHT, 7L,
            LimitKind.PROCESSES, 21L));

    @Test
    void limitsBecomeResourceControl() {
        assertThat(UnitProperty.of(ALL, List.of()))
                .extracting(UnitProperty::name, UnitProperty::signature, UnitProperty::value)
                .containsExactly(
                        tuple("MemoryMax", "t", new UInt64(67_108_864L)),
                        tuple("MemorySwapMax", "t", new UInt64(0L)),
                        // Microseconds of CPU time for each second.
                        tuple("CPUQuotaPerSecUSec", "t", new UInt64(1_500_000L)),
                        tuple("CPUWeight", "t", new UInt64(7L)),
                        tuple("TasksMax", "t", new UInt64(21L)));
    }

    @Test
    void bandwidthIsOfEachDevice() {
        assertThat(UnitProperty.of(Map.of(LimitKind.READ_OPERATIONS, 9L), List.of("/dev/vda", "/dev/vdb")))
                .singleElement()
                .satisfies(property -> {
                    assertThat(property.name()).isEqualTo("IOReadIOPSMax");
                    assertThat(property.signature()).isEqualTo("a(st)");
                    assertThat(property.value())
                            .isEqualTo(new Object[][] {{"/dev/vda", new UInt64(9L)}, {"/dev/vdb", new UInt64(9L)}});
                });
    }

    @Test
    void aScopeIsDelegatedAndSaysWhatItIs() {
        assertThat(UnitProperty.of(new ScopeRequest("pm-1.scope", "pm: make", 4711, Map.of()), List.of()))
                .extracting(UnitProperty::name)
                .containsExactly("Description", "PIDs", "DelegateControllers", "CollectMode");
        assertThat(UnitProperty.of(new ScopeRequest("pm-1.scope", "pm: make", 4711, Map.of()), List.of()))
                .filteredOn(property -> property.name().equals("PIDs"))
                .singleElement()
                .extracting(UnitProperty::value)
                .isEqualTo(new Object[] {new UInt32(4711)});
    }

    @Test
    void whatHasNoPropertyIsRefused() {
        assertThat(UnitProperty.limits(LimitKind.MEMORY)).isTrue();
        assertThat(UnitProperty.limits(LimitKind.NICE)).isFalse();
        assertThatThrownBy(() -> UnitProperty.of(Map.of(LimitKind.NICE, 1L), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nice");
    }

    @Test
    void anArgumentIsNameAndVariant() {
        assertThat(new UnitProperty("SendSIGHUP", "b", true).asArgument())
                .isEqualTo(new Object[] {"SendSIGHUP", new Object[] {"b", true}});
    }
}
