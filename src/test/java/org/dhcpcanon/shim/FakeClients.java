package org.dhcpcanon.shim;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dhcpcanon.client.Command;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.dhcpcanon.runtime.Caller;
import org.dhcpcanon.runtime.ClientRequest;
import org.dhcpcanon.runtime.Clients;
import org.dhcpcanon.runtime.Control;

/** Keeps who came and went, in order. */
final class FakeClients implements Clients {
    final List<ClientRequest> requests = new ArrayList<>();
    final List<Caller> callers = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    boolean refusing;
    /** What the lease holds that is released or stopped. */
    SortedMap<String, String> held = new TreeMap<>();

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
    public synchronized SortedMap<String, String> release(String interfaceName) {
        events.add("release " + interfaceName);
        return held;
    }

    synchronized List<String> events() {
        return List.copyOf(events);
    }

    Caller caller() {
        return callers.get(callers.size() - 1);
    }

    @Override
    public Control.Outcome renew(String interfaceName) {
        events.add("renew " + interfaceName);
        return held.isEmpty() ? Control.Outcome.NO_LEASE : Control.Outcome.DONE;
    }

    @Override
    public SortedMap<String, String> held(String interfaceName) {
        return held;
    }

    @Override
    public SortedMap<String, String> stop(String interfaceName) {
        events.add("stop " + interfaceName);
        return held;
    }

    @Override
    public void conclude(Caller caller, Command command, Runnable concluded) {
        events.add("conclude " + callers.indexOf(caller) + " " + command);
        concluded.run();
    }
}
