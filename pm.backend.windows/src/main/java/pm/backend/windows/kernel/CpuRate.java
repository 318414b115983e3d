package pm.backend.windows.kernel;

/**
 * JOBOBJECT_CPU_RATE_CONTROL_INFORMATION (winnt.h) with a hard cap.
 *
 * @param rate of all processors of the machine together, in hundredths of a percent: 1 to 10000; 0 lifts the cap
 */
public record CpuRate(int rate) {
    static final int KIND = 15;
    static final int SIZE = 8;
    static final int CPU_RATE = 4;
    /** JOB_OBJECT_CPU_RATE_CONTROL_ENABLE and …_HARD_CAP. */
    private static final int ENABLED_HARD = 0x1 | 0x4;

    /** ALL_PROCESSOR_GROUPS (winnt.h). */
    private static final short ALL_GROUPS = -1;

    private static final int WHOLE = 10_000;
    private static final int THOUSANDTHS = 1000;

    /**
     * For so many CPUs of a machine. A machine that has no more than that needs no cap.
     *
     * @param cpus in thousandths
     * @param processors of the machine
     */
    public static CpuRate of(long cpus, int processors) {
        long rate = Math.multiplyExact(cpus, WHOLE) / Math.multiplyExact((long) processors, THOUSANDTHS);
        return new CpuRate(rate >= WHOLE ? 0 : (int) Math.max(1, rate));
    }

    /** Processors of the machine, also those that this JVM may not use. */
    public static int processors() {
        return Kernel32.GetActiveProcessorCount(ALL_GROUPS);
    }

    byte[] bytes() {
        return new Fields(SIZE)
                .put(0, rate == 0 ? 0 : ENABLED_HARD)
                .put(CPU_RATE, rate)
                .bytes();
    }
}
