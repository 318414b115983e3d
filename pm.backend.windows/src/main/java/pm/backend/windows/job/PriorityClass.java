package pm.backend.windows.job;

/** The priority classes of processes (processthreadsapi.h). There are five without special rights; nice values are forty. */
final class PriorityClass {
    static final int IDLE = 0x40;
    static final int BELOW_NORMAL = 0x4000;
    static final int NORMAL = 0x20;
    static final int ABOVE_NORMAL = 0x8000;
    static final int HIGH = 0x80;

    private static final int MUCH = 10;

    private PriorityClass() {}

    /** The class that is meant by a nice value of nice(2): 19 is the lowest. */
    static int ofNice(int nice) {
        if (nice == 0) {
            return NORMAL;
        }
        if (nice > 0) {
            return nice >= MUCH ? IDLE : BELOW_NORMAL;
        }
        return nice <= -MUCH ? HIGH : ABOVE_NORMAL;
    }
}
