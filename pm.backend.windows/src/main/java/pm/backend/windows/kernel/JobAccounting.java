package pm.backend.windows.kernel;

import java.time.Duration;

/**
 * JOBOBJECT_BASIC_AND_IO_ACCOUNTING_INFORMATION (winnt.h): of all processes that are or were in the job.
 *
 * @param user CPU time in user mode
 * @param kernel CPU time in the kernel
 * @param readBytes of all read operations, cached ones and pipes among them
 * @param writtenBytes of all write operations
 */
public record JobAccounting(Duration user, Duration kernel, long readBytes, long writtenBytes) {
    static final int KIND = 8;
    static final int SIZE = 96;
    private static final int TOTAL_USER_TIME = 0;
    private static final int TOTAL_KERNEL_TIME = 8;
    /** IO_COUNTERS follow the 48 bytes of the basic information: three counts of operations, then three of bytes. */
    private static final int READ_TRANSFER_COUNT = 48 + 24;

    private static final int WRITE_TRANSFER_COUNT = READ_TRANSFER_COUNT + 8;

    static JobAccounting of(Fields fields) {
        return new JobAccounting(
                FileTime.duration(fields.wide(TOTAL_USER_TIME)),
                FileTime.duration(fields.wide(TOTAL_KERNEL_TIME)),
                fields.wide(READ_TRANSFER_COUNT),
                fields.wide(WRITE_TRANSFER_COUNT));
    }
}
