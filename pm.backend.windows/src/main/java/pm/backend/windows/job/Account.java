package pm.backend.windows.job;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import pm.api.ResourceUsage;
import pm.backend.windows.kernel.WindowsException;

/** What a tree has used. Safe for use by any thread. */
interface Account {
    /** A message of the job (winnt.h, JOB_OBJECT_MSG_…). */
    void told(int message, int pid);

    /** Up to now. */
    ResourceUsage usage() throws WindowsException;

    /** Lets go of what it holds. */
    void close();

    /** Where nobody counts pressure, throttling or a peak of processes. */
    static ResourceUsage figures(
            Duration user,
            Duration kernel,
            OptionalLong memory,
            OptionalLong peak,
            OptionalLong read,
            OptionalLong written,
            int processes) {
        ResourceUsage counted = ResourceUsage.ofProcess(user, kernel, peak, read, written);
        return new ResourceUsage(
                counted.cpuUser(),
                counted.cpuSystem(),
                memory,
                counted.peakMemoryBytes(),
                counted.readBytes(),
                counted.writtenBytes(),
                OptionalInt.of(processes),
                counted.peakProcesses(),
                counted.throttledShare(),
                counted.pressure());
    }
}
