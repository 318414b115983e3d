package pm.tests.swap;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import pm.spi.BackendException;
import pm.spi.BackendProvider;
import pm.spi.BackendSession;
import pm.spi.Containment;
import pm.spi.NativeProcess;
import pm.spi.PipeReader;

/** A backend that is right but for one method, of itself or of something that it makes. */
final class FaultyBackend implements AutoCloseable {
    private static final List<Class<?>> SPI = List.of(
            BackendProvider.class, BackendSession.class, Containment.class, NativeProcess.class, PipeReader.class);

    private final Fault fault;
    private final BackendProvider provider;
    private final Queue<BackendSession> sessions = new ConcurrentLinkedQueue<>();

    FaultyBackend(Fault fault, BackendProvider right) {
        this.fault = fault;
        this.provider = (BackendProvider) wrapped(right);
    }

    BackendProvider provider() {
        return provider;
    }

    private Object wrapped(Object right) {
        if (right instanceof BackendSession session) {
            sessions.add(session);
        }
        if (right instanceof Optional<?> optional) {
            return optional.map(this::wrapped);
        }
        return SPI.stream()
                .filter(type -> type.isInstance(right))
                .findFirst()
                .<Object>map(type -> Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> called(proxy, type, right, method, arguments)))
                .orElse(right);
    }

    private Object called(Object proxy, Class<?> type, Object right, Method method, Object[] arguments)
            throws Throwable {
        if (method.getName().equals("equals")) {
            return proxy == arguments[0];
        }
        Fault.Call call = () -> {
            try {
                return method.invoke(right, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        boolean faulty = type == fault.type() && method.getName().equals(fault.method());
        return wrapped(faulty ? fault.instead().of(right, arguments, call) : call.make());
    }

    /** Ends what the fault has left. */
    @Override
    public void close() throws BackendException {
        for (BackendSession session : sessions) {
            session.close();
        }
    }
}
