package org.dhcpcanon.runtime;

/** Who wants to know what becomes of the clients. Called on the loop thread; must not block. */
public interface ClientWatcher {
    void appeared(ClientView client);

    /** Something has happened to it, though perhaps nothing that shows. */
    void changed(ClientView client);

    /** The lease's news, exactly as the sink is told it. */
    void told(int number, LeaseNews news);

    void gone(int number);
}
