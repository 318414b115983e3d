package pm.backend.macos.darwin;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.Structure;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import pm.api.Signal;
import pm.backend.macos.process.Sample;
import pm.backend.macos.tree.ProcessRecord;
import pm.backend.posix.libc.SpawnSystem;
import pm.backend.posix.libc.SystemNumbers;

/** Sizes, offsets and numbers as Apple's public headers have them; the file is named beside each. */
class LayoutsTest {
    /** bsd/sys/proc_info_private.h: its own _Static_assert says 56. */
    @Test
    void uniqueIdentifiers() {
        UniqueIdentifierInfo info = new UniqueIdentifierInfo();
        assertThat(info.size()).isEqualTo(56);
        assertThat(offset(info, "p_uniqueid")).isEqualTo(16);
        assertThat(offset(info, "p_puniqueid")).isEqualTo(24);
        assertThat(offset(info, "p_idversion")).isEqualTo(32);
        assertThat(UniqueIdentifierInfo.FLAVOR).isEqualTo(17);
    }

    /** bsd/sys/proc_info.h: 11 and 1 words of four bytes around MAXCOMLEN (16, bsd/sys/param.h) bytes of name. */
    @Test
    void shortInfo() {
        ShortInfo info = new ShortInfo();
        assertThat(info.size()).isEqualTo(64);
        assertThat(offset(info, "pbsi_ppid")).isEqualTo(4);
        assertThat(offset(info, "pbsi_pgid")).isEqualTo(8);
        assertThat(offset(info, "pbsi_status")).isEqualTo(12);
        assertThat(offset(info, "pbsi_comm")).isEqualTo(16);
        assertThat(offset(info, "pbsi_uid")).isEqualTo(36);
        assertThat(ShortInfo.FLAVOR).isEqualTo(13);
    }

    /** bsd/sys/proc_info.h. */
    @Test
    void wholeInfo() {
        BsdInfo info = new BsdInfo();
        assertThat(info.size()).isEqualTo(136);
        assertThat(offset(info, "pbi_xstatus")).isEqualTo(8);
        assertThat(offset(info, "pbi_comm")).isEqualTo(48);
        assertThat(offset(info, "pbi_name")).isEqualTo(64);
        assertThat(offset(info, "pbi_pgid")).isEqualTo(100);
        assertThat(offset(info, "pbi_start_tvsec")).isEqualTo(120);
        assertThat(offset(info, "pbi_start_tvusec")).isEqualTo(128);
        assertThat(BsdInfo.FLAVOR).isEqualTo(3);
    }

    /** bsd/sys/resource.h: 16 bytes of uuid and 18 words of eight. */
    @Test
    void resources() {
        ResourceInfo info = new ResourceInfo();
        assertThat(info.size()).isEqualTo(160);
        assertThat(offset(info, "ri_user_time")).isEqualTo(16);
        assertThat(offset(info, "ri_phys_footprint")).isEqualTo(72);
        assertThat(offset(info, "ri_diskio_bytesread")).isEqualTo(144);
        assertThat(ResourceInfo.FLAVOR).isEqualTo(2);
    }

    /** bsd/sys/event.h. */
    @Test
    void kernelEvents() {
        try (Memory memory = new Memory(32)) {
            KernelEvent event = new KernelEvent(memory);
            assertThat(event.size()).isEqualTo(32);
            assertThat(offset(event, "filter")).isEqualTo(8);
            assertThat(offset(event, "flags")).isEqualTo(10);
            assertThat(offset(event, "fflags")).isEqualTo(12);
            assertThat(offset(event, "data")).isEqualTo(16);
            assertThat(offset(event, "udata")).isEqualTo(24);
        }
    }

    /** bsd/sys/spawn.h, bsd/sys/fcntl.h, bsd/sys/errno.h and bsd/sys/signal.h. */
    @Test
    void numbers() {
        assertThat(SpawnSystem.MACOS.flags()).isEqualTo((short) (0x400 | 0x80 | 0x4000 | 0x4 | 0x8));
        assertThat(SystemNumbers.MACOS).isEqualTo(new SystemNumbers(35, 4, 0x200, 0x400, 8, 0x1000000, 67));
        DarwinSignals signals = new DarwinSignals();
        assertThat(signals.number(Signal.STOP)).isEqualTo(17);
        assertThat(signals.number(Signal.CONT)).isEqualTo(19);
        assertThat(signals.number(Signal.USR1)).isEqualTo(30);
        assertThat(signals.number(Signal.USR2)).isEqualTo(31);
    }

    @Test
    void aProcessIsReadFromBothStructures() {
        UniqueIdentifierInfo id = new UniqueIdentifierInfo();
        id.p_uniqueid = 700;
        id.p_puniqueid = 600;
        ShortInfo brief = new ShortInfo();
        brief.pbsi_pid = 7;
        brief.pbsi_ppid = 1;
        brief.pbsi_pgid = 6;
        brief.pbsi_status = 4;
        assertThat(DarwinTable.record(id, brief, 5))
                .isEqualTo(new ProcessRecord(700, 600, 7, 1, 6, 5, ProcessRecord.State.STOPPED));
        brief.pbsi_status = 5;
        assertThat(DarwinTable.record(id, brief, -1).state()).isEqualTo(ProcessRecord.State.ZOMBIE);
        assertThat(DarwinTable.record(id, brief, -1).session()).isZero();
    }

    /** A tick is 125/3 ns on Apple silicon. */
    @Test
    void ticksBecomeNanoseconds() {
        assertThat(new TimeBase(125, 3).nanos(24_000_000)).isEqualTo(1_000_000_000);
        assertThat(new TimeBase(125, 3).nanos(Long.MAX_VALUE / 200)).isPositive();
        ResourceInfo info = new ResourceInfo();
        info.ri_user_time = 3;
        info.ri_system_time = 6;
        info.ri_phys_footprint = 4096;
        info.ri_diskio_bytesread = 1;
        info.ri_diskio_byteswritten = 2;
        assertThat(DarwinFacts.sample(info, new TimeBase(125, 3)))
                .isEqualTo(new Sample(125, 250, 4096, OptionalLong.of(1), OptionalLong.of(2)));
    }

    private static int offset(Structure structure, String field) {
        return OffsetOf.field(structure, field);
    }
}
