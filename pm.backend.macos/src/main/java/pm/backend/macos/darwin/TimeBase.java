package pm.backend.macos.darwin;

/**
 * How long a tick of mach_absolute_time is (mach/mach_time.h): a nanosecond on Intel, 125/3 of one on Apple silicon.
 *
 * @param numerator of the fraction of a nanosecond
 * @param denominator of it
 */
record TimeBase(int numerator, int denominator) {
    static TimeBase read() {
        int[] ratio = new int[2];
        int refused = DarwinLibc.mach_timebase_info(ratio);
        return refused != 0 || ratio[1] == 0 ? new TimeBase(1, 1) : new TimeBase(ratio[0], ratio[1]);
    }

    /** Whole and rest apart, so that nothing overflows. */
    long nanos(long ticks) {
        return ticks / denominator * numerator + ticks % denominator * numerator / denominator;
    }
}
