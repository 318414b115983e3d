package sample.consumer;

import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Ends a JVM that was started by bnd's launcher: that calls a {@code Callable} with this property when the framework has started, and exits
 * with the status that it gives. Containers that were started otherwise do not ask for it.
 */
@Component(property = "main.thread=true")
public final class EndOfDemo implements Callable<Integer> {
    /** bnd's word for: wait until somebody stops the framework. */
    private static final int GO_ON = 198;

    private final MisbehavingTree tree;

    /** Waits for the tree when it is called. */
    @Activate
    public EndOfDemo(@Reference MisbehavingTree tree) {
        this.tree = tree;
    }

    @Override
    public Integer call() throws Exception {
        boolean nothingLeft = tree.nothingLeft().get();
        if (Boolean.getBoolean("demo.stays")) {
            return GO_ON;
        }
        return nothingLeft ? 0 : 1;
    }
}
