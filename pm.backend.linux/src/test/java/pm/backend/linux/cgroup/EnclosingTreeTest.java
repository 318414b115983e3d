package pm.backend.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pm.spi.BackendException;

class EnclosingTreeTest {
    private static final Path ROOT = Path.of("/sys/fs/cgroup/system.slice/x.service");

    @Test
    void groupsOutsideOfTreesAreInNone() {
        for (String group : List.of("", "pm.a", "pm.a/run", "pm.a/guard", "run/t", "pm.a/x/run/t", "pm-a.scope")) {
            assertThat(EnclosingTree.innermost(ROOT.resolve(group))).as(group).isEmpty();
        }
        assertThat(EnclosingTree.around(Path.of("/"))).isEmpty();
    }

    @Test
    void treesAreFoundOutermostFirstAlsoFromGroupsBelowThem() {
        Path outer = ROOT.resolve("pm.a/run/one");
        Path inner = outer.resolve("pm.b/run/two");
        assertThat(EnclosingTree.around(inner.resolve("made/by/a/program")))
                .containsExactly(new EnclosingTree("pm.a", outer), new EnclosingTree("pm.b", inner));
        assertThat(EnclosingTree.innermost(inner)).contains(new EnclosingTree("pm.b", inner));
    }

    @Test
    void theTreeOfAScopeIsOne() {
        Path tree = ROOT.resolve("pm-a-one.scope/tree");
        assertThat(EnclosingTree.innermost(tree)).isEqualTo(Optional.of(new EnclosingTree("pm-a-one.scope", tree)));
        assertThat(EnclosingTree.innermost(ROOT.resolve("pm-a-one.scope/launcher")))
                .isEmpty();
    }

    @Test
    void inVersion1EachManagersFolderLeadsToTheTreeInIt(@TempDir Path own) throws Exception {
        List<EnclosingTree> trees = EnclosingTree.around(ROOT.resolve("pm.a/run/one/pm.b/run/two"));
        assertThat(EnclosingTree.inVersion1(own, trees)).isEqualTo(own);

        Files.createDirectory(own.resolve("pm.a"));
        assertThat(EnclosingTree.inVersion1(own, trees))
                .isEqualTo(own.resolve("pm.a/one"))
                .isDirectory();

        Files.createDirectory(own.resolve("pm.a/one/pm.b"));
        assertThat(EnclosingTree.inVersion1(own, trees))
                .isEqualTo(own.resolve("pm.a/one/pm.b/two"))
                .isDirectory();
        // As after a limit of the outer tree, whose group is the JVM's own then.
        assertThat(EnclosingTree.inVersion1(own.resolve("pm.a/one"), trees))
                .isEqualTo(own.resolve("pm.a/one/pm.b/two"));
    }

    @Test
    void aRootOutsideOfTheTreeIsRefused() {
        Path tree = ROOT.resolve("pm.a/run/one");
        assertThatThrownBy(() -> CgroupBase.requireInside(ROOT.resolve("else"), EnclosingTree.innermost(tree)))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("another manager's tree")
                .hasMessageContaining(tree.toString());
        assertThatCode(() -> CgroupBase.requireInside(tree.resolve("below"), EnclosingTree.innermost(tree)))
                .doesNotThrowAnyException();
    }
}
