package pm.core;

import java.util.concurrent.ThreadLocalRandom;

/** Makes ids of managers: they are in names of containers, which all managers of a host share. They are no secret. */
final class InstanceId {
    /** No letters that are taken for digits. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    /** 32 to the 10th: among a thousand managers two meet by a chance of one in two billions. */
    private static final int LENGTH = 10;

    private InstanceId() {}

    /** A new one: letters and digits. */
    static String next() {
        // Seeded by the clock to the nanosecond. A SecureRandom would load security providers: 7 ms of a command's
        // start.
        ThreadLocalRandom random = ThreadLocalRandom.current();
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
