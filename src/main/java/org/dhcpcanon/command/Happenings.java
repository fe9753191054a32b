package org.dhcpcanon.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dhcpcanon.dbus.BadArgumentsException;
import org.dhcpcanon.dbus.Plain;
import org.dhcpcanon.dbus.Signal;

/** Makes sense of the service's signals, one after the other. */
final class Happenings {
    private static final String BUS = "org.freedesktop.DBus";

    private final Map<String, String> interfaces = new HashMap<>();
    private Optional<String> owner;

    /** @param owner the unique name of the service now: anybody may send us a signal */
    Happenings(Optional<String> owner) {
        this.owner = owner;
    }

    /** The clients that are there when we begin. */
    List<Happening> begin(Overview overview) {
        List<Happening> happenings = new ArrayList<>();
        for (ClientStatus client : overview.clients()) {
            interfaces.put(client.path(), client.interfaceName());
            happenings.add(Happening.of(Happening.Kind.PRESENT, client.interfaceName(), client.text("State")));
        }
        if (!overview.running()) {
            happenings.add(Happening.ofService(Happening.Kind.SERVICE_ENDED));
        }
        return happenings;
    }

    /** What a signal says, if it says something new; one that cannot be read is passed over. */
    Optional<Happening> of(Signal signal) {
        try {
            List<Object> values = new ArrayList<>();
            for (Object value : signal.arguments()) {
                values.add(Plain.of(value));
            }
            if (signal.sender().equals(BUS)) {
                return ofBus(signal.member(), values);
            }
            return owner.filter(signal.sender()::equals).isPresent() ? ofService(signal, values) : Optional.empty();
        } catch (BadArgumentsException | IndexOutOfBoundsException | ClassCastException e) {
            return Optional.empty();
        }
    }

    private Optional<Happening> ofBus(String member, List<Object> values) {
        if (!member.equals("NameOwnerChanged") || !values.get(0).equals(Daemon.NAME)) {
            return Optional.empty();
        }
        owner = Optional.of((String) values.get(2)).filter(name -> !name.isEmpty());
        interfaces.clear();
        return Optional.of(
                Happening.ofService(owner.isPresent() ? Happening.Kind.SERVICE_STARTED : Happening.Kind.SERVICE_ENDED));
    }

    private Optional<Happening> ofService(Signal signal, List<Object> values) {
        return switch (signal.member()) {
            case "InterfacesAdded" -> added((String) values.get(0), new Properties(values.get(1)));
            case "InterfacesRemoved" -> removed((String) values.get(0));
            case "StateChanged" -> state(signal, values);
            case "Event" -> lease(signal, values);
            default -> Optional.empty();
        };
    }

    private Optional<Happening> added(String path, Properties faces) {
        Properties client = faces.inner(Daemon.CLIENT);
        Optional<String> name = client.text("Interface");
        if (name.isEmpty() || interfaces.put(path, name.get()) != null) {
            return Optional.empty();
        }
        String state = client.text("State").orElse(ClientStatus.UNKNOWN);
        return Optional.of(Happening.of(Happening.Kind.APPEARED, name.get(), state));
    }

    private Optional<Happening> removed(String path) {
        return Optional.ofNullable(interfaces.remove(path)).map(name -> Happening.of(Happening.Kind.GONE, name, ""));
    }

    private Optional<Happening> state(Signal signal, List<Object> values) {
        return Optional.of(new Happening(
                Happening.Kind.STATE,
                Optional.of(nameOf(signal)),
                (String) values.get(0),
                (String) values.get(1),
                Properties.NONE));
    }

    private Optional<Happening> lease(Signal signal, List<Object> values) {
        return Optional.of(new Happening(
                Happening.Kind.LEASE,
                Optional.of(nameOf(signal)),
                (String) values.get(0),
                "",
                new Properties(values.get(1))));
    }

    private String nameOf(Signal signal) {
        return interfaces.getOrDefault(signal.path(), ClientStatus.UNKNOWN);
    }
}
