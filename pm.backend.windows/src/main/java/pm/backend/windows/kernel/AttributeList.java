package pm.backend.windows.kernel;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.List;

/** A PROC_THREAD_ATTRIBUTE_LIST: what a new process inherits, and in which jobs it is born. */
final class AttributeList implements AutoCloseable {
    /** winbase.h. */
    static final long HANDLE_LIST = 0x20002;

    /** Windows 10 and later. */
    static final long JOB_LIST = 0x2000d;

    private static final int COUNT = 2;

    private final Memory list;
    private final Memory handles;
    private final Memory jobs;

    AttributeList(List<Long> inherited, List<Long> jobHandles) throws WindowsException {
        long[] size = new long[1];
        // Fails, and says how much it needs.
        Kernel32.InitializeProcThreadAttributeList(0, COUNT, 0, size);
        list = new Memory(size[0]);
        handles = array(inherited);
        jobs = array(jobHandles);
        try {
            Handle.checked(
                    Kernel32.InitializeProcThreadAttributeList(address(), COUNT, 0, size),
                    "InitializeProcThreadAttributeList");
        } catch (WindowsException refused) {
            free();
            throw refused;
        }
        try {
            set(HANDLE_LIST, handles, inherited.size(), "the list of handles");
            set(JOB_LIST, jobs, jobHandles.size(), "the list of jobs");
        } catch (WindowsException refused) {
            close();
            throw refused;
        }
    }

    private static Memory array(List<Long> values) {
        Memory memory = new Memory((long) Long.BYTES * Math.max(1, values.size()));
        for (int index = 0; index < values.size(); index++) {
            memory.setLong((long) Long.BYTES * index, values.get(index));
        }
        return memory;
    }

    private void set(long attribute, Memory values, int count, String what) throws WindowsException {
        if (count > 0) {
            long size = (long) Long.BYTES * count;
            Handle.checked(
                    Kernel32.UpdateProcThreadAttribute(
                            address(), 0, attribute, Pointer.nativeValue(values), size, 0, 0),
                    "UpdateProcThreadAttribute, " + what);
        }
    }

    long address() {
        return Pointer.nativeValue(list);
    }

    @Override
    public void close() {
        Kernel32.DeleteProcThreadAttributeList(address());
        free();
    }

    private void free() {
        list.close();
        handles.close();
        jobs.close();
    }
}
