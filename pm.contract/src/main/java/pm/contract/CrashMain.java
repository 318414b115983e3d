package pm.contract;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import pm.api.Setting;
import pm.spi.BackendProvider;
import pm.spi.StartRequest.Stream;

/** Holds a tree until it is killed. The tree has its standard output. */
final class CrashMain {
    private CrashMain() {}

    /**
     * Never ends.
     *
     * @param arguments the provider's class, settings as lines {@code NAME=value}, and program and arguments to start
     */
    public static void main(String[] arguments) throws Exception {
        BackendProvider provider = Class.forName(arguments[0])
                .asSubclass(BackendProvider.class)
                .getDeclaredConstructor()
                .newInstance();
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        arguments[1]
                .lines()
                .map(line -> line.split("=", 2))
                .forEach(parts -> settings.put(Setting.valueOf(parts[0]), parts[1]));
        List<String> command = Arrays.asList(arguments).subList(2, arguments.length);
        new Bench(provider, settings).start(Request.of(command).stdout(new Stream.Inherited()));
        new CountDownLatch(1).await();
    }
}
