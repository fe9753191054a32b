package org.dhcpcanon.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.dhcpcanon.client.Command;

/** All clients, one for an interface. On the loop thread. */
public final class Sessions implements Clients, Control {
    private final Surroundings surroundings;
    /** Not by the names of their interfaces, which can change. */
    private final Set<Session> sessions = new LinkedHashSet<>();

    private final RecentLeases recent;
    private int lastNumber;

    public Sessions(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.recent = new RecentLeases(surroundings);
    }

    @Override
    public void start(ClientRequest request, Caller caller) throws AttachRefusedException {
        of(request.interfaceName()).ifPresent(this::supersede);
        recent.forget(request.interfaceName());
        Session session = open(request, caller);
        // To open a link brings news of the kernel: another interface may have had this name when the request was made.
        of(request.interfaceName()).ifPresent(this::supersede);
        sessions.add(session);
        session.start();
    }

    private Optional<Session> of(String interfaceName) {
        return sessions.stream()
                .filter(session -> session.interfaceName().equals(interfaceName))
                .findFirst();
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
        write(older.subject(), "a newer request takes over");
        older.caller().message("another client takes over " + older.interfaceName());
        dismiss(older);
    }

    @Override
    public void callerEnded(Caller caller) {
        of(caller).ifPresent(session -> {
            session.leave();
            if (session.mayRelease()) {
                recent.keep(session);
            }
            end(session);
        });
    }

    private Optional<Session> of(Caller caller) {
        return sessions.stream().filter(session -> session.caller() == caller).findFirst();
    }

    @Override
    public void conclude(Caller caller, Command command, Runnable concluded) {
        Optional<Session> own = of(caller);
        own.ifPresentOrElse(session -> conclude(session, command, concluded), concluded);
    }

    private void conclude(Session session, Command command, Runnable concluded) {
        sessions.remove(session);
        session.conclude(command, concluded);
    }

    @Override
    public SortedMap<String, String> release(String interfaceName) {
        Optional<Session> session = of(interfaceName);
        if (session.isPresent()) {
            SortedMap<String, String> held = session.get().options();
            session.get().release();
            dismiss(session.get());
            return held;
        }
        SortedMap<String, String> given = recent.release(interfaceName);
        if (given.isEmpty()) {
            write(Subject.of(interfaceName), "there is no lease to release");
        }
        return given;
    }

    @Override
    public SortedMap<String, String> stop(String interfaceName) {
        SortedMap<String, String> held = held(interfaceName);
        of(interfaceName).ifPresent(this::dismiss);
        return held;
    }

    @Override
    public Outcome renew(String interfaceName) {
        return of(interfaceName).map(Session::renew).orElse(Outcome.NO_LEASE);
    }

    @Override
    public SortedMap<String, String> held(String interfaceName) {
        return of(interfaceName).map(Session::options).orElse(LeaseNews.NOTHING);
    }

    @Override
    public Outcome ask(int number, Command command) {
        Optional<Session> asked =
                sessions.stream().filter(session -> session.number() == number).findFirst();
        return asked.map(session -> ask(session, command)).orElse(Outcome.NO_CLIENT);
    }

    private Outcome ask(Session session, Command command) {
        if (command == Command.RENEW) {
            return session.renew();
        }
        if (command == Command.RELEASE && !session.mayRelease()) {
            return Outcome.NOT_ALLOWED;
        }
        conclude(session, command, () -> session.caller().exit(0));
        return Outcome.DONE;
    }

    private void dismiss(Session session) {
        end(session);
        session.caller().exit(0);
    }

    private void end(Session session) {
        if (sessions.remove(session)) {
            session.close();
        }
    }

    /**
     * A client that has run into a defect, or whose interface is gone, is ended and its caller told so, which NetworkManager sees: better
     * than a client that looks alive.
     */
    private void broken(Session session, Exception cause) {
        if (cause instanceof IOException) {
            surroundings
                    .journal()
                    .write(Journal.Level.WARNING, session.subject(), "cannot be used any more; its client ends");
        } else {
            surroundings.journal().defect(session.subject(), cause);
        }
        session.caller().exit(1);
        end(session);
    }

    /** When the next client wants to act, nanoseconds on the boot clock. */
    long deadline() {
        long earliest = recent.deadline();
        for (Session session : sessions) {
            earliest = Math.min(earliest, session.deadline());
        }
        return earliest;
    }

    /** Lets those act whose time has come. */
    void act(long now) {
        recent.forgetOld(now);
        List<Session> due = new ArrayList<>();
        for (Session session : sessions) {
            if (session.deadline() <= now) {
                due.add(session);
            }
        }
        due.forEach(Session::act);
    }

    private void write(Subject subject, String text) {
        surroundings.journal().write(Journal.Level.INFO, subject, text);
    }
}
