package pm.core;

import java.security.SecureRandom;

/** Makes ids of managers: they are in names of containers, which all managers of a host share. */
final class InstanceId {
    /** No letters that are taken for digits. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    /** 32 to the 10th: among a thousand managers two meet by a chance of one in two billions. */
    private static final int LENGTH = 10;

    private static final SecureRandom RANDOM = new SecureRandom();

    private InstanceId() {}

    /** A new one: letters and digits. */
    static String next() {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
