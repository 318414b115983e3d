package pm.backend.macos.guard;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import pm.api.Signal;
import pm.backend.macos.process.HostSystem;
import pm.backend.macos.process.ProcessWatcher;
import pm.backend.macos.tree.ProcessRecord;
import pm.backend.posix.events.Poller.Interest;
import pm.backend.posix.libc.Children;
import pm.backend.posix.libc.Descriptors;
import pm.backend.posix.libc.Libc;
import pm.backend.posix.libc.LibcException;
import pm.backend.posix.libc.PosixSpawn.Descriptor;
import pm.backend.posix.libc.SessionSpawn;
import pm.backend.posix.libc.SpawnSystem;
import pm.backend.posix.process.NativeText;
import pm.backend.posix.process.WaitStatus;
import pm.spi.BackendException;
import pm.spi.Uninterrupted;

/** One guard: a shell in a session of its own, at the other end of a pipe. Safe for use by any thread. */
final class GuardProcess {
    private static final String SHELL = "/bin/sh";
    /** What the tools of the script are looked for in: whatever the JVM's PATH says is not for a guard. */
    private static final String PATH = "PATH=/bin:/usr/bin:/sbin:/usr/sbin";

    private final HostSystem system;
    private final int pid;
    private final int orders;
    private final int answers;
    private final Consumer<String> ended;
    private final Set<Integer> told = new HashSet<>();
    private final CountDownLatch gone = new CountDownLatch(1);
    private boolean reaped;
    private Set<Integer> wanted = Set.of();

    private GuardProcess(HostSystem system, int pid, int orders, int answers, Consumer<String> ended) {
        this.system = system;
        this.pid = pid;
        this.orders = orders;
        this.answers = answers;
        this.ended = ended;
    }

    /**
     * Starts one.
     *
     * @param ready called on the loop's thread when it stands by
     * @param ended called on the loop's thread when it has ended and was reaped, with how
     */
    static GuardProcess start(
            HostSystem system, HostSystem.Watching watching, int nullDevice, Runnable ready, Consumer<String> ended)
            throws BackendException {
        try {
            Descriptors.Pipe orders = Descriptors.pipe();
            Descriptors.Pipe answers = Descriptors.pipe();
            int pid;
            try {
                Descriptors.setNonBlocking(orders.writeEnd());
                Descriptors.setNonBlocking(answers.readEnd());
                pid = command(List.of(
                                new Descriptor(orders.readEnd(), 0),
                                new Descriptor(answers.writeEnd(), 1),
                                new Descriptor(nullDevice, 2)))
                        .start(NativeText.terminated(SHELL));
            } finally {
                Descriptors.close(orders.readEnd());
                Descriptors.close(answers.writeEnd());
            }
            GuardProcess guard = new GuardProcess(system, pid, orders.writeEnd(), answers.readEnd(), ended);
            guard.watch(watching, ready);
            return guard;
        } catch (LibcException refused) {
            throw new BackendException("Could not start the guard: " + refused.getMessage(), refused);
        }
    }

    private static SessionSpawn command(List<Descriptor> descriptors) {
        String jvm = Long.toString(ProcessHandle.current().pid());
        return new SessionSpawn(
                List.of(SHELL, "-c", GuardScript.TEXT, "pm-guard", jvm).stream()
                        .map(NativeText::terminated)
                        .toList(),
                List.of(NativeText.terminated(PATH)),
                Optional.empty(),
                descriptors);
    }

    private void watch(HostSystem.Watching watching, Runnable ready) throws LibcException {
        Optional<ProcessRecord> record = system.table().find(pid);
        long[] key = new long[1];
        key[0] = watching.loop().add(answers, Interest.READABLE, () -> {
            watching.loop().remove(answers, key[0]);
            if (hasAnswered()) {
                ready.run();
            }
        });
        if (record.isPresent()) {
            watching.processes().watch(record.get(), new ProcessWatcher.Listener() {
                @Override
                public void forked() {
                    // Its ps and awk.
                }

                @Override
                public void exited() {
                    watching.loop().remove(answers, key[0]);
                    reap();
                }
            });
        }
        if (SpawnSystem.HERE.suspends()) {
            Libc.kill(pid, system.number(Signal.CONT));
        }
    }

    private boolean hasAnswered() {
        try {
            return Descriptors.read(answers, ByteBuffer.allocate(16)) > 0;
        } catch (LibcException nothing) {
            return false;
        }
    }

    private void reap() {
        String status = "nobody knows how";
        synchronized (this) {
            if (reaped) {
                return;
            }
            try {
                Optional<Children.Reaped> end = Children.reap(pid);
                if (end.isEmpty()) {
                    return;
                }
                status = WaitStatus.decode(end.get().status()).toString();
            } catch (LibcException reapedBySystem) {
                // ECHILD: it is gone all the same.
            }
            reaped = true;
            Descriptors.close(orders);
            Descriptors.close(answers);
        }
        gone.countDown();
        ended.accept(status);
    }

    int pid() {
        return pid;
    }

    /** Tells it what has changed. What it does not take now it is told with the next change. */
    synchronized void tell(Set<Integer> groups) {
        wanted = groups;
        if (reaped) {
            return;
        }
        try {
            for (int group : Set.copyOf(told)) {
                if (!wanted.contains(group)) {
                    Descriptors.write(orders, Guard.line("- " + group));
                    told.remove(group);
                }
            }
            for (int group : wanted) {
                if (!told.contains(group)) {
                    Descriptors.write(orders, Guard.line("+ " + group));
                    told.add(group);
                }
            }
        } catch (LibcException fullOrGone) {
            // Lines are shorter than PIPE_BUF: one is written whole or not at all.
        }
    }

    /** Asks it to leave, then kills it; gives whether it is gone. */
    boolean leave(Duration wait) {
        synchronized (this) {
            if (!reaped) {
                try {
                    Descriptors.write(orders, Guard.line("bye"));
                } catch (LibcException fullOrGone) {
                    Libc.kill(pid, system.number(Signal.KILL));
                }
            }
        }
        return isGone(wait) || kill(wait);
    }

    private boolean kill(Duration wait) {
        synchronized (this) {
            if (!reaped) {
                Libc.kill(pid, system.number(Signal.KILL));
            }
        }
        return isGone(wait);
    }

    private boolean isGone(Duration wait) {
        return Uninterrupted.await(wait, nanos -> gone.await(nanos, TimeUnit.NANOSECONDS));
    }
}
