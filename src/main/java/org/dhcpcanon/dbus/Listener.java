package org.dhcpcanon.dbus;

/** Who hears what comes over a connection. On the thread that runs the connection; must not block. */
public interface Listener {
    /** Somebody calls a method; it has to be answered or refused, now or later, from any thread. */
    default void called(Call call) {
        call.refuse(ErrorName.UNKNOWN_METHOD, "no methods here");
    }

    void signalled(Signal signal);

    /** The connection is over, whoever ended it. Comes once, and nothing after it. */
    void lost(String why);

    /** For who only calls. */
    Listener DEAF = new Listener() {
        @Override
        public void signalled(Signal signal) {
            // Nobody asked for it.
        }

        @Override
        public void lost(String why) {
            // Whoever waits for an answer is told by the answer.
        }
    };
}
