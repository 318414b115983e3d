package pm.backend.macos.darwin;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import pm.backend.macos.process.ProcessFacts;
import pm.backend.macos.process.Sample;
import pm.backend.macos.tree.ProcessRecord;

/** What macOS tells about one process. */
final class DarwinFacts implements ProcessFacts {
    private final TimeBase timeBase = TimeBase.read();

    @Override
    public Optional<Sample> sample(ProcessRecord process) {
        return Libproc.resources(process.pid()).map(info -> sample(info, timeBase));
    }

    static Sample sample(ResourceInfo info, TimeBase timeBase) {
        return new Sample(
                timeBase.nanos(info.ri_user_time),
                timeBase.nanos(info.ri_system_time),
                info.ri_phys_footprint,
                OptionalLong.of(info.ri_diskio_bytesread),
                OptionalLong.of(info.ri_diskio_byteswritten));
    }

    @Override
    public String command(ProcessRecord process) {
        return ArgumentsCall.read(process.pid())
                .map(arguments -> String.join(" ", arguments.arguments()).strip())
                .filter(words -> !words.isEmpty())
                .orElseGet(() -> "["
                        + Libproc.brief(process.pid())
                                .map(brief -> text(brief.pbsi_comm))
                                .orElse("?") + "]");
    }

    static String text(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    @Override
    public Optional<Instant> started(ProcessRecord process) {
        return Libproc.whole(process.pid())
                .map(info -> Instant.ofEpochSecond(info.pbi_start_tvsec, info.pbi_start_tvusec * 1000));
    }

    @Override
    public OptionalInt exitStatus(int pid) {
        return Libproc.whole(pid)
                .filter(info -> info.pbi_status == ShortInfo.ZOMBIE)
                .map(info -> OptionalInt.of(info.pbi_xstatus))
                .orElse(OptionalInt.empty());
    }
}
