package org.dhcpcanon.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dhcpcanon.dbus.BadArgumentsException;
import org.dhcpcanon.dbus.Bus;
import org.dhcpcanon.dbus.Call;
import org.dhcpcanon.dbus.ErrorName;
import org.dhcpcanon.dbus.Listener;
import org.dhcpcanon.dbus.Signal;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;

/** Has the service's name on a bus, and answers as it is told, with the documented interfaces. */
final class FakeService implements Listener, AutoCloseable {
    static final String ROOT = "/org/dhcpcanon1";
    private static final String CLIENT = "org.dhcpcanon1.Client";

    /** The properties of objects, by path. */
    final Map<String, Map<String, Variant<?>>> objects = new ConcurrentHashMap<>();

    /** What is answered to methods, by name: the name of an error, or empty for success. */
    final Map<String, String> answers = new ConcurrentHashMap<>();

    /** Paths and names of the methods that were called. */
    final List<String> called = new CopyOnWriteArrayList<>();

    private final Bus bus;

    FakeService(String address) throws IOException {
        objects.put(ROOT, manager(List.of()));
        bus = Bus.join(address, this);
        bus.own("org.dhcpcanon1");
    }

    private static Map<String, Variant<?>> manager(List<String> clients) {
        return new LinkedHashMap<>(
                Map.of("Version", new Variant<>("1.2.3", "s"), "Clients", new Variant<>(clients, "ao")));
    }

    static String client(int number) {
        return ROOT + "/Client/" + number;
    }

    /** A client with a lease, as the service of today describes it. */
    void add(int number, String interfaceName, Map<String, Variant<?>> more) {
        Map<String, Variant<?>> properties = new LinkedHashMap<>();
        properties.put("Interface", text(interfaceName));
        properties.put("State", text("bound"));
        properties.put("Profile", text("strict"));
        properties.put("Route", text("dhclient"));
        properties.put("Address", text("192.0.2." + number));
        properties.put("ServerIdentifier", text("192.0.2.254"));
        properties.put("Suppressed", new Variant<>(List.of("host-name (12) from \033[31m/etc/x line 3"), "as"));
        properties.put("Warnings", new Variant<>(List.of("the settings are not used", "another"), "as"));
        properties.put("Sent", new Variant<>(new UInt64(2), "t"));
        properties.put("Dropped", new Variant<>(Map.of("other_server", new UInt64(3)), "a{st}"));
        properties.put("Lease", path(ROOT + "/DHCP4Config/" + number));
        properties.putAll(more);
        objects.put(client(number), properties);
        Map<String, Variant<?>> options =
                new TreeMap<>(Map.of("subnet_mask", text("255.255.255.0"), "domain_name", text("a\"b\u001b[2J")));
        objects.put(ROOT + "/DHCP4Config/" + number, Map.of("Options", new Variant<>(options, "a{sv}")));
        objects.put(ROOT, manager(paths()));
    }

    private List<String> paths() {
        return objects.keySet().stream()
                .filter(path -> path.startsWith(ROOT + "/Client/"))
                .sorted()
                .toList();
    }

    static Variant<?> text(String text) {
        return new Variant<>(text, "s");
    }

    static Variant<?> path(String path) {
        return new Variant<>(path, "o");
    }

    static Variant<?> moment(UInt64 microseconds) {
        return new Variant<>(microseconds, "t");
    }

    void emit(String path, String face, String member, String signature, Object... values) throws IOException {
        bus.connection().emit(path, face, member, signature, values);
    }

    void changeState(int number, String state, String before) throws IOException {
        emit(client(number), CLIENT, "StateChanged", "ss", state, before);
    }

    void announce(String member, String signature, Object... values) throws IOException {
        emit(ROOT, "org.freedesktop.DBus.ObjectManager", member, signature, values);
    }

    static DBusPath objectPath(int number) {
        return new DBusPath(client(number));
    }

    @Override
    public void called(Call call) {
        if (call.member().equals("GetAll")) {
            properties(call);
            return;
        }
        called.add(call.path() + " " + call.interfaceName() + "." + call.member());
        String answer = answers.getOrDefault(call.member(), ErrorName.UNKNOWN_METHOD);
        if (answer.isEmpty()) {
            call.answer("");
        } else {
            call.refuse(answer, "not today");
        }
    }

    private void properties(Call call) {
        Map<String, Variant<?>> properties = objects.get(call.path());
        try {
            call.arguments();
        } catch (BadArgumentsException e) {
            throw new IllegalStateException(e);
        }
        if (properties == null) {
            call.refuse(ErrorName.UNKNOWN_OBJECT, "there is no object " + call.path());
        } else {
            call.answer("a{sv}", properties);
        }
    }

    @Override
    public void signalled(Signal signal) {
        // The bus tells about our name.
    }

    @Override
    public void lost(String why) {
        // The test is over.
    }

    @Override
    public void close() {
        bus.close();
    }
}
