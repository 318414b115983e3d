package pm.core.settings;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import pm.api.Setting;

/** Tells which setting a name was probably meant to be, when it is none but looks like one. */
final class Misspellings {
    /** A slip may be as long as a quarter of the name, but two letters at most: short names differ by little. */
    private static final int LETTERS_PER_SLIP = 4;

    private static final int MOST_SLIPS = 2;
    private static final Pattern SEPARATOR = Pattern.compile("[._-]");

    private final Map<String, String> nameByLetters = new TreeMap<>();

    /** For names of settings as one origin writes them. */
    Misspellings(Function<Setting, String> nameOf) {
        for (Setting setting : Setting.values()) {
            String name = nameOf.apply(setting);
            nameByLetters.put(letters(name), name);
        }
    }

    /** The setting's right name; empty when the name is a right one, or unlike every one. */
    Optional<String> meant(String name) {
        String letters = letters(name);
        if (name.equals(nameByLetters.get(letters))) {
            return Optional.empty();
        }
        return nameByLetters.keySet().stream()
                .filter(known -> distance(letters, known) <= Math.min(MOST_SLIPS, known.length() / LETTERS_PER_SLIP))
                .min(Comparator.comparingInt(known -> distance(letters, known)))
                .map(nameByLetters::get);
    }

    /** Without case and separators, in which people differ. */
    private static String letters(String name) {
        return SEPARATOR.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    /** Letters to insert, remove or change (Levenshtein's distance). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
