package org.dhcpcanon.app;

import java.lang.reflect.Proxy;
import org.tinylog.Logger;

/** SIGHUP, by which daemons are told to read their settings anew. */
final class HangUp {
    private HangUp() {}

    /**
     * The Java machine has but an unofficial interface for signals, which the compiler does not let us name; without it the signal ends
     * the service, which is then started again with the new settings.
     *
     * @param action runs on a thread of the Java machine
     */
    static void handle(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        action.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), ours);
        } catch (ReflectiveOperationException e) {
            Logger.warn("SIGHUP will end the service: {}", e.toString());
        }
    }
}
