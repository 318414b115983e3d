package pm.backend.linux.cgroup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pm.api.Capabilities.Level;
import pm.api.Capabilities.Support;
import pm.api.LimitKind;
import pm.backend.linux.controller.BlkioV1;
import pm.backend.linux.controller.BlockDevices;
import pm.backend.linux.controller.Controller;
import pm.backend.linux.controller.CpuV1;
import pm.backend.linux.controller.CpuV2;
import pm.backend.linux.controller.IoV2;
import pm.backend.linux.controller.MemoryV1;
import pm.backend.linux.controller.MemoryV2;
import pm.backend.linux.controller.Pids;

/**
 * Which controllers are at work for a manager's trees, and where: in the tree's group of version 2, or in a group of its own in a hierarchy of
 * version 1.
 */
final class Seats {
    /** What version 1 calls them. */
    private static final Map<String, String> IN_V1 =
            Map.of("memory", "memory", "pids", "pids", "cpu", "cpu", "io", "blkio");

    /** A controller, and the manager's folder when it is in a hierarchy of version 1. */
    private record Seat(Controller controller, Optional<CgroupFolder> v1) {}

    private final List<Seat> seats = new ArrayList<>();
    private final Map<LimitKind, Support> supports = new EnumMap<>(LimitKind.class);

    /**
     * Looks.
     *
     * @param run where groups of version 2 are made
     * @param unified the controllers of version 2
     * @param v1 the folders in hierarchies of version 1
     */
    Seats(CgroupFolder run, HandingOn unified, V1Folders v1) {
        for (String name : HandingOn.WANTED) {
            Optional<CgroupFolder> folder = v1.of(IN_V1.get(name));
            if (unified.atWork().contains(name)) {
                add(unified(name, run, unified.atWork().contains("memory")), run, Optional.empty());
            } else if (folder.isPresent()) {
                add(ofV1(name, folder.get()), folder.get(), folder);
            } else {
                String reason = "there is no " + name + " controller of ours: "
                        + unified.refusals().getOrDefault(name, "version 2 is not asked") + "; "
                        + v1.refusal(IN_V1.get(name));
                unified(name, run, false)
                        .kinds()
                        .forEach(kind -> supports.put(kind, new Support(Level.UNSUPPORTED, reason)));
            }
        }
    }

    /**
     * A tree that somebody else made groups for.
     *
     * @param main in which it lives
     * @param counted whose figures and limits are the tree's
     */
    static TreeGroups unified(CgroupFolder main, CgroupFolder counted) {
        Set<String> present =
                Controllers.parse(counted.text("cgroup.controllers")).names();
        Map<Controller, CgroupFolder> work = new LinkedHashMap<>();
        for (String name : HandingOn.WANTED) {
            if (present.contains(name)) {
                work.put(unified(name, counted, present.contains("memory")), counted);
            }
        }
        return new TreeGroups(main, counted, List.of(), work);
    }

    /** What version 1 calls controllers. */
    static List<String> inVersion1(Set<String> names) {
        return names.stream().map(IN_V1::get).toList();
    }

    private static Controller unified(String name, CgroupFolder run, boolean withMemory) {
        return switch (name) {
            case "memory" -> new MemoryV2(run.has("memory.swap.max"));
            case "cpu" -> new CpuV2();
            case "io" -> new IoV2(BlockDevices.ofThisHost(), withMemory);
            default -> new Pids();
        };
    }

    private static Controller ofV1(String name, CgroupFolder folder) {
        return switch (name) {
            case "memory" -> new MemoryV1(folder.has("memory.memsw.limit_in_bytes"));
            case "cpu" -> new CpuV1();
            case "io" -> new BlkioV1(BlockDevices.ofThisHost());
            default -> new Pids();
        };
    }

    private void add(Controller controller, CgroupFolder probe, Optional<CgroupFolder> v1) {
        seats.add(new Seat(controller, v1));
        controller.kinds().forEach(kind -> supports.put(kind, controller.support(kind, probe)));
    }

    /** What is held, and by what. */
    Map<LimitKind, Support> supports() {
        return supports;
    }

    /** For a person. */
    List<String> facts() {
        Map<String, List<String>> byVersion = new LinkedHashMap<>();
        for (Seat seat : seats) {
            byVersion
                    .computeIfAbsent(seat.v1().isPresent() ? "1" : "2", version -> new ArrayList<>())
                    .add(seat.controller().name());
        }
        List<String> facts = new ArrayList<>();
        byVersion.forEach((version, names) ->
                facts.add("Controllers of cgroup v" + version + " for limits: " + String.join(", ", names) + "."));
        return facts.isEmpty() ? List.of("No controller of cgroups is at work for trees.") : facts;
    }

    /**
     * The groups of a tree: those of version 1 only where it needs them, for each takes time.
     *
     * @param main its group of version 2, which is there
     * @param kinds what will be limited
     */
    TreeGroups groups(CgroupFolder main, Set<LimitKind> kinds) throws IOException {
        String name = main.path().getFileName().toString();
        Map<Controller, CgroupFolder> work = new LinkedHashMap<>();
        Map<Path, CgroupFolder> made = new HashMap<>();
        try {
            for (Seat seat : seats) {
                if (seat.v1().isEmpty()) {
                    work.put(seat.controller(), main);
                } else if (seat.controller().kinds().stream().anyMatch(kinds::contains)) {
                    CgroupFolder manager = seat.v1().get();
                    CgroupFolder group = made.get(manager.path());
                    if (group == null) {
                        group = CgroupFolder.create(manager.path().resolve(name));
                        made.put(manager.path(), group);
                    }
                    work.put(seat.controller(), group);
                }
            }
        } catch (IOException e) {
            made.values().forEach(CgroupFolder::removeIfEmpty);
            throw e;
        }
        return new TreeGroups(main, main, List.copyOf(made.values()), work);
    }
}
