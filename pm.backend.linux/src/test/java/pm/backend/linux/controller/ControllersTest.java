package pm.backend.linux.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pm.api.Capabilities.Level;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.Pressure;
import pm.api.ResourceUsage;
import pm.backend.linux.kernel.Errno;
import pm.spi.BackendException;

/** What is written for limits, and what is read from texts that kernels gave. */
class ControllersTest {
    private static final Limits MEMORY = Limits.none().memory(64, Limits.MIB);
    private static final String DISK = "254:0";

    /** The files of a group as texts. */
    private record Texts(Map<String, String> texts) implements GroupFiles {
        @Override
        public boolean has(String file) {
            return texts.containsKey(file);
        }

        @Override
        public String text(String file) {
            return texts.getOrDefault(file, "");
        }
    }

    private static List<String> written(Controller controller, Limits limits) throws BackendException {
        return controller.values(limits).stream()
                .map(value -> value.file() + " " + value.value())
                .toList();
    }

    private static Figures read(Controller controller, Map<String, String> texts) {
        Figures figures = new Figures();
        controller.read(new Texts(texts), figures);
        return figures;
    }

    @Test
    void memoryForbidsSwapUnlessItIsLimitedItself() throws Exception {
        assertThat(written(new MemoryV2(true), MEMORY))
                .containsExactly("memory.swap.max 0", "memory.oom.group 1", "memory.max 67108864");
        assertThat(written(new MemoryV2(true), MEMORY.swap(1, Limits.KIB))).contains("memory.swap.max 1024");
        assertThat(written(new MemoryV2(true), Limits.none().swap(0, Limits.KIB)))
                .containsExactly("memory.swap.max 0");
        assertThat(written(new MemoryV2(false), MEMORY)).containsExactly("memory.oom.group 1", "memory.max 67108864");
        assertThat(written(new MemoryV2(true), Limits.none())).isEmpty();
    }

    @Test
    void version1LimitsMemoryAndSwapTogetherInAnOrderThatTheKernelTakes() throws Exception {
        assertThat(written(new MemoryV1(true), MEMORY))
                .containsExactly(
                        "memory.memsw.limit_in_bytes 67108864",
                        "memory.limit_in_bytes 67108864",
                        "memory.memsw.limit_in_bytes 67108864");
        assertThat(written(new MemoryV1(true), MEMORY.swap(1, Limits.KIB)))
                .endsWith("memory.memsw.limit_in_bytes 67109888");
        assertThat(written(new MemoryV1(false), MEMORY)).containsExactly("memory.limit_in_bytes 67108864");
        assertThat(written(new MemoryV1(true), Limits.none().swap(0, Limits.KIB)))
                .isEmpty();
    }

    @Test
    void killsForWantOfMemoryAreViolations() {
        Map<String, String> v2 = Map.of(
                "memory.current", "4096\n",
                "memory.peak", "8192\n",
                "memory.events", "low 0\nhigh 0\nmax 40\noom 1\noom_kill 2\noom_group_kill 1\n");
        Map<String, String> v1 = Map.of(
                "memory.usage_in_bytes", "4096\n",
                "memory.max_usage_in_bytes", "8192\n",
                "memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n");

        for (Figures figures : List.of(read(new MemoryV2(true), v2), read(new MemoryV1(true), v1))) {
            assertThat(figures.usage(ResourceUsage.NONE).memoryBytes()).hasValue(4096);
            assertThat(figures.usage(ResourceUsage.NONE).peakMemoryBytes()).hasValue(8192);
            assertThat(figures.violations())
                    .extracting(LimitViolation::kind, LimitViolation::times)
                    .containsExactly(tuple(LimitKind.MEMORY, 2L));
        }
        assertThat(read(new MemoryV2(true), Map.of("memory.events", "max 40\noom 1\noom_kill 0\n"))
                        .violations())
                .isEmpty();
    }

    @Test
    void sharesOfCpusAreQuotasThatTheKernelTakes() throws Exception {
        assertThat(written(new CpuV2(), Limits.none().cpus(0.5))).containsExactly("cpu.max 50000 100000");
        assertThat(written(new CpuV2(), Limits.none().cpus(3))).containsExactly("cpu.max 300000 100000");
        // The least quota is a millisecond.
        assertThat(written(new CpuV2(), Limits.none().cpus(0.001))).containsExactly("cpu.max 1000 1000000");
        assertThat(written(new CpuV1(), Limits.none().cpus(0.5)))
                .containsExactly("cpu.cfs_period_us 100000", "cpu.cfs_quota_us 50000");
        assertThat(written(new CpuV2(), Limits.none().with(LimitKind.CPU_WEIGHT, 100)))
                .containsExactly("cpu.weight 100");
        assertThat(written(new CpuV1(), Limits.none().with(LimitKind.CPU_WEIGHT, 100)))
                .containsExactly("cpu.shares 1024");
        assertThat(written(new CpuV1(), Limits.none().with(LimitKind.CPU_WEIGHT, 1)))
                .containsExactly("cpu.shares 10");
    }

    @Test
    void throttlingIsAShareAndAViolation() {
        Figures v2 = read(
                new CpuV2(),
                Map.of("cpu.stat", "usage_usec 9\nnr_periods 40\nnr_throttled 10\nthrottled_usec 250000\n"));
        Figures v1 =
                read(new CpuV1(), Map.of("cpu.stat", "nr_periods 40\nnr_throttled 10\nthrottled_time 250000000\n"));

        for (Figures figures : List.of(v2, v1)) {
            assertThat(figures.usage(ResourceUsage.NONE).throttledShare()).hasValue(0.25);
            assertThat(figures.violations())
                    .singleElement()
                    .extracting(LimitViolation::detail)
                    .isEqualTo("the CPU was withheld in 10 of 40 periods, 250 ms in all");
        }
        assertThat(read(new CpuV2(), Map.of("cpu.stat", "usage_usec 9\nnr_periods 0\nnr_throttled 0\n"))
                        .usage(ResourceUsage.NONE)
                        .throttledShare())
                .isEmpty();
    }

    @Test
    void refusedForksAreCounted() throws Exception {
        Figures figures =
                read(new Pids(), Map.of("pids.current", "3\n", "pids.peak", "20\n", "pids.events", "max 812\n"));

        assertThat(written(new Pids(), Limits.none().processes(20))).containsExactly("pids.max 20");
        assertThat(figures.usage(ResourceUsage.NONE).processes()).hasValue(3);
        assertThat(figures.usage(ResourceUsage.NONE).peakProcesses()).hasValue(20);
        assertThat(figures.violations())
                .extracting(LimitViolation::kind, LimitViolation::times)
                .containsExactly(tuple(LimitKind.PROCESSES, 812L));
        // Before Linux 6.1 there is no peak.
        assertThat(read(new Pids(), Map.of("pids.current", "3\n"))
                        .usage(ResourceUsage.NONE)
                        .peakProcesses())
                .isEmpty();
    }

    @Test
    void moreProcessesThanTheKernelCountsAreNoLimit() throws Exception {
        assertThat(written(new Pids(), Limits.none().processes(4_194_303))).containsExactly("pids.max 4194303");
        assertThat(written(new Pids(), Limits.none().processes(4_194_304))).containsExactly("pids.max max");
        assertThat(written(new Pids(), Limits.none().processes(Integer.MAX_VALUE)))
                .containsExactly("pids.max max");
    }

    @Test
    void aRefusalThatDoesNotExplainItselfIsExplained() {
        assertThat(new CpuV1().advice("cpu.cfs_quota_us", Errno.EINVAL))
                .hasValueSatisfying(advice -> assertThat(advice).contains("fewer CPUs"));
        assertThat(new CpuV1().advice("cpu.cfs_quota_us", Errno.ENOENT)).isEmpty();
        assertThat(new MemoryV1(true).advice("memory.limit_in_bytes", Errno.EBUSY))
                .isPresent();
        assertThat(new Pids().advice("pids.max", Errno.EINVAL)).isEmpty();
    }

    @Test
    void whatUndoesAWriteIsWhatWasThere() {
        FileValue one = new Pids().values(Limits.none().processes(20)).get(0);
        Limits reads = Limits.none().with(LimitKind.READ_BANDWIDTH, 1000);
        FileValue v2 = new IoV2(disks("8:1"), true).values(reads).get(0);
        FileValue v1 = new BlkioV1(disks("8:1")).values(reads).get(0);
        String other = "8:10 rbps=5 wbps=max riops=max wiops=max\n";

        assertThat(one.undo("max\n")).isEqualTo("max");
        assertThat(v2.undo(other)).isEqualTo("8:1 rbps=max wbps=max riops=max wiops=max");
        assertThat(v2.undo(other + "8:1 rbps=7 wbps=max riops=9 wiops=max\n"))
                .isEqualTo("8:1 rbps=7 wbps=max riops=9 wiops=max");
        assertThat(v1.undo("8:10 5\n")).isEqualTo("8:1 0");
        assertThat(v1.undo("8:10 5\n8:1 7\n")).isEqualTo("8:1 7");
    }

    @Test
    void thatATreeMaySwapIsSaid() {
        for (boolean countsSwap : new boolean[] {true, false}) {
            for (Controller memory : List.of(new MemoryV1(countsSwap), new MemoryV2(countsSwap))) {
                assertThat(memory.support(LimitKind.MEMORY, new Texts(Map.of()))
                                .reason()
                                .contains("may swap"))
                        .isEqualTo(!countsSwap);
            }
        }
    }

    private static BlockDevices disks(String... numbers) {
        return new BlockDevices(() -> List.of(numbers));
    }

    @Test
    void inputAndOutputAreLimitedForEachDevice() throws Exception {
        Limits limits = Limits.none().with(LimitKind.READ_BANDWIDTH, 1000).with(LimitKind.WRITE_OPERATIONS, 5);

        assertThat(written(new IoV2(disks(DISK, "8:0"), true), limits))
                .containsExactly("io.max 254:0 rbps=1000 wiops=5", "io.max 8:0 rbps=1000 wiops=5");
        assertThat(written(new BlkioV1(disks(DISK)), limits))
                .containsExactly(
                        "blkio.throttle.read_bps_device 254:0 1000", "blkio.throttle.write_iops_device 254:0 5");
    }

    @Test
    void bufferedWritesAreSeenByVersion2WithMemoryOnly() {
        Texts v2 = new Texts(Map.of("io.max", ""));
        Texts v1 = new Texts(Map.of("blkio.throttle.write_bps_device", "", "blkio.throttle.read_bps_device", ""));

        assertThat(new IoV2(disks(DISK), true)
                        .support(LimitKind.WRITE_BANDWIDTH, v2)
                        .level())
                .isEqualTo(Level.ENFORCED);
        assertThat(new IoV2(disks(DISK), false)
                        .support(LimitKind.WRITE_BANDWIDTH, v2)
                        .level())
                .isEqualTo(Level.APPROXIMATED);
        assertThat(new BlkioV1(disks(DISK))
                        .support(LimitKind.WRITE_BANDWIDTH, v1)
                        .level())
                .isEqualTo(Level.APPROXIMATED);
        assertThat(new BlkioV1(disks(DISK))
                        .support(LimitKind.READ_BANDWIDTH, v1)
                        .level())
                .isEqualTo(Level.ENFORCED);
        assertThat(new BlkioV1(disks()).support(LimitKind.READ_BANDWIDTH, v1).level())
                .isEqualTo(Level.UNSUPPORTED);
    }

    @Test
    void bytesAreSummedOverDevices() {
        String io = """
                8:16 rbytes=1459200 wbytes=314773504 rios=192 wios=353 dbytes=0 dios=0
                8:0 rbytes=800 wbytes=0 rios=223 wios=0 dbytes=0 dios=0
                """;
        String blkio = """
                8:16 Read 1459200
                8:16 Write 314773504
                8:16 Total 316232704
                8:0 Read 800
                8:0 Write 0
                Total 316233504
                """;

        assertThat(IoV2.sum(io, "rbytes=")).isEqualTo(1_460_000);
        assertThat(IoV2.sum(io, "wbytes=")).isEqualTo(314_773_504);
        assertThat(BlkioV1.sum(blkio, "Read")).isEqualTo(1_460_000);
        assertThat(BlkioV1.sum(blkio, "Write")).isEqualTo(314_773_504);
    }

    @Test
    void cpuTimeAndPressureNeedNoController() {
        String some = "some avg10=0.00 avg60=0.00 avg300=0.00 total=";
        Figures figures = new Figures();
        figures.readBasics(new Texts(Map.of(
                "cpu.stat", "usage_usec 30\nuser_usec 10\nsystem_usec 20\n",
                "cpu.pressure", some + "1000\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=7\n",
                "memory.pressure", some + "2000\n",
                "io.pressure", some + "3000\n")));

        ResourceUsage usage = figures.usage(ResourceUsage.NONE);
        assertThat(usage.cpuUser()).isEqualTo(Duration.ofNanos(10_000));
        assertThat(usage.cpuSystem()).isEqualTo(Duration.ofNanos(20_000));
        assertThat(usage.pressure())
                .contains(new Pressure(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3)));
        assertThat(Keyed.value("user_usec 10\n", "sec")).isEmpty();
    }
}
