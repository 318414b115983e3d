package pm.backend.linux.systemd;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.freedesktop.dbus.connections.BusAddress;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.matchrules.DBusMatchRuleBuilder;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.messages.Error;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;
import pm.spi.BackendException;
import pm.spi.Uninterrupted;

/** A connection to a message bus; the only class that knows the library's way to talk. Safe for use by any thread. */
final class Bus implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    // The library tries every 500 ms within this time: once is enough.
    private static final int ONE_ATTEMPT_MILLIS = 500;
    private static final byte NO_FLAGS = 0;

    private final DBusConnection connection;

    private Bus(DBusConnection connection) {
        this.connection = connection;
    }

    /**
     * Connects.
     *
     * @throws BackendException with the reason
     */
    static Bus connect(BusSocket socket) throws BackendException {
        boolean interrupted = false;
        try {
            // An interrupt closes a channel that is being connected.
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    return new Bus(connection(socket));
                } catch (DBusException | DBusExecutionException e) {
                    if (!Thread.currentThread().isInterrupted()) {
                        throw e;
                    }
                }
            }
        } catch (DBusException | DBusExecutionException e) {
            throw new BackendException(
                    "Could not connect to " + socket.path() + ": " + e.getMessage() + ", see whether a bus runs there",
                    e);
        } catch (NoClassDefFoundError e) {
            // The library asks the JDK's UnixSystem who we are; the package is no standard, and not every framework
            // shows it.
            throw new BackendException(
                    "Could not connect to " + socket.path() + ": this bundle does not see " + e.getMessage()
                            + ", let the framework export its package (org.osgi.framework.system.packages.extra)",
                    e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static DBusConnection connection(BusSocket socket) throws DBusException {
        return DBusConnectionBuilder.forAddress(BusAddress.of(socket.address()))
                .withShared(false)
                .transportConfig()
                .withTimeout(ONE_ATTEMPT_MILLIS)
                .back()
                .build();
    }

    boolean isConnected() {
        return connection.isConnected();
    }

    /**
     * Hears a signal from now on, on a thread of the library.
     *
     * @param heard gets its parameters
     */
    void listen(String path, String type, String member, Consumer<Object[]> heard) throws BackendException {
        try {
            connection.addGenericSigHandler(
                    DBusMatchRuleBuilder.create()
                            .withType("signal")
                            .withPath(path)
                            .withInterface(type)
                            .withMember(member)
                            .build(),
                    signal -> heard.accept(parameters(signal)));
        } catch (DBusException | DBusExecutionException e) {
            throw new BackendException("Could not listen for " + member + ": " + e.getMessage(), e);
        }
    }

    private static Object[] parameters(DBusSignal signal) {
        try {
            return signal.getParameters();
        } catch (DBusException unreadable) {
            return new Object[0];
        }
    }

    /**
     * Calls a method and waits for its answer.
     *
     * @param signature of the arguments; arrays and structures are given as {@code Object[]}, a variant as one of its signature and value
     * @return the answer's parameters
     * @throws BusException when it is refused or there is no answer in time
     */
    Object[] call(Callee callee, String method, String signature, Object... arguments) throws BusException {
        try {
            MethodCall call = connection
                    .getMessageFactory()
                    .createMethodCall(
                            callee.destination(), callee.path(), callee.type(), method, NO_FLAGS, signature, arguments);
            connection.sendMessage(call);
            if (!Uninterrupted.await(PATIENCE, nanos -> hasReply(call, nanos))) {
                throw new BusException(BusException.NO_REPLY, "there was no answer within " + PATIENCE);
            }
            Message reply = call.getReply(1);
            Object[] parameters = reply.getParameters();
            if (reply instanceof Error) {
                throw new BusException(
                        reply.getName(),
                        parameters == null || parameters.length == 0 ? reply.getName() : parameters[0].toString());
            }
            return parameters == null ? new Object[0] : parameters;
        } catch (DBusException | DBusExecutionException e) {
            throw new BusException(e.getClass().getSimpleName(), e.getMessage());
        }
    }

    /** The library ends the wait at an interrupt, which it keeps. */
    private static boolean hasReply(MethodCall call, long nanos) throws InterruptedException {
        if (!call.hasReply()) {
            // 0 is for ever.
            call.getReply(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
        }
        if (!call.hasReply() && Thread.interrupted()) {
            throw new InterruptedException();
        }
        return call.hasReply();
    }

    /**
     * Who is called.
     *
     * @param destination name on the bus
     * @param path of the object
     * @param type the interface
     */
    record Callee(String destination, String path, String type) {}

    @Override
    public void close() {
        connection.disconnect();
    }
}
