package pm.tests.hostile;

import java.util.ArrayList;
import java.util.List;

/** A cell of the matrix. */
record Combination(Mode mode, Program program, Ending ending) {
    private static final List<Mode> MODES = List.of(Mode.values());
    private static final List<Program> PROGRAMS = List.of(Program.values());
    private static final List<Ending> ENDINGS = List.of(Ending.values());

    /** Every cell that makes sense. */
    static List<Combination> all() {
        return everyNth(1);
    }

    /**
     * A fifth of the cells, in which every program still meets both modes and several endings, and every ending both modes and several
     * programs: diagonals of the tables, shifted by mode.
     */
    static List<Combination> pairwise() {
        return everyNth(5);
    }

    private static List<Combination> everyNth(int step) {
        List<Combination> cells = new ArrayList<>();
        for (int m = 0; m < MODES.size(); m++) {
            for (int e = 0; e < ENDINGS.size(); e++) {
                // Innermost: neighbours run together, and several storms at once take all processors.
                for (int p = 0; p < PROGRAMS.size(); p++) {
                    boolean chosen = (p + 2 * e + m) % step == 0;
                    if (chosen && MODES.get(m).allows(PROGRAMS.get(p), ENDINGS.get(e))) {
                        cells.add(new Combination(MODES.get(m), PROGRAMS.get(p), ENDINGS.get(e)));
                    }
                }
            }
        }
        return cells;
    }

    @Override
    public String toString() {
        return mode + " " + program + " " + ending;
    }
}
