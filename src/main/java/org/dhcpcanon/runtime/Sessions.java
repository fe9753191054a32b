package org.dhcpcanon.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All clients, one for an interface. On the loop thread. */
public final class Sessions implements Clients {
    private final Surroundings surroundings;
    private final Map<String, Session> byInterface = new LinkedHashMap<>();
    private final RecentLeases recent;
    private int lastNumber;

    public Sessions(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.recent = new RecentLeases(surroundings);
    }

    @Override
    public void start(ClientRequest request, Caller caller) throws AttachRefusedException {
        Optional.ofNullable(byInterface.get(request.interfaceName())).ifPresent(this::supersede);
        recent.forget(request.interfaceName());
        Session session = open(request, caller);
        byInterface.put(request.interfaceName(), session);
        session.start();
    }

    private Session open(ClientRequest request, Caller caller) throws AttachRefusedException {
        try {
            return new Session(++lastNumber, request, caller, surroundings, this::broken);
        } catch (IOException e) {
            String words = e.getMessage() == null ? "the interface cannot be used" : e.getMessage();
            throw new AttachRefusedException(AttachRefusedException.Kind.NO_INTERFACE, words);
        }
    }

    private void supersede(Session older) {
        write(older.request().interfaceName(), "a newer request takes over");
        older.caller().message("another client takes over " + older.request().interfaceName());
        dismiss(older);
    }

    @Override
    public void callerEnded(Caller caller) {
        byInterface.values().stream()
                .filter(session -> session.caller() == caller)
                .findFirst()
                .ifPresent(session -> {
                    if (session.mayRelease()) {
                        recent.keep(session.request().interfaceName(), session.held(), session.profile());
                    }
                    end(session);
                });
    }

    @Override
    public void release(String interfaceName) {
        Session session = byInterface.get(interfaceName);
        if (session != null) {
            session.release();
            dismiss(session);
        } else if (!recent.release(interfaceName)) {
            write(interfaceName, "there is no lease to release");
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
        if (byInterface.remove(session.request().interfaceName(), session)) {
            session.close();
        }
    }

    /**
     * A client that has run into a defect, or whose interface is gone, is ended and its caller told so, which NetworkManager sees: better
     * than a client that looks alive.
     */
    private void broken(Session session, Exception cause) {
        String interfaceName = session.request().interfaceName();
        if (cause instanceof IOException) {
            surroundings
                    .journal()
                    .write(Journal.Level.WARNING, interfaceName, "cannot be used any more; its client ends");
        } else {
            surroundings.journal().defect(interfaceName, cause);
        }
        session.caller().exit(1);
        end(session);
    }

    /** When the next client wants to act, nanoseconds on the boot clock. */
    long deadline() {
        long earliest = recent.deadline();
        for (Session session : byInterface.values()) {
            earliest = Math.min(earliest, session.deadline());
        }
        return earliest;
    }

    /** Lets those act whose time has come. */
    void act(long now) {
        recent.forgetOld(now);
        List<Session> due = new ArrayList<>();
        for (Session session : byInterface.values()) {
            if (session.deadline() <= now) {
                due.add(session);
            }
        }
        due.forEach(Session::act);
    }

    private void write(String interfaceName, String text) {
        surroundings.journal().write(Journal.Level.INFO, interfaceName, text);
    }
}
