package pm.backend.windows.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sizes, offsets and constants as a C compiler for 64-bit Windows has them (mingw-w64, windows.h). */
class LayoutTest {
    private static Map<String, Long> compiler;

    @BeforeAll
    static void read() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                LayoutTest.class.getResourceAsStream("struct-sizes.txt"), StandardCharsets.US_ASCII))) {
            compiler = lines.lines()
                    .map(line -> List.of(line.split(" ", -1)))
                    .collect(Collectors.toMap(
                            words -> words.get(0) + " " + words.get(1), words -> Long.decode(words.get(2))));
        }
    }

    private static void assertSame(Map<String, Number> ours) {
        ours.forEach((name, value) -> assertThat(value.longValue()).as(name).isEqualTo(compiler.get(name)));
    }

    @Test
    void limitsOfJobs() {
        String basic = "offsetof JOBOBJECT_BASIC_LIMIT_INFORMATION.";
        String extended = "offsetof JOBOBJECT_EXTENDED_LIMIT_INFORMATION.";
        assertSame(Map.of(
                basic + "LimitFlags", JobLimits.LIMIT_FLAGS,
                basic + "ActiveProcessLimit", JobLimits.ACTIVE_PROCESS_LIMIT,
                basic + "Affinity", JobLimits.AFFINITY,
                basic + "PriorityClass", JobLimits.PRIORITY_CLASS,
                extended + "ProcessMemoryLimit", JobLimits.PROCESS_MEMORY_LIMIT,
                extended + "JobMemoryLimit", JobLimits.JOB_MEMORY_LIMIT,
                extended + "PeakJobMemoryUsed", JobLimits.PEAK_JOB_MEMORY_USED));
        assertSame(Map.of(
                "sizeof JOBOBJECT_EXTENDED_LIMIT_INFORMATION", JobLimits.SIZE,
                "sizeof JOBOBJECT_CPU_RATE_CONTROL_INFORMATION", CpuRate.SIZE,
                "offsetof JOBOBJECT_CPU_RATE_CONTROL_INFORMATION.CpuRate", CpuRate.CPU_RATE));
        assertSame(Map.of(
                "const JobObjectExtendedLimitInformation", JobLimits.KIND,
                "const JobObjectCpuRateControlInformation", CpuRate.KIND,
                "const JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE", JobLimits.LIMIT_KILL_ON_JOB_CLOSE,
                "const JOB_OBJECT_LIMIT_BREAKAWAY_OK", JobLimits.LIMIT_BREAKAWAY_OK,
                "const JOB_OBJECT_LIMIT_ACTIVE_PROCESS", JobLimits.LIMIT_ACTIVE_PROCESS,
                "const JOB_OBJECT_LIMIT_PROCESS_MEMORY", JobLimits.LIMIT_PROCESS_MEMORY,
                "const JOB_OBJECT_LIMIT_JOB_MEMORY", JobLimits.LIMIT_JOB_MEMORY,
                "const JOB_OBJECT_LIMIT_AFFINITY", JobLimits.LIMIT_AFFINITY,
                "const JOB_OBJECT_LIMIT_PRIORITY_CLASS", JobLimits.LIMIT_PRIORITY_CLASS));
    }

    @Test
    void whatJobsTell() {
        assertSame(Map.of(
                "sizeof JOBOBJECT_BASIC_ACCOUNTING_INFORMATION", Job.BASIC_ACCOUNTING_SIZE,
                "offsetof JOBOBJECT_BASIC_ACCOUNTING_INFORMATION.ActiveProcesses", Job.ACTIVE_PROCESSES,
                "sizeof JOBOBJECT_BASIC_AND_IO_ACCOUNTING_INFORMATION", JobAccounting.SIZE,
                "const JobObjectBasicAndIoAccountingInformation", JobAccounting.KIND,
                "offsetof JOBOBJECT_BASIC_PROCESS_ID_LIST.ProcessIdList", Job.PROCESS_ID_LIST_HEAD,
                "sizeof JOBOBJECT_ASSOCIATE_COMPLETION_PORT", Job.ASSOCIATE_COMPLETION_PORT_SIZE,
                "offsetof JOBOBJECT_ASSOCIATE_COMPLETION_PORT.CompletionPort", Job.COMPLETION_PORT));
        assertSame(Map.of(
                "const JobObjectBasicAccountingInformation", Job.BASIC_ACCOUNTING,
                "const JobObjectBasicProcessIdList", Job.BASIC_PROCESS_ID_LIST,
                "const JobObjectAssociateCompletionPortInformation", Job.ASSOCIATE_COMPLETION_PORT));
    }

    @Test
    void processes() {
        assertSame(Map.of(
                "sizeof STARTUPINFOEXW", ProcessCreation.STARTUP_INFO_SIZE,
                "offsetof STARTUPINFOW.dwFlags", ProcessCreation.STARTUP_FLAGS,
                "offsetof STARTUPINFOW.hStdInput", ProcessCreation.STARTUP_STREAMS,
                "offsetof STARTUPINFOEXW.lpAttributeList", ProcessCreation.STARTUP_ATTRIBUTES,
                "sizeof PROCESS_INFORMATION", ProcessCreation.PROCESS_INFORMATION_SIZE,
                "const PROC_THREAD_ATTRIBUTE_HANDLE_LIST", AttributeList.HANDLE_LIST,
                "const PROC_THREAD_ATTRIBUTE_JOB_LIST", AttributeList.JOB_LIST,
                "sizeof PROCESS_MEMORY_COUNTERS_EX", HeldProcess.MEMORY_COUNTERS_SIZE,
                "offsetof PROCESS_MEMORY_COUNTERS_EX.PrivateUsage", HeldProcess.PRIVATE_USAGE,
                "sizeof OVERLAPPED", Overlapped.SIZE));
    }
}
