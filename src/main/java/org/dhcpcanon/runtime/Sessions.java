package org.dhcpcanon.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dhcpcanon.client.Command;

/** All clients, one for an interface. On the loop thread. */
public final class Sessions implements Clients {
    private final Surroundings surroundings;
    private final Map<String, Session> byInterface = new LinkedHashMap<>();
    private int lastNumber;

    public Sessions(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void start(ClientRequest request, Caller caller) throws AttachRefusedException {
        Optional.ofNullable(byInterface.get(request.interfaceName())).ifPresent(this::supersede);
        Session session = open(request, caller);
        byInterface.put(request.interfaceName(), session);
        guarded(session, session::start);
    }

    private Session open(ClientRequest request, Caller caller) throws AttachRefusedException {
        try {
            return new Session(++lastNumber, request, caller, surroundings);
        } catch (IOException e) {
            String words = e.getMessage() == null ? "the interface cannot be used" : e.getMessage();
            throw new AttachRefusedException(AttachRefusedException.Kind.NO_INTERFACE, words);
        }
    }

    private void supersede(Session older) {
        write(older.request().interfaceName(), "a newer request takes over");
        dismiss(older);
    }

    @Override
    public void callerEnded(Caller caller) {
        byInterface.values().stream()
                .filter(session -> session.caller() == caller)
                .findFirst()
                .ifPresent(this::end);
    }

    @Override
    public void release(String interfaceName) {
        Session session = byInterface.get(interfaceName);
        if (session == null) {
            write(interfaceName, "there is no lease to release");
        } else {
            guarded(session, () -> session.command(Command.RELEASE));
        }
    }

    @Override
    public void stop(String interfaceName) {
        Optional.ofNullable(byInterface.get(interfaceName)).ifPresent(this::dismiss);
    }

    private void dismiss(Session session) {
        end(session);
        session.caller().exit(0);
    }

    private void end(Session session) {
        byInterface.remove(session.request().interfaceName(), session);
        session.close();
    }

    /** When the next client wants to act, nanoseconds on the boot clock. */
    long deadline() {
        long earliest = Long.MAX_VALUE;
        for (Session session : byInterface.values()) {
            earliest = Math.min(earliest, session.deadline());
        }
        return earliest;
    }

    /** Lets those act whose time has come. */
    void act(long now) {
        List<Session> due = new ArrayList<>();
        for (Session session : byInterface.values()) {
            if (session.deadline() <= now) {
                due.add(session);
            }
        }
        due.forEach(session -> guarded(session, session::act));
    }

    /**
     * A client that has run into a defect is ended and its caller told so, which NetworkManager sees: better than a client
     * that looks alive.
     */
    private void guarded(Session session, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            surroundings.journal().defect(session.request().interfaceName(), e);
            end(session);
            session.caller().exit(1);
        }
    }

    private void write(String interfaceName, String text) {
        surroundings.journal().write(Journal.Level.INFO, interfaceName, text);
    }
}
