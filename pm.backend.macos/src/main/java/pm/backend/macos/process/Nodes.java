package pm.backend.macos.process;

import java.util.ArrayList;
import java.util.List;
import pm.api.ProcessTree;
import pm.backend.macos.tree.ProcessRecord;

/** Processes as callers see them. */
final class Nodes {
    private Nodes() {}

    static List<ProcessTree.Node> of(ProcessFacts facts, List<ProcessRecord> living, List<ProcessRecord> zombies) {
        List<ProcessTree.Node> nodes = new ArrayList<>();
        living.forEach(process -> nodes.add(node(facts, process)));
        zombies.forEach(process -> nodes.add(node(facts, process)));
        return nodes;
    }

    private static ProcessTree.Node node(ProcessFacts facts, ProcessRecord process) {
        String state =
                switch (process.state()) {
                    case RUNNING -> "R";
                    case STOPPED -> "T";
                    case ZOMBIE -> "Z";
                };
        return new ProcessTree.Node(
                process.pid(), process.parentPid(), facts.command(process), state, facts.started(process));
    }
}
