package pm.backend.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import pm.spi.BackendException;

@EnabledIf("pm.backend.linux.cgroup.OwnFolders#cgroupsAreOurs")
class DelegationTest {
    private LockedFolder group;

    @BeforeEach
    void makeGroup() throws Exception {
        group = OwnFolders.make();
    }

    @AfterEach
    void removeGroup() throws Exception {
        OwnFolders.remove(group);
    }

    @Test
    void underSystemdAGroupMustBeMarked() throws Exception {
        Delegation systemd = new Delegation(true);
        assertThatThrownBy(() -> systemd.reasonWhyOurs(group.path()))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("has not delegated it");

        mark("0");
        assertThatThrownBy(() -> systemd.reasonWhyOurs(group.path())).isInstanceOf(BackendException.class);

        mark("1");
        assertThat(systemd.reasonWhyOurs(group.path())).contains("systemd has delegated it");
    }

    @Test
    void withoutSystemdNobodyElseManagesIt() throws Exception {
        assertThat(new Delegation(false).reasonWhyOurs(group.path())).contains("no systemd");
    }

    @Test
    void aParentIsOursOnlyWhenItIsSaidToBe() throws Exception {
        Delegation bare = new Delegation(false);
        assertThatThrownBy(() -> bare.reasonWhyParentOurs(group.path(), false))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("is not delegated to us");
        assertThat(bare.reasonWhyParentOurs(group.path(), true)).contains("container");
        assertThatThrownBy(() -> new Delegation(true).reasonWhyParentOurs(group.path(), true))
                .isInstanceOf(BackendException.class);

        mark("1");
        assertThat(new Delegation(true).reasonWhyParentOurs(group.path(), false))
                .contains("systemd has delegated it");
    }

    @Test
    void hierarchiesOfVersion1AreOursOnlyWithoutSystemd() throws Exception {
        new Delegation(false).requireNoManager(group.path());
        assertThatThrownBy(() -> new Delegation(true).requireNoManager(group.path()))
                .isInstanceOf(BackendException.class);
    }

    @Test
    void whatAUsersManagerMadeIsNotTheUsers() {
        assertThat(Delegation.isBelowUserManager(
                        Path.of("/sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service/app.slice/x.service")))
                .isTrue();
        assertThat(Delegation.isBelowUserManager(Path.of("/sys/fs/cgroup/user.slice/user-1000.slice/session-1.scope")))
                .isFalse();
    }

    private void mark(String value) throws Exception {
        Files.getFileAttributeView(group.path(), UserDefinedFileAttributeView.class)
                .write("delegate", ByteBuffer.wrap(value.getBytes(StandardCharsets.US_ASCII)));
    }
}
