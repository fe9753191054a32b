package org.dhcpcanon.runtime;

import java.util.SortedMap;
import org.dhcpcanon.client.Command;

/** The same clients, for who is to do something besides. */
public abstract class ForwardedClients implements Clients {
    private final Clients clients;

    protected ForwardedClients(Clients clients) {
        this.clients = clients;
    }

    @Override
    public void start(ClientRequest request, Caller caller) throws AttachRefusedException {
        clients.start(request, caller);
    }

    @Override
    public void callerEnded(Caller caller) {
        clients.callerEnded(caller);
    }

    @Override
    public void conclude(Caller caller, Command command, Runnable concluded) {
        clients.conclude(caller, command, concluded);
    }

    @Override
    public final SortedMap<String, String> release(String interfaceName) {
        return clients.release(interfaceName);
    }

    @Override
    public final SortedMap<String, String> stop(String interfaceName) {
        return clients.stop(interfaceName);
    }

    @Override
    public final Control.Outcome renew(String interfaceName) {
        return clients.renew(interfaceName);
    }

    @Override
    public final SortedMap<String, String> held(String interfaceName) {
        return clients.held(interfaceName);
    }
}
