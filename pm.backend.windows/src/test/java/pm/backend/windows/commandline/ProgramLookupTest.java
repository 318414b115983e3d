package pm.backend.windows.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProgramLookupTest {
    private static final String SYSTEM = "C:\\Windows\\System32";

    private static ProgramLookup lookup(String path, String pathExt, String... files) {
        return new ProgramLookup(
                Optional.ofNullable(path), Optional.ofNullable(pathExt), SYSTEM, Set.of(files)::contains);
    }

    @Test
    void theFirstFolderCountsThenTheFirstEnding() {
        ProgramLookup lookup = lookup("C:\\a;\"C:\\b c\";;C:\\d\\", ".EXE;.CMD", "C:\\b c\\x.cmd", "C:\\d\\x.exe");
        assertThat(lookup.inPath("x")).contains("C:\\b c\\x.cmd");
        assertThat(lookup.inPath("x.exe")).contains("C:\\d\\x.exe");
        assertThat(lookup.inPath("y")).isEmpty();
    }

    @Test
    void endingsThatOnlyShellsStartAreLeftOut() {
        assertThat(lookup("C:\\a", ".VBS;.EXE", "C:\\a\\x.vbs").inPath("x")).isEmpty();
        assertThat(lookup("C:\\a", ".VBS", "C:\\a\\x.exe").inPath("x")).contains("C:\\a\\x.exe");
    }

    @Test
    void withoutAPathWindowsOwnProgramsAreFound() {
        assertThat(lookup(null, null, SYSTEM + "\\cmd.exe").inPath("cmd")).contains(SYSTEM + "\\cmd.exe");
        assertThat(lookup(null, null, "C:\\Windows\\notepad.exe").inPath("notepad.exe"))
                .contains("C:\\Windows\\notepad.exe");
    }

    @Test
    void aNameWithAnEndingMeansThatFileFirst() {
        assertThat(lookup("", null, "C:\\a\\x.y", "C:\\a\\x.y.exe").at("C:\\a\\x.y"))
                .contains("C:\\a\\x.y");
        assertThat(lookup("", null, "C:\\a\\x", "C:\\a\\x.exe").at("C:\\a\\x")).contains("C:\\a\\x.exe");
        assertThat(lookup("", null, "C:\\a.b\\x").at("C:\\a.b\\x")).contains("C:\\a.b\\x");
    }

    @Test
    void onlyBareNamesAreLookedUp() {
        assertThat(ProgramLookup.isLookedUp("cmd")).isTrue();
        for (String elsewhere : Set.of(".\\cmd", "a/b", "C:cmd", "")) {
            assertThat(ProgramLookup.isLookedUp(elsewhere)).as(elsewhere).isFalse();
        }
    }
}
