package pm.backend.macos.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import pm.backend.linux.proc.BootClock;
import pm.backend.linux.proc.ProcFiles;
import pm.backend.linux.proc.ProcessStat;
import pm.backend.macos.process.ProcessFacts;
import pm.backend.macos.process.Sample;
import pm.backend.macos.tree.ProcessRecord;
import pm.backend.posix.libc.Libc;

/** What {@code /proc} tells about one process. */
final class LinuxFacts implements ProcessFacts {
    private static final int STATE = 3;
    private static final int EXIT_CODE = 52;

    @Override
    public Optional<Sample> sample(ProcessRecord process) {
        return ProcFiles.stat(process.pid()).map(LinuxFacts::sample);
    }

    private static Sample sample(ProcessStat stat) {
        return new Sample(
                BootClock.HOST.duration(stat.userTicks()).toNanos(),
                BootClock.HOST.duration(stat.systemTicks()).toNanos(),
                stat.residentPages() * Libc.getpagesize(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    @Override
    public String command(ProcessRecord process) {
        return ProcFiles.stat(process.pid()).map(ProcFiles::commandLine).orElse("[gone]");
    }

    @Override
    public Optional<Instant> started(ProcessRecord process) {
        return ProcFiles.stat(process.pid()).map(stat -> BootClock.HOST.time(stat.startTicks()));
    }

    @Override
    public OptionalInt exitStatus(int pid) {
        if (ProcFiles.stat(pid).filter(ProcessStat::isAlive).isPresent()) {
            return OptionalInt.empty();
        }
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
            return fields[0].equals("Z")
                    ? OptionalInt.of(Integer.parseInt(fields[EXIT_CODE - STATE].strip()))
                    : OptionalInt.empty();
        } catch (IOException gone) {
            return OptionalInt.empty();
        }
    }
}
