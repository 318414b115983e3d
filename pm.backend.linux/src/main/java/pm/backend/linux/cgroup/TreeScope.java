package pm.backend.linux.cgroup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.backend.linux.scope.ScopeRequest;
import pm.backend.linux.scope.Scopes;
import pm.spi.BackendException;
import pm.spi.Uninterrupted;

/** The scope of one tree, asked for when its launcher waits. */
public final class TreeScope {
    /** How the units of all trees begin. */
    public static final String PREFIX = "pm-";

    private static final int MOST_DESCRIPTION = 200;

    // systemd answers before it has put a controller to work; that follows within milliseconds.
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

    private final Scopes scopes;
    private final String unit;
    private volatile Limits limits;
    private final boolean countsSwap;
    private ScopeFolders folders;
    private Optional<TreeGroups> groups = Optional.empty();

    /**
     * Asks for nothing yet.
     *
     * @param limits of the tree: only what systemd limits, or the launcher for each process
     * @param countsSwap whether groups have a limit of swap
     */
    public TreeScope(Scopes scopes, String unit, Limits limits, boolean countsSwap) {
        this.scopes = scopes;
        this.unit = unit;
        this.limits = limits;
        this.countsSwap = countsSwap;
    }

    String unit() {
        return unit;
    }

    Limits limits() {
        return limits;
    }

    /**
     * Lets systemd move the launcher into a new scope.
     *
     * @param shownCommand for who lists units
     */
    TreeGroups open(long launcher, List<String> shownCommand) throws BackendException {
        scopes.start(new ScopeRequest(unit, description(shownCommand), launcher, amounts(limits)));
        Path folder = OwnGroup.find(launcher);
        if (!folder.getFileName().toString().equals(unit)) {
            throw new BackendException(
                    "Could not use " + unit + ": systemd says that the launcher is in it, but it is in " + folder);
        }
        try {
            folders = ScopeFolders.make(folder, launcher);
            TreeGroups made = folders.groups();
            check(made, limits);
            groups = Optional.of(made);
            return made;
        } catch (IOException e) {
            throw new BackendException("Could not make groups in " + folder + ": " + e.getMessage(), e);
        }
    }

    /** systemd takes limits also where it cannot have the kernel hold them; nothing is started then. */
    private void check(TreeGroups made, Limits wanted) throws BackendException {
        Optional<LimitKind> failed = notHeld(made, wanted);
        if (failed.isPresent()) {
            throw new BackendException("Could not limit " + failed.get().label()
                    + ": systemd has taken it, but the kernel does not hold it in " + made.counted());
        }
    }

    private Optional<LimitKind> notHeld(TreeGroups made, Limits wanted) {
        return wanted.kinds().stream()
                .filter(scopes::limits)
                .filter(kind -> !made.canLimit(kind)
                        || (isIo(kind) && made.counted().text("io.max").isBlank()))
                .findFirst();
    }

    private void awaitHeld(TreeGroups made, Limits wanted) throws BackendException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        folders.refresh(made);
        while (notHeld(made, wanted).isPresent() && System.nanoTime() - end < 0) {
            Uninterrupted.pause(LOOK_AGAIN);
            folders.refresh(made);
        }
        check(made, wanted);
    }

    private static boolean isIo(LimitKind kind) {
        return switch (kind) {
            case READ_BANDWIDTH, WRITE_BANDWIDTH, READ_OPERATIONS, WRITE_OPERATIONS -> true;
            default -> false;
        };
    }

    /** The command has been born. */
    void leave(long launcher) throws IOException {
        folders.leave(launcher);
    }

    /** One line, without what would do harm on a terminal. */
    static String description(List<String> shownCommand) {
        String line = "pm: " + String.join(" ", shownCommand).replaceAll("\\p{Cntrl}", " ");
        return line.length() <= MOST_DESCRIPTION ? line : line.substring(0, MOST_DESCRIPTION) + "…";
    }

    /** Those that are systemd's part. */
    Map<LimitKind, Long> amounts(Limits wanted) {
        Map<LimitKind, Long> amounts = new EnumMap<>(LimitKind.class);
        wanted.amounts().forEach((kind, amount) -> {
            if (scopes.limits(kind)) {
                // The launcher is in the scope too.
                amounts.put(kind, kind == LimitKind.PROCESSES ? amount + 1 : amount);
            }
        });
        if (countsSwap && amounts.containsKey(LimitKind.MEMORY)) {
            amounts.putIfAbsent(LimitKind.SWAP, 0L);
        }
        return amounts;
    }

    synchronized void update(Limits wanted) throws BackendException {
        for (LimitKind kind : wanted.kinds()) {
            if (!scopes.limits(kind)) {
                throw new BackendException("Could not change " + kind.label()
                        + ": it holds for each process from its start, nothing was changed");
            }
        }
        Limits all = limits;
        for (Map.Entry<LimitKind, Long> amount : wanted.amounts().entrySet()) {
            all = all.with(amount.getKey(), amount.getValue());
        }
        scopes.update(unit, amounts(all));
        if (groups.isPresent()) {
            awaitHeld(groups.get(), wanted);
        }
        limits = all;
    }
}
