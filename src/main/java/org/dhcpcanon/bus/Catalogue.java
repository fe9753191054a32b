package org.dhcpcanon.bus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.dhcpcanon.runtime.ClientView;
import org.freedesktop.dbus.types.Variant;

/** The objects that are on the bus now. Only for the thread that writes to the bus. */
final class Catalogue {
    private final String version;
    private final Supplier<List<String>> profiles;
    private final TreeMap<Integer, ClientView> clients = new TreeMap<>();

    /** @param profiles the names of those that there are now; any thread */
    Catalogue(String version, Supplier<List<String>> profiles) {
        this.version = version;
        this.profiles = profiles;
    }

    /** @return what the client was before */
    Optional<ClientView> put(ClientView client) {
        return Optional.ofNullable(clients.put(client.number(), client));
    }

    Optional<ClientView> remove(int number) {
        return Optional.ofNullable(clients.remove(number));
    }

    /** The client that a path is of; 0 if there is none. */
    int clientAt(String path) {
        int number = number(path);
        return clients.containsKey(number) && path.equals(Names.client(number)) ? number : 0;
    }

    /** The client of an interface; 0 if there is none. */
    int clientOf(String interfaceName) {
        // While one takes over from another, both are there.
        return clients.values().stream()
                .filter(client -> client.interfaceName().equals(interfaceName))
                .mapToInt(ClientView::number)
                .max()
                .orElse(0);
    }

    void replace(Collection<ClientView> all) {
        clients.clear();
        all.forEach(this::put);
    }

    Face manager() {
        return Face.manager(
                version,
                profiles.get(),
                clients.keySet().stream().map(Names::client).toList());
    }

    /** The interfaces of ours that an object has; empty if there is no such object. */
    List<Face> at(String path) {
        if (path.equals(Names.ROOT)) {
            return List.of(manager());
        }
        Optional<ClientView> client = Optional.ofNullable(clients.get(number(path)));
        if (client.isPresent() && path.equals(Names.client(number(path)))) {
            return List.of(Face.client(client.get()));
        }
        if (client.isPresent() && path.equals(Names.config(number(path)))) {
            return List.of(Face.config(client.get()));
        }
        return List.of();
    }

    /** The number at the end; 0, which no client has, if there is none. */
    private static int number(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        boolean number = !last.isEmpty() && last.length() < 10 && last.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Integer.parseInt(last) : 0;
    }

    /** What GetManagedObjects returns: everything below the root object. */
    Map<String, Map<String, Map<String, Variant<?>>>> managed() {
        Map<String, Map<String, Map<String, Variant<?>>>> managed = new LinkedHashMap<>();
        clients.forEach((number, view) -> {
            managed.put(
                    Names.client(number), Map.of(Names.CLIENT, Face.client(view).properties()));
            managed.put(
                    Names.config(number), Map.of(Names.CONFIG, Face.config(view).properties()));
        });
        return managed;
    }

    /** Whether the path is an object's or leads to one. */
    boolean isNode(String path) {
        return path.equals("/")
                || path.equals(Names.ROOT)
                || !at(path).isEmpty()
                || !children(path).isEmpty();
    }

    /** The names of the nodes one level below. */
    List<String> children(String path) {
        String prefix = path.endsWith("/") ? path : path + "/";
        TreeSet<String> names = new TreeSet<>();
        for (String object : paths()) {
            if (object.startsWith(prefix) && object.length() > prefix.length()) {
                names.add(object.substring(prefix.length()).split("/", 2)[0]);
            }
        }
        return List.copyOf(names);
    }

    private List<String> paths() {
        List<String> paths = new ArrayList<>(List.of(Names.ROOT));
        for (int number : clients.keySet()) {
            paths.add(Names.client(number));
            paths.add(Names.config(number));
        }
        return paths;
    }
}
