package pm.core.events;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pm.api.ErrorContext;
import pm.api.ProcessEvent;
import pm.api.ProcessEvent.Severity;
import pm.api.ProcessEvent.Warned;
import pm.api.ProcessListener;
import pm.api.ProcessManager.Registration;
import pm.spi.Uninterrupted;

/**
 * Carries the events of one manager. Counters and followers get each event at once, on the publisher's thread; the log and the listeners get
 * it on one thread of the manager's, one event after the other.
 *
 * <p>Publishing never waits for a listener or for the log. What they have not taken yet is kept up to {@value #CAPACITY} events; when they
 * are slower than that, further events are dropped for them (never for counters and followers) and counted, and a {@link Warned} tells how
 * many. The last {@value #RESERVE} places are kept for warnings and critical events.
 *
 * <p>Safe for use by any thread, listeners' included.
 */
public final class EventBus implements EventSink, AutoCloseable {
    /** Room for spawn and end of about a thousand processes while a listener is busy. */
    static final int CAPACITY = 8192;

    static final int RESERVE = 2048;

    /** Closing waits so long for the log and the listeners to take what is left. */
    static final Duration DRAIN_WAIT = Duration.ofSeconds(2);

    private static final Duration TELL_INTERVAL = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);

    private final String instanceId;
    private final EventSink counters;
    private final ProcessListener log;
    private final BlockingQueue<Delivery> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread dispatcher;
    private volatile List<EventSink> followers = List.of();
    private volatile List<Listener> listeners = List.of();
    private volatile boolean closed;
    private volatile boolean abandoned;
    private long toldDropped;
    private long lastTold = System.nanoTime();

    /**
     * Starts the thread {@code pm-<instance>-events}.
     *
     * @param instanceId the manager's id
     * @param counters get each event first, so that a listener that asks for metrics finds them counted
     * @param log gets each event before the listeners
     */
    public EventBus(String instanceId, EventSink counters, ProcessListener log) {
        this.instanceId = instanceId;
        this.counters = counters;
        this.log = log;
        this.dispatcher = new Thread(this::dispatch, "pm-" + instanceId + "-events");
        dispatcher.setDaemon(true);
        dispatcher.start();
    }

    /** Adds a sink that may answer events with events of its own; the answers come behind what they answer. */
    public synchronized void follow(EventSink follower) {
        followers = with(followers, follower);
    }

    /** Adds a listener: it gets what is published from now on, until it is taken back. */
    public synchronized Registration listen(ProcessListener listener) {
        Listener added = new Listener(listener);
        listeners = with(listeners, added);
        return () -> remove(added);
    }

    private synchronized void remove(Listener listener) {
        listener.active = false;
        listeners = listeners.stream().filter(other -> other != listener).toList();
    }

    @Override
    public void publish(ProcessEvent event) {
        counters.publish(event);
        enqueue(event);
        for (EventSink follower : followers) {
            follower.publish(event);
        }
    }

    /** Events that the log and the listeners did not get, because they were too slow or the bus was closed. */
    public long dropped() {
        return dropped.get();
    }

    private void enqueue(ProcessEvent event) {
        boolean matters = event.severity().compareTo(Severity.WARNING) >= 0;
        boolean room = matters || queue.remainingCapacity() > RESERVE;
        if (closed || !room || !queue.offer(new Delivery(event, listeners))) {
            dropped.incrementAndGet();
        }
    }

    private void dispatch() {
        while (!abandoned && !(closed && queue.isEmpty())) {
            try {
                Delivery next = queue.take();
                if (!next.onlyWakes()) {
                    deliver(next);
                    tellDropped();
                }
            } catch (InterruptedException e) {
                // A listener left its interrupt behind, or close() gave up: the loop's condition tells which.
            }
        }
        queue.removeIf(Delivery::onlyWakes);
        dropped.addAndGet(queue.size());
    }

    private void deliver(Delivery delivery) {
        hear(log, delivery.event());
        for (Listener listener : delivery.listeners()) {
            if (listener.active) {
                hear(listener.target, delivery.event());
            }
        }
    }

    private static void hear(ProcessListener listener, ProcessEvent event) {
        try {
            listener.onEvent(event);
        } catch (Throwable e) { // whatever it is, the next listener and the next event have no part in it
            LOG.warn(
                    "Could not tell {} of {}: it failed",
                    listener,
                    event.getClass().getSimpleName(),
                    e);
        }
    }

    /** When the pressure is over, and now and then while it lasts: not after each event, which would add to it. */
    private void tellDropped() {
        long now = dropped.get();
        boolean due = queue.isEmpty() || System.nanoTime() - lastTold > TELL_INTERVAL.toNanos();
        if (now > toldDropped && due) {
            ProcessEvent warning = new Warned(
                    ErrorContext.ofManager(instanceId),
                    Instant.now(),
                    "Could not tell listeners and log of " + (now - toldDropped)
                            + " events: they take them too slowly; let them hand long work to another thread");
            toldDropped = now;
            lastTold = System.nanoTime();
            counters.publish(warning);
            deliver(new Delivery(warning, listeners));
        }
    }

    /**
     * Takes no more events for the log and the listeners, and waits until they have what was published before: at most {@link
     * #DRAIN_WAIT}, and not at all when a listener closes it. Counters and followers go on. Idempotent.
     */
    @Override
    public void close() {
        closed = true;
        // When the queue is full there is no need to wake the dispatcher: it sees the flag when it has emptied it.
        queue.offer(Delivery.WAKE);
        if (Thread.currentThread() != dispatcher) {
            joinDispatcher();
        }
    }

    private void joinDispatcher() {
        boolean drained = Uninterrupted.await(DRAIN_WAIT, nanos -> {
            TimeUnit.NANOSECONDS.timedJoin(dispatcher, nanos);
            return !dispatcher.isAlive();
        });
        if (!drained) {
            abandoned = true;
            dispatcher.interrupt();
        }
    }

    private static <T> List<T> with(List<T> list, T added) {
        List<T> longer = new ArrayList<>(list);
        longer.add(added);
        return List.copyOf(longer);
    }

    /** An event for those who listened when it was published; the event is null in the one that only wakes. */
    private record Delivery(ProcessEvent event, List<Listener> listeners) {
        static final Delivery WAKE = new Delivery(null, List.of());

        boolean onlyWakes() {
            return event == null;
        }
    }

    private static final class Listener {
        private final ProcessListener target;
        private volatile boolean active = true;

        Listener(ProcessListener target) {
            this.target = target;
        }
    }
}
