package pm.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The first and last value that each type accepts, and the nearest values that it refuses. */
class SettingTypeTest {
    private static final String HERE = Path.of("here").toAbsolutePath().toString();

    static Stream<Arguments> accepted() {
        return Stream.of(
                Arguments.of(SettingType.COUNT, "1", 1),
                Arguments.of(SettingType.COUNT, "1000000", 1_000_000),
                Arguments.of(SettingType.COUNT, " 7 ", 7),
                Arguments.of(SettingType.DURATION, "0", Duration.ZERO),
                Arguments.of(SettingType.DURATION, "36500d", Duration.ofDays(36_500)),
                Arguments.of(SettingType.POSITIVE_DURATION, "0.000001ms", Duration.ofNanos(1)),
                Arguments.of(SettingType.POSITIVE_DURATION, "36500d", Duration.ofDays(36_500)),
                Arguments.of(SettingType.FLAG, "TRUE", true),
                Arguments.of(SettingType.FLAG, "false", false),
                Arguments.of(SettingType.TEXT, "x", "x"),
                Arguments.of(SettingType.CONTAINMENT, "auto", "auto"),
                Arguments.of(SettingType.CONTAINMENT, "cgroup", "cgroup"),
                Arguments.of(SettingType.CONTAINMENT, "systemd", "systemd"),
                Arguments.of(SettingType.CONTAINMENT, "supervision", "supervision"),
                Arguments.of(SettingType.SHUTDOWN, "hook", "hook"),
                Arguments.of(SettingType.SHUTDOWN, "caller", "caller"),
                Arguments.of(SettingType.ABSOLUTE_PATH, HERE, Path.of(HERE)));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(SettingType.COUNT, "0"),
                Arguments.of(SettingType.COUNT, "-1"),
                Arguments.of(SettingType.COUNT, "1000001"),
                Arguments.of(SettingType.COUNT, "2147483648"),
                Arguments.of(SettingType.COUNT, "1.0"),
                Arguments.of(SettingType.COUNT, ""),
                Arguments.of(SettingType.DURATION, "-1s"),
                Arguments.of(SettingType.DURATION, "36500.000001d"),
                Arguments.of(SettingType.DURATION, "forever"),
                Arguments.of(SettingType.POSITIVE_DURATION, "0"),
                Arguments.of(SettingType.POSITIVE_DURATION, "0ms"),
                Arguments.of(SettingType.POSITIVE_DURATION, "0.0000001ms"),
                Arguments.of(SettingType.POSITIVE_DURATION, "-1s"),
                Arguments.of(SettingType.POSITIVE_DURATION, "36500.000001d"),
                Arguments.of(SettingType.FLAG, "yes"),
                Arguments.of(SettingType.FLAG, "1"),
                Arguments.of(SettingType.FLAG, ""),
                Arguments.of(SettingType.TEXT, ""),
                Arguments.of(SettingType.TEXT, " \t"),
                Arguments.of(SettingType.CONTAINMENT, "Cgroup"),
                Arguments.of(SettingType.CONTAINMENT, "none"),
                Arguments.of(SettingType.CONTAINMENT, ""),
                Arguments.of(SettingType.SHUTDOWN, "none"),
                Arguments.of(SettingType.SHUTDOWN, "Caller"),
                Arguments.of(SettingType.SHUTDOWN, ""),
                Arguments.of(SettingType.ABSOLUTE_PATH, "not/absolute"),
                Arguments.of(SettingType.ABSOLUTE_PATH, ""),
                Arguments.of(SettingType.ABSOLUTE_PATH, HERE + "\0"));
    }

    @ParameterizedTest
    @MethodSource
    void accepted(SettingType type, String text, Object value) {
        assertThat(type.parse(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource
    void refused(SettingType type, String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> type.parse(text))
                .withMessage("Could not accept '" + text + "': use " + type.allowed());
    }

    @Test
    void bothListsHaveEveryType() {
        for (Stream<Arguments> list : Arrays.asList(accepted(), refused())) {
            assertThat(list.map(arguments -> arguments.get()[0]).distinct())
                    .containsExactly((Object[]) SettingType.values());
        }
    }
}
