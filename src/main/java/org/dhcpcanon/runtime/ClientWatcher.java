package org.dhcpcanon.runtime;

/** Who wants to know what becomes of the clients, of which not all is of use to everybody. Called on the loop thread; must not block. */
@FunctionalInterface
public interface ClientWatcher {
    default void appeared(ClientView client) {}

    /** Something has happened to it, though perhaps nothing that shows. */
    void changed(ClientView client);

    /** The lease's news, exactly as the sink is told it. */
    default void told(int number, LeaseNews news) {}

    default void gone(int number) {}
}
