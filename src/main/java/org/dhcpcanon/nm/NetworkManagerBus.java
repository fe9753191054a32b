package org.dhcpcanon.nm;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.dhcpcanon.dbus.Bus;
import org.dhcpcanon.dbus.ErrorReplyException;
import org.dhcpcanon.dbus.Listener;
import org.dhcpcanon.dbus.Plain;
import org.dhcpcanon.dbus.Signal;
import org.dhcpcanon.dbus.Target;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

/** What NetworkManager offers on the system bus. Calls wait for their answer; one that is an error is an {@link ErrorReplyException}. */
final class NetworkManagerBus implements AutoCloseable {
    static final String NAME = "org.freedesktop.NetworkManager";

    private static final String ROOT = "/org/freedesktop/NetworkManager";
    private static final String SETTINGS = ROOT + "/Settings";
    private static final String DEVICE = NAME + ".Device";
    private static final String CONNECTION = NAME + ".Settings.Connection";
    private static final String PROPERTIES = "org.freedesktop.DBus.Properties";

    /** It may be waiting for a client that it ends, and for the one after that. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Of Update2. */
    private static final int TO_DISK = 1;
    /** Of Reapply: addresses of others stay. */
    private static final int PRESERVE_EXTERNAL_IP = 1;

    /** A device, with what is of interest of it. */
    record Device(String path, String interfaceName, int state, String activation) {
        private static final int PREPARING = 40;
        private static final int WITH_LINK = 70;
        private static final int ACTIVATED = 100;

        /** Whether a connection is there, or on its way. */
        boolean hasConnection() {
            return state >= PREPARING && state <= ACTIVATED;
        }

        /** Whether frames get through, with the hardware address that it is to have. */
        boolean hasLink() {
            return state >= WITH_LINK && state <= ACTIVATED;
        }
    }

    /** Errors of the bus, without what is the same in all of their names. */
    private static final Set<String> GONE =
            Set.of("NoReply", "ServiceUnknown", "NameHasNoOwner", "Disconnected", "UnknownObject");

    /** What is applied to a device, and in which version. */
    record Applied(ConnectionProfile profile, long version) {}

    private final Bus bus;
    /** The unique name, since the other one could start a NetworkManager that nobody wants. */
    private Optional<String> owner = Optional.empty();
    /** Not known before 1.42. */
    private boolean preserves = true;

    private NetworkManagerBus(Bus bus) {
        this.bus = bus;
    }

    /** Joins the bus; the listener then hears what may be of interest, and that NetworkManager comes and goes. */
    static NetworkManagerBus join(String address, Listener listener) throws IOException {
        Bus bus = Bus.join(address, listener);
        try {
            bus.watch("type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='" + NAME + "'");
            bus.watch("type='signal',sender='" + NAME + "',interface='" + DEVICE + "',member='StateChanged'");
            watchProperties(bus, DEVICE);
            watchProperties(bus, NAME + ".IP4Config");
            bus.watch("type='signal',sender='" + NAME + "',path='" + SETTINGS + "',member='NewConnection'");
            return new NetworkManagerBus(bus);
        } catch (IOException e) {
            bus.close();
            throw e;
        }
    }

    private static void watchProperties(Bus bus, String face) throws IOException {
        bus.watch("type='signal',sender='" + NAME + "',interface='" + PROPERTIES + "',member='PropertiesChanged',arg0='"
                + face + "'");
    }

    /** Looks who is NetworkManager now; whether anybody is. All other calls are to that one. */
    boolean find() throws IOException {
        owner = bus.ownerOf(NAME);
        return owner.isPresent();
    }

    /** Whether a signal is of NetworkManager: anybody on the bus can send some. */
    boolean isOurs(Signal signal) {
        return owner.filter(signal.sender()::equals).isPresent();
    }

    /** The device of an interface; empty if NetworkManager has none. */
    Optional<Device> deviceOf(String interfaceName) throws IOException {
        try {
            List<Object> found = call(ROOT, NAME, "GetDeviceByIpIface", "s", interfaceName);
            String path = text(Plain.of(first(found)));
            return device(path, begin(path, PROPERTIES, "GetAll", "s", DEVICE));
        } catch (ErrorReplyException e) {
            return Optional.empty();
        }
    }

    List<Device> devices() throws IOException {
        List<String> paths = texts(call(ROOT, NAME, "GetDevices", ""));
        Map<String, CompletableFuture<List<Object>>> answers = new LinkedHashMap<>();
        paths.forEach(path -> answers.put(path, begin(path, PROPERTIES, "GetAll", "s", DEVICE)));
        List<Device> devices = new ArrayList<>();
        for (String path : paths) {
            device(path, Objects.requireNonNull(answers.get(path))).ifPresent(devices::add);
        }
        return devices;
    }

    /** Empty if it has gone meanwhile. */
    private static Optional<Device> device(String path, CompletableFuture<List<Object>> answer) throws IOException {
        try {
            Map<?, ?> properties = map(Plain.of(first(await(answer))));
            String ip = text(properties.get("IpInterface"));
            return Optional.of(new Device(
                    path,
                    ip.isEmpty() ? text(properties.get("Interface")) : ip,
                    properties.get("State") instanceof Number state ? state.intValue() : 0,
                    text(properties.get("ActiveConnection"))));
        } catch (ErrorReplyException e) {
            return Optional.empty();
        }
    }

    /** The connection of a device, as it is in force there. */
    Applied applied(Device device) throws IOException {
        List<Object> values = call(device.path(), DEVICE, "GetAppliedConnection", "u", new UInt32(0));
        return new Applied(profile(values), ((Number) Plain.of(values.get(1))).longValue());
    }

    /** Has it be in force, if nobody has changed what is. */
    void reapply(Device device, Applied wanted) throws IOException {
        if (preserves) {
            try {
                reapply(device, wanted, PRESERVE_EXTERNAL_IP);
                return;
            } catch (ErrorReplyException e) {
                if (!e.name().endsWith(".InvalidArgument") || !e.text().contains("flag")) {
                    throw e;
                }
                preserves = false;
            }
        }
        reapply(device, wanted, 0);
    }

    private void reapply(Device device, Applied wanted, int flags) throws IOException {
        var unused = call(
                device.path(),
                DEVICE,
                "Reapply",
                "a{sa{sv}}tu",
                wanted.profile().settings(),
                new UInt64(wanted.version()),
                new UInt32(flags));
    }

    /** Has the connection be in force on its device as it is kept. */
    void reapplyKept(Device device) throws IOException {
        reapply(device, new Applied(new ConnectionProfile(Map.of()), 0), 0);
    }

    /** The paths of all connections that are kept. */
    List<String> connections() throws IOException {
        return texts(call(SETTINGS, NAME + ".Settings", "ListConnections", ""));
    }

    /** A connection as it is kept, without secrets. */
    ConnectionProfile kept(String path) throws IOException {
        return profile(call(path, CONNECTION, "GetSettings", ""));
    }

    /** Changes one. Secrets that are not told stay what they are. */
    void keep(String path, ConnectionProfile profile) throws IOException {
        var unused =
                call(path, CONNECTION, "Update2", "a{sa{sv}}ua{sv}", profile.settings(), new UInt32(TO_DISK), Map.of());
    }

    private static ConnectionProfile profile(List<Object> values) throws IOException {
        Map<String, Map<String, Variant<?>>> settings = new LinkedHashMap<>();
        for (Map.Entry<?, ?> setting : map(first(values)).entrySet()) {
            Map<String, Variant<?>> entries = new LinkedHashMap<>();
            map(setting.getValue()).forEach((key, value) -> entries.put(key.toString(), (Variant<?>) value));
            settings.put(setting.getKey().toString(), entries);
        }
        return new ConnectionProfile(settings);
    }

    private List<Object> call(String path, String face, String member, String signature, Object... arguments)
            throws IOException {
        return await(begin(path, face, member, signature, arguments));
    }

    private CompletableFuture<List<Object>> begin(
            String path, String face, String member, String signature, Object... arguments) {
        if (owner.isEmpty()) {
            return CompletableFuture.failedFuture(new IOException("it does not run"));
        }
        return bus.connection().call(new Target(owner, path, face), member, PATIENCE, signature, arguments);
    }

    private static List<Object> await(CompletableFuture<List<Object>> answer) throws IOException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            if (cause instanceof ErrorReplyException reply) {
                throw reply;
            }
            String why = cause instanceof TimeoutException ? "has not answered in time" : "" + cause.getMessage();
            throw new IOException("NetworkManager: " + why, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Whether a call has failed because NetworkManager ends, is only about to begin, or has not got the object any more. */
    static boolean hasGone(IOException failure) {
        return failure instanceof ErrorReplyException reply
                && (GONE.contains(reply.name().replaceFirst(".*\\.", ""))
                        || reply.text().contains("does not exist"));
    }

    private static Object first(List<Object> values) throws IOException {
        if (values.isEmpty()) {
            throw new IOException("NetworkManager has answered with nothing");
        }
        return values.get(0);
    }

    private static Map<?, ?> map(Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IOException("NetworkManager has answered with something else than a dictionary");
    }

    private static List<String> texts(List<Object> values) throws IOException {
        return Plain.of(first(values)) instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    @Override
    public void close() {
        bus.close();
    }
}
