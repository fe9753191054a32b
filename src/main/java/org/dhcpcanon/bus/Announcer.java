package org.dhcpcanon.bus;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dhcpcanon.dbus.Connection;
import org.dhcpcanon.runtime.ClientView;
import org.dhcpcanon.runtime.LeaseNews;
import org.freedesktop.dbus.types.Variant;

/** Emits the signals that changes of the objects call for. Only for the thread that writes to the bus. */
final class Announcer {
    private final Catalogue objects;
    private Face manager;
    private boolean listed = true;

    Announcer(Catalogue objects) {
        this.objects = objects;
        this.manager = objects.manager();
    }

    /** Brings one client's objects to what the client is now; empty if it is gone. */
    void update(Connection bus, int number, Optional<ClientView> now) throws IOException {
        Optional<ClientView> before = now.isPresent() ? objects.put(now.get()) : objects.remove(number);
        if (before.isPresent() && now.isPresent()) {
            changed(bus, Names.client(number), Face.client(before.get()), Face.client(now.get()));
            moved(bus, number, before.get().state(), now.get().state());
            changed(bus, Names.config(number), Face.config(before.get()), Face.config(now.get()));
        } else if (now.isPresent()) {
            added(bus, Names.client(number), Face.client(now.get()));
            added(bus, Names.config(number), Face.config(now.get()));
            listed = false;
        } else if (before.isPresent()) {
            removed(bus, Names.config(number), Names.CONFIG);
            removed(bus, Names.client(number), Names.CLIENT);
            listed = false;
        }
    }

    /** There may be other profiles now. */
    void reloaded() {
        listed = false;
    }

    /** Emits the change of the lists, if there was one: once for all clients that came and went together. */
    void list(Connection bus) throws IOException {
        if (!listed) {
            listed = true;
            Face before = manager;
            manager = objects.manager();
            changed(bus, Names.ROOT, before, manager);
        }
    }

    private static void moved(Connection bus, int number, String before, String now) throws IOException {
        if (!before.equals(now)) {
            bus.emit(Names.client(number), Names.CLIENT, "StateChanged", "ss", now, before);
        }
    }

    void event(Connection bus, int number, LeaseNews news) throws IOException {
        bus.emit(
                Names.client(number),
                Names.CLIENT,
                "Event",
                "sa{sv}",
                news.reason().name(),
                Face.strings(news.options()));
    }

    private static void changed(Connection bus, String path, Face before, Face now) throws IOException {
        Map<String, Variant<?>> changed = now.since(before);
        if (!changed.isEmpty()) {
            emitChanged(bus, path, now.name(), changed);
        }
    }

    private static void emitChanged(Connection bus, String path, String interfaceName, Map<String, Variant<?>> changed)
            throws IOException {
        bus.emit(path, Names.PROPERTIES, "PropertiesChanged", "sa{sv}as", interfaceName, changed, List.of());
    }

    private static void added(Connection bus, String path, Face face) throws IOException {
        bus.emit(
                Names.ROOT,
                Names.OBJECT_MANAGER,
                "InterfacesAdded",
                "oa{sa{sv}}",
                path,
                Map.of(face.name(), face.properties()));
    }

    private static void removed(Connection bus, String path, String interfaceName) throws IOException {
        bus.emit(Names.ROOT, Names.OBJECT_MANAGER, "InterfacesRemoved", "oas", path, List.of(interfaceName));
    }
}
