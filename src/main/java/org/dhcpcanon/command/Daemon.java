package org.dhcpcanon.command;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.dhcpcanon.dbus.Bus;
import org.dhcpcanon.dbus.ErrorName;
import org.dhcpcanon.dbus.ErrorReplyException;
import org.dhcpcanon.dbus.Listener;
import org.dhcpcanon.dbus.Plain;
import org.dhcpcanon.dbus.Target;

/**
 * The service dhcpcanond, over the system bus. It is called by its unique name, which never starts it: a service that nobody has
 * started serves nobody.
 */
final class Daemon implements AutoCloseable {
    static final String NAME = "org.dhcpcanon1";
    static final String ROOT = "/org/dhcpcanon1";
    static final String MANAGER = "org.dhcpcanon1.Manager";
    static final String CLIENT = "org.dhcpcanon1.Client";
    static final String NOT_RUNNING = "dhcpcanond is not running: no interface uses it";

    private static final String CONFIG = "org.freedesktop.NetworkManager.DHCP4Config";
    private static final String PROPERTIES = "org.freedesktop.DBus.Properties";
    private static final String NO_OBJECT = "/";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Somebody may have to type a password. */
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(2);

    /** A system bus lets nobody wait for more than 128 answers. */
    private static final int AT_ONCE = 32;

    private final Bus bus;

    private Daemon(Bus bus) {
        this.bus = bus;
    }

    static Daemon reach(Map<String, String> environment, Listener listener) throws Failure {
        String address = environment.getOrDefault("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/run/dbus/system_bus_socket");
        try {
            return new Daemon(Bus.joinBriefly(address, listener));
        } catch (IOException e) {
            throw Failure.unreachable("cannot reach the system bus at " + address + ": " + e.getMessage()
                    + "; is dbus running (systemctl status dbus)?");
        }
    }

    /** Has the listener hear what the service tells, and that it comes and goes. */
    void watch() throws Failure {
        try {
            bus.watch("type='signal',sender='" + NAME + "'");
            bus.watch("type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='" + NAME + "'");
        } catch (IOException e) {
            throw Failure.unreachable(String.valueOf(e.getMessage()));
        }
    }

    Optional<String> owner() throws Failure {
        try {
            return bus.ownerOf(NAME);
        } catch (IOException e) {
            throw Failure.unreachable(String.valueOf(e.getMessage()));
        }
    }

    /** What there is now. Asked object by object, since one answer with everything may be longer than a message may be here. */
    Overview overview() throws Failure {
        Optional<String> owner = owner();
        if (owner.isEmpty()) {
            return Overview.NOT_RUNNING;
        }
        Properties manager = new Properties(await(properties(owner.get(), ROOT, MANAGER)));
        List<ClientStatus> clients = clients(owner.get(), manager.texts("Clients"));
        return new Overview(true, manager.text("Version"), clients);
    }

    private List<ClientStatus> clients(String owner, List<String> paths) throws Failure {
        List<ClientStatus> clients = new ArrayList<>();
        for (int from = 0; from < paths.size(); from += AT_ONCE) {
            clients.addAll(some(owner, paths.subList(from, Math.min(from + AT_ONCE, paths.size()))));
        }
        return clients;
    }

    /** All questions are on their way before the first answer is waited for. A client that goes meanwhile is passed over. */
    private List<ClientStatus> some(String owner, List<String> paths) throws Failure {
        List<CompletableFuture<List<Object>>> answers =
                paths.stream().map(path -> properties(owner, path, CLIENT)).toList();
        List<ClientStatus> clients = new ArrayList<>();
        List<CompletableFuture<List<Object>>> leases = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            Properties client = new Properties(orNothing(answers.get(i)));
            if (!client.isEmpty()) {
                clients.add(new ClientStatus(paths.get(i), client, Properties.NONE));
                leases.add(lease(owner, client.text("Lease").orElse(NO_OBJECT)));
            }
        }
        for (int i = 0; i < clients.size(); i++) {
            Properties lease = new Properties(orNothing(leases.get(i)));
            clients.set(i, clients.get(i).with(lease.inner("Options")));
        }
        return clients;
    }

    /** Asks the bus what the service would be asked, since that is always there. */
    void rehearse() throws Failure {
        Properties unused = new Properties(
                orNothing(properties("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")));
    }

    private CompletableFuture<List<Object>> lease(String owner, String path) {
        return path.equals(NO_OBJECT) ? CompletableFuture.completedFuture(List.of()) : properties(owner, path, CONFIG);
    }

    private CompletableFuture<List<Object>> properties(String owner, String path, String face) {
        return bus.connection().call(new Target(Optional.of(owner), path, PROPERTIES), "GetAll", PATIENCE, "s", face);
    }

    /** The answer; an empty dictionary if the object is gone. */
    private static Object orNothing(CompletableFuture<List<Object>> answer) throws Failure {
        try {
            return first(answer.get());
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            if (cause instanceof ErrorReplyException reply && reply.name().equals(ErrorName.UNKNOWN_OBJECT)) {
                return Map.of();
            }
            throw failure(cause);
        } catch (InterruptedException e) {
            throw Failure.failed("interrupted");
        }
    }

    /** Calls a method without arguments and waits until it is done; the user may be asked whether it is allowed. */
    void ask(String path, String face, String member) throws Failure {
        String owner = owner().orElseThrow(() -> Failure.unreachable(NOT_RUNNING));
        await(bus.connection().ask(new Target(Optional.of(owner), path, face), member, LONG_PATIENCE));
    }

    /** Has the service, which is started for it if need be, do something of its own. */
    void order(String member, String argument) throws Failure {
        Target service = new Target(Optional.of(NAME), ROOT, MANAGER);
        await(bus.connection().call(service, member, LONG_PATIENCE, "s", argument));
    }

    private static Object await(CompletableFuture<List<Object>> answer) throws Failure {
        try {
            return first(answer.get());
        } catch (ExecutionException e) {
            throw failure(Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException e) {
            throw Failure.failed("interrupted");
        }
    }

    private static Object first(List<Object> values) {
        return values.isEmpty() ? Map.of() : Plain.of(values.get(0));
    }

    private static Failure failure(Throwable cause) {
        if (cause instanceof ErrorReplyException reply) {
            return failure(reply);
        }
        String why = cause instanceof TimeoutException ? "it does not answer" : String.valueOf(cause.getMessage());
        return Failure.unreachable("dhcpcanond: " + why + "; see systemctl status dhcpcanon");
    }

    private static Failure failure(ErrorReplyException reply) {
        String text = reply.text().isEmpty() ? reply.name() : reply.text();
        return switch (reply.name()) {
            case ErrorName.ACCESS_DENIED, ErrorName.INTERACTIVE_AUTHORIZATION_REQUIRED ->
                Failure.notAllowed(text + "; try it as root (sudo)");
            case ErrorName.UNKNOWN_OBJECT, "org.dhcpcanon1.Error.NoInterface", "org.dhcpcanon1.Error.NoClient" ->
                Failure.noClient(text + "; see dhcpcanon status");
            case ErrorName.UNKNOWN_METHOD ->
                Failure.failed("the running dhcpcanond cannot do this (" + text
                        + "); if it is an older one, systemctl restart dhcpcanon starts the installed one");
            case ErrorName.SERVICE_UNKNOWN, ErrorName.NAME_HAS_NO_OWNER, ErrorName.NO_REPLY ->
                Failure.unreachable("dhcpcanond has just ended; see systemctl status dhcpcanon");
            default -> Failure.failed(text);
        };
    }

    @Override
    public void close() {
        bus.close();
    }
}
