package pm.backend.macos;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import pm.contract.Bench;
import pm.contract.Request;
import pm.contract.Tree;
import pm.spi.StartRequest.Stream;

/** Holds a tree until it is killed, and prints the pids that this printed once a look has shown them all. */
final class LookedAtMain {
    private LookedAtMain() {}

    /**
     * Never ends.
     *
     * @param arguments program and arguments; it prints three pids
     */
    public static void main(String[] arguments) throws Exception {
        Bench bench = new Bench(new StandInProvider(), Map.of());
        Tree tree = bench.start(Request.of(Arrays.asList(arguments)).stdout(new Stream.Piped()));
        List<Long> pids = tree.printedPids(3);
        Awaitility.await().until(() -> tree.memberPids().containsAll(pids));
        pids.forEach(System.out::println);
        new CountDownLatch(1).await();
    }
}
