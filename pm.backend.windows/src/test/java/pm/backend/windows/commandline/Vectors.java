package pm.backend.windows.commandline;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Argument vectors that are hard to quote. Always the same ones. */
public final class Vectors {
    private static final String[] PIECES = {
        "\\", "\"", " ", "\t", "\n", "a", "b c", "\\\\", "\\\"", "\"\"", "%PATH%", "^", "&", "|", "<", ">", "(", ")",
        "!", "*", "?", "'", "-", "/", "=", ";", ",", "é", "€", "𝄞", "日本", "\u000b", "$HOME", "`", "~", "#", "@", "{}",
        "[]"
    };
    private static final int MOST_WORDS = 6;
    private static final int MOST_PIECES = 8;

    private Vectors() {}

    /** So many. */
    public static List<List<String>> generated(int count) {
        Random random = new Random(20_261_126);
        List<List<String>> vectors = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            List<String> vector = new ArrayList<>();
            for (int word = random.nextInt(MOST_WORDS + 1); word > 0; word--) {
                vector.add(word(random));
            }
            vectors.add(vector);
        }
        return vectors;
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int piece = random.nextInt(MOST_PIECES + 1); piece > 0; piece--) {
            word.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return word.toString();
    }
}
