package pm.backend.macos.darwin;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What sysctl(3) KERN_PROCARGS2 tells: the number of arguments, the path that was executed, NULs up to an address that is a multiple of
 * eight, the arguments, the environment, and what else the kernel hands to a program (bsd/kern/kern_sysctl.c, kern_exec.c of xnu). Whose
 * environment is not for us has none of the last two.
 *
 * @param arguments the program's name first
 * @param environment each {@code NAME=value}
 */
record ProcessArguments(List<String> arguments, List<String> environment) {
    /** Reads it; empty when there is less than the number of arguments promises. */
    static Optional<ProcessArguments> parse(byte[] bytes, int length) {
        if (length < Integer.BYTES) {
            return Optional.empty();
        }
        int count = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt();
        int[] position = {Integer.BYTES};
        text(bytes, length, position);
        while (position[0] < length && bytes[position[0]] == 0) {
            position[0]++;
        }
        List<String> arguments = new ArrayList<>();
        while (arguments.size() < count && position[0] < length) {
            arguments.add(text(bytes, length, position));
        }
        if (arguments.size() < count) {
            return Optional.empty();
        }
        List<String> environment = new ArrayList<>();
        // An empty string ends it: the kernel's own words follow.
        while (position[0] < length && bytes[position[0]] != 0) {
            environment.add(text(bytes, length, position));
        }
        return Optional.of(new ProcessArguments(List.copyOf(arguments), List.copyOf(environment)));
    }

    private static String text(byte[] bytes, int length, int[] position) {
        int start = position[0];
        int end = start;
        while (end < length && bytes[end] != 0) {
            end++;
        }
        position[0] = end + 1;
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
}
