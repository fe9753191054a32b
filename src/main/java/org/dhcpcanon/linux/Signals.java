package org.dhcpcanon.linux;

import java.lang.reflect.Proxy;
import org.tinylog.Logger;

/** Signals of the kernel to this process. */
public final class Signals {
    private Signals() {}

    /**
     * The Java machine has but an unofficial interface for signals, which the compiler does not let us name; without it the signal ends
     * the process, as it does anyway.
     *
     * @param name without SIG
     * @param action runs on a thread of the Java machine
     */
    public static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        action.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        } catch (ReflectiveOperationException e) {
            Logger.warn("SIG{} will end the process: {}", name, e.toString());
        }
    }
}
