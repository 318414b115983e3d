package pm.api;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amounts of memory as people write them: {@code 4096}, {@code 64K}, {@code 64M}, {@code 1.5GiB}. Units are powers of 1024.
 * Safe for use by any thread.
 */
public final class ByteSizes {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)([KMGT])?(I?B)?");
    private static final String UNITS = "KMGT";

    private ByteSizes() {}

    /**
     * Reads an amount.
     *
     * @param text for instance {@code 64M}, {@code 64MiB}, {@code 1.5g}
     * @return bytes, rounded down, at least 1
     * @throws IllegalArgumentException when the text is not of that form, zero, or does not fit a long
     */
    public static long parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (matcher.matches()) {
            int power = matcher.group(2) == null ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
            BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power)));
            if (bytes.compareTo(BigDecimal.ONE) >= 0 && bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
                return bytes.longValue();
            }
        }
        throw new IllegalArgumentException(
                "Could not read size '" + text + "': use a positive number with K, M, G or T, such as 64M or 1.5GiB");
    }
}
