package pm.backend.linux.controller;

/**
 * So much time of CPUs in each period, in microseconds (the kernel's sched-bwc.rst).
 *
 * @param quota time on CPUs
 * @param period in which it is given
 */
record Bandwidth(long quota, long period) {
    /** The kernel's own default. */
    private static final long PERIOD = 100_000;
    /** The longest that the kernel takes: for shares so small that the quota would be below the least, a millisecond. */
    private static final long LONG_PERIOD = 1_000_000;

    private static final long LEAST_QUOTA = 1_000;
    private static final long THOUSANDTHS = 1_000;

    static Bandwidth of(long thousandthsOfCpu) {
        long quota = thousandthsOfCpu * PERIOD / THOUSANDTHS;
        return quota >= LEAST_QUOTA
                ? new Bandwidth(quota, PERIOD)
                : new Bandwidth(thousandthsOfCpu * LONG_PERIOD / THOUSANDTHS, LONG_PERIOD);
    }
}
