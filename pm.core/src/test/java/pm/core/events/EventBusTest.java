package pm.core.events;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pm.api.ProcessEvent;
import pm.api.ProcessEvent.Spawned;
import pm.api.ProcessEvent.Warned;
import pm.api.ProcessListener;
import pm.api.ProcessManager.Registration;

@Timeout(30)
class EventBusTest {
    private final RecordingSink counters = new RecordingSink();
    private final RecordingSink log = new RecordingSink();
    private final RecordingSink listener = new RecordingSink();
    private final EventBus bus = new EventBus("test", counters, log);
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() {
        gate.countDown();
        bus.close();
    }

    /** Holds up the dispatch thread until the gate is opened, and returns when it is held. */
    private void holdUp() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        Registration blocker = bus.listen(event -> {
            held.countDown();
            awaitGate();
        });
        bus.publish(SampleEvents.warned("hold"));
        held.await();
        blocker.close();
    }

    private void awaitGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void everyoneGetsEveryEventInOrder() {
        bus.listen(listener);
        List<ProcessEvent> events =
                List.of(SampleEvents.spawned(), SampleEvents.warned("a"), SampleEvents.timedOut(SampleEvents.TIME));

        events.forEach(bus::publish);
        assertThat(counters.events()).isEqualTo(events);
        bus.close();

        assertThat(log.events()).isEqualTo(events);
        assertThat(listener.events()).isEqualTo(events);
    }

    @Test
    void listenersAreCalledOnTheManagersThread() {
        AtomicReference<String> thread = new AtomicReference<>();
        bus.listen(event -> thread.set(Thread.currentThread().getName()));

        bus.publish(SampleEvents.spawned());

        await().untilAsserted(() -> assertThat(thread).hasValue("pm-test-events"));
    }

    @Test
    void listenerGetsWhatIsPublishedWhileItIsRegisteredOnly() throws InterruptedException {
        holdUp();
        bus.publish(SampleEvents.warned("before"));
        Registration registration = bus.listen(listener);
        bus.publish(SampleEvents.warned("during"));
        gate.countDown();
        await().until(() -> listener.events().size() == 1);
        registration.close();
        registration.close();
        bus.publish(SampleEvents.warned("after"));
        bus.close();

        assertThat(listener.of(Warned.class)).extracting(Warned::message).containsExactly("during");
    }

    @Test
    void listenerThatWasTakenBackGetsNothingMoreOfWhatWaits() throws InterruptedException {
        holdUp();
        Registration registration = bus.listen(listener);
        bus.publish(SampleEvents.warned("waits"));
        registration.close();
        gate.countDown();
        bus.close();

        assertThat(listener.events()).isEmpty();
    }

    @Test
    void listenerThatFailsHarmsNeitherOthersNorLaterEvents() {
        bus.listen(event -> {
            throw new IllegalStateException("a listener that fails, as this test wants it");
        });
        bus.listen(event -> Thread.currentThread().interrupt());
        bus.listen(event -> {
            throw new StackOverflowError("a listener that fails badly, as this test wants it");
        });
        bus.listen(listener);

        bus.publish(SampleEvents.warned("first"));
        bus.publish(SampleEvents.warned("second"));
        bus.close();

        assertThat(listener.events()).hasSize(2);
    }

    @Test
    void listenerMayPublishListenAndClose() {
        bus.listen(new ProcessListener() {
            @Override
            public void onEvent(ProcessEvent event) {
                if (event instanceof Spawned) {
                    bus.listen(listener);
                    bus.publish(SampleEvents.warned("answer"));
                    bus.close();
                }
            }
        });

        bus.publish(SampleEvents.spawned());

        await().until(() -> listener.events().size() == 1);
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("pm-test-events")));
    }

    @Test
    void slowListenerNeverBlocksAPublisherAndWhatIsDroppedIsCountedAndTold() throws InterruptedException {
        holdUp();
        bus.listen(listener);
        int published = EventBus.CAPACITY + 1000;
        for (int i = 0; i < published; i++) {
            bus.publish(SampleEvents.spawned());
        }
        long dropped = bus.dropped();
        gate.countDown();

        assertThat(counters.of(Spawned.class)).hasSize(published);
        assertThat(dropped).isEqualTo(1000 + EventBus.RESERVE);
        await().until(() -> listener.of(Spawned.class).size() == published - dropped);
        await().untilAsserted(() -> assertThat(listener.of(Warned.class))
                .singleElement()
                .satisfies(warning -> assertThat(warning.message()).contains(dropped + " events")));
        assertThat(counters.of(Warned.class)).hasSize(2);
    }

    @Test
    void droppingThatGoesOnIsNotToldAfterEachEvent() throws InterruptedException {
        holdUp();
        RecordingSink slow = new RecordingSink();
        bus.listen(event -> {
            slow.onEvent(event);
            if (slow.events().size() <= 100) {
                // Two for the place of one: the queue stays full for as long as this listener hears.
                bus.publish(SampleEvents.spawned());
                bus.publish(SampleEvents.spawned());
            }
        });
        for (int i = 0; i < EventBus.CAPACITY; i++) {
            bus.publish(SampleEvents.spawned());
        }
        gate.countDown();
        await().until(() -> slow.of(Warned.class).size() == 1);
        bus.close();

        assertThat(slow.of(Warned.class)).hasSize(1);
        assertThat(bus.dropped()).isGreaterThanOrEqualTo(EventBus.RESERVE + 100);
    }

    @Test
    void warningsHavePlaceWhereOrdinaryEventsHaveNone() throws InterruptedException {
        holdUp();
        bus.listen(listener);
        for (int i = 0; i < EventBus.CAPACITY; i++) {
            bus.publish(SampleEvents.spawned());
        }
        bus.publish(SampleEvents.cleanupFailed("p1", SampleEvents.TIME));
        gate.countDown();

        await().until(() -> listener.of(ProcessEvent.CleanupFailed.class).size() == 1);
    }

    @Test
    void followersAnswersComeBehindWhatTheyAnswer() {
        bus.listen(listener);
        bus.follow(event -> {
            if (event instanceof Spawned) {
                bus.publish(SampleEvents.warned("answer"));
            }
        });

        bus.publish(SampleEvents.spawned());
        bus.close();

        assertThat(listener.events()).hasExactlyElementsOfTypes(Spawned.class, Warned.class);
        assertThat(counters.events()).hasExactlyElementsOfTypes(Spawned.class, Warned.class);
    }

    @Test
    void afterCloseCountersGoOnAndTheThreadIsGone() {
        bus.close();
        bus.close();

        bus.publish(SampleEvents.spawned());

        assertThat(counters.events()).hasSize(1);
        assertThat(log.events()).isEmpty();
        assertThat(bus.dropped()).isEqualTo(1);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("pm-test-events"));
    }

    @Test
    void closeDoesNotWaitForEverForAListener() throws InterruptedException {
        holdUp();
        bus.publish(SampleEvents.spawned());

        await().atMost(ofSeconds(10)).until(() -> {
            bus.close();
            return true;
        });

        await().until(() -> bus.dropped() == 1);
    }

    @Test
    void interruptDuringCloseIsKept() throws InterruptedException {
        holdUp();
        AtomicReference<Boolean> kept = new AtomicReference<>();
        Thread closer = new Thread(() -> {
            bus.close();
            kept.set(Thread.currentThread().isInterrupted());
        });
        closer.start();
        closer.interrupt();
        closer.join();

        assertThat(kept).hasValue(true);
    }
}
