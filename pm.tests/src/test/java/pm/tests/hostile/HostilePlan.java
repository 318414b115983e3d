package pm.tests.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Trees, drawn by a seed: what their processes do ({@code hostile-tree.py}), and how they and their JVM end. Immutable.
 *
 * @param seed from which all else follows
 * @param mode what holds the trees
 * @param trees all of one manager
 * @param jvmEnding how the JVM ends when the trees have ended that end before it
 * @param pauseMillis how long after the start of all trees it is ended, where it is ended from outside
 */
record HostilePlan(long seed, Mode mode, List<Tree> trees, JvmEnding jvmEnding, int pauseMillis) {
    private static final int MOST_TREES = 4;
    private static final int MOST_BRANCHES = 5;
    private static final int MOST_ACTS = 5;
    private static final int LONGEST_PAUSE_MILLIS = 400;

    private static final List<String> ACTS = List.of(
            "fork", "orphan", "setsid", "pgrp", "ignore", "brood", "run", "trace", "userns", "pidns", "env", "thread",
            "stop", "wait");
    /** What needs root, or a control group, which root has here. */
    private static final List<String> ACTS_OF_ROOT = List.of("uid", "subgroup", "freeze", "chmod");

    private static final List<String> LEADERS =
            List.of("", "exit", "ignore", "ignore,stop", "wait,exit", "setsid", "thread");

    /** A tree: the acts of its leader, those of each of the leader's children, and its end. */
    record Tree(String leader, List<String> branches, TreeEnding ending) {
        List<String> arguments() {
            List<String> arguments = new ArrayList<>(List.of(ending.name(), leader));
            arguments.addAll(branches);
            return arguments;
        }
    }

    /** How a tree ends. */
    enum TreeEnding {
        /** Its leader is waited for, whatever the leader does, and it is closed when that does not end. */
        EXIT,
        STOP,
        KILL,
        CLOSE,
        TIMEOUT,
        /** By the end of the JVM. */
        NONE
    }

    /** How the JVM ends. */
    enum JvmEnding {
        CLOSE,
        RETURN,
        EXIT,
        HALT,
        SIGTERM,
        SIGKILL,
        /** With a control group only: without one this is survived by trees ({@code docs/guarantees.md}). */
        SIGKILL_WITH_GUARD;

        boolean isFromOutside() {
            return name().startsWith("SIG");
        }
    }

    static HostilePlan of(long seed) {
        Random random = new Random(seed);
        Mode mode = random.nextBoolean() ? Mode.CGROUP : Mode.SUPERVISION;
        List<Tree> trees = new ArrayList<>();
        for (int count = 1 + random.nextInt(MOST_TREES); count > 0; count--) {
            trees.add(tree(random, mode));
        }
        JvmEnding[] endings = JvmEnding.values();
        JvmEnding ending = endings[random.nextInt(mode == Mode.CGROUP ? endings.length : endings.length - 1)];
        return new HostilePlan(seed, mode, List.copyOf(trees), ending, random.nextInt(LONGEST_PAUSE_MILLIS));
    }

    private static Tree tree(Random random, Mode mode) {
        List<String> branches = new ArrayList<>();
        for (int count = 1 + random.nextInt(MOST_BRANCHES); count > 0; count--) {
            branches.add(branch(random, mode));
        }
        if (random.nextInt(4) == 0) {
            branches.add("wait," + attack(random, mode));
        }
        return new Tree(one(LEADERS, random), List.copyOf(branches), one(List.of(TreeEnding.values()), random));
    }

    /** Without a control group a tree that kills its own launcher is only reported ({@code docs/guarantees.md}). */
    private static String attack(Random random, Mode mode) {
        return mode == Mode.CGROUP && random.nextBoolean() ? "kill-launcher" : "stop-launcher";
    }

    private static String branch(Random random, Mode mode) {
        List<String> possible = new ArrayList<>(ACTS);
        if (mode == Mode.CGROUP) {
            possible.addAll(ACTS_OF_ROOT);
        }
        List<String> acts = new ArrayList<>();
        for (int count = 1 + random.nextInt(MOST_ACTS); count > 0; count--) {
            acts.add(one(possible, random));
        }
        return String.join(",", acts);
    }

    private static <T> T one(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    /** Whether a tree attacks the guard, without which the JVM's end leaves its trees to the next manager. */
    boolean mayLoseItsGuard() {
        return mode == Mode.CGROUP
                && (jvmEnding == JvmEnding.SIGKILL_WITH_GUARD
                        || trees.stream()
                                .flatMap(tree -> tree.branches().stream())
                                .anyMatch(branch -> branch.endsWith("-launcher")));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "seed %d: %s, then %s after %d ms", seed, mode, jvmEnding, pauseMillis));
        trees.forEach(tree -> text.append("\n  ")
                .append(tree.ending())
                .append(": leader [")
                .append(tree.leader())
                .append("], branches ")
                .append(tree.branches()));
        return text.toString();
    }
}
