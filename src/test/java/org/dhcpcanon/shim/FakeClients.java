package org.dhcpcanon.shim;

import java.util.ArrayList;
import java.util.List;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.dhcpcanon.runtime.Caller;
import org.dhcpcanon.runtime.ClientRequest;
import org.dhcpcanon.runtime.Clients;

/** Keeps who came and went, in order. */
final class FakeClients implements Clients {
    final List<ClientRequest> requests = new ArrayList<>();
    final List<Caller> callers = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    boolean refusing;

    @Override
    public synchronized void start(ClientRequest request, Caller caller) throws AttachRefusedException {
        if (refusing) {
            throw new AttachRefusedException(AttachRefusedException.Kind.NO_INTERFACE, "there is no such interface");
        }
        requests.add(request);
        callers.add(caller);
        events.add("start " + request.interfaceName());
    }

    @Override
    public synchronized void callerEnded(Caller caller) {
        events.add("ended " + callers.indexOf(caller));
        // As a client does that stops.
        caller.store().forget();
    }

    @Override
    public synchronized void release(String interfaceName) {
        events.add("release " + interfaceName);
    }

    synchronized List<String> events() {
        return List.copyOf(events);
    }

    Caller caller() {
        return callers.get(callers.size() - 1);
    }

    @Override
    public void stop(String interfaceName) {
        events.add("stop " + interfaceName);
    }
}
