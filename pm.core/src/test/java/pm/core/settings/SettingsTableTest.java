package pm.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import pm.api.Setting;

/** The table of docs/settings.md says what the code says. */
class SettingsTableTest {
    @Test
    void tableIsTheCodes() throws IOException {
        List<String> documented =
                Files.readAllLines(Path.of(System.getProperty("pm.root"), "docs", "settings.md")).stream()
                        .filter(line -> line.startsWith("| `"))
                        .toList();

        List<String> expected =
                Arrays.stream(Setting.values()).map(SettingsTableTest::row).toList();

        assertThat(documented).isEqualTo(expected);
    }

    private static String row(Setting setting) {
        return "| `" + setting.key() + "` | `" + setting.variable() + "` | `" + setting.property() + "` | "
                + setting.defaultText().map(text -> "`" + text + "`").orElse("not set") + " | "
                + setting.type().allowed() + " | " + setting.description() + " |";
    }
}
