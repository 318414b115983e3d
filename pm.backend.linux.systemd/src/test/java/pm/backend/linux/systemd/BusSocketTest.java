package pm.backend.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pm.spi.BackendException;

/** Where a bus is looked for. */
class BusSocketTest {
    private static final int NOBODY = 65534;

    @TempDir
    private Path folder;

    @Test
    void rootAsksTheSystemsManager() {
        assertThat(BusSocket.candidates(0, Optional.of("/run/user/0")))
                .containsExactly(Path.of("/run/dbus/system_bus_socket"));
    }

    @Test
    void othersAskTheirOwn() {
        assertThat(BusSocket.candidates(1000, Optional.of("/somewhere/")))
                .containsExactly(Path.of("/somewhere/bus"), Path.of("/run/user/1000/bus"));
        assertThat(BusSocket.candidates(1000, Optional.of("/run/user/1000")))
                .containsExactly(Path.of("/run/user/1000/bus"));
        assertThat(BusSocket.candidates(1000, Optional.empty())).containsExactly(Path.of("/run/user/1000/bus"));
        assertThat(BusSocket.candidates(1000, Optional.of("relative"))).containsExactly(Path.of("/run/user/1000/bus"));
    }

    @Test
    void theSocketOfAnotherUserIsNotAsked() throws IOException {
        Path socket = Files.createFile(folder.resolve("bus"));
        int owner = (Integer) Files.getAttribute(socket, "unix:uid");
        int other = owner == NOBODY ? NOBODY - 1 : NOBODY;

        assertThatThrownBy(() -> BusSocket.find(other, Optional.of(folder.toString())))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("there is no D-Bus socket at [" + socket)
                .hasMessageContaining("linger");
    }

    @Test
    void theAddressIsThatOfAUnixSocket() {
        assertThat(new BusSocket(Path.of("/run/user/7/bus"), "x").address()).isEqualTo("unix:path=/run/user/7/bus");
    }
}
