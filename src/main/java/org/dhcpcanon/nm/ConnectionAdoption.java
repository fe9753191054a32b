package org.dhcpcanon.nm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.dhcpcanon.dbus.BadArgumentsException;
import org.dhcpcanon.dbus.Plain;
import org.dhcpcanon.dbus.Signal;
import org.dhcpcanon.nm.NetworkManagerBus.Applied;
import org.dhcpcanon.nm.NetworkManagerBus.Device;
import org.dhcpcanon.runtime.AdoptionException;
import org.dhcpcanon.runtime.AdoptionException.Kind;
import org.tinylog.Logger;

/** What changes connections so that their IPv4 is ours, or NetworkManager's again; in what is kept, and in what is in force. */
final class ConnectionAdoption {
    /** Those whose interfaces have Ethernet frames. */
    private static final Set<String> TYPES =
            Set.of("802-3-ethernet", ConnectionProfile.WIFI, "vlan", "bridge", "bond", "team", "macvlan", "veth");

    /** Connections that are adopted because they are new; what is in force of them may be from before. */
    private final Set<String> recent = new HashSet<>();

    private record Kept(String path, ConnectionProfile profile) {}

    String adopt(NetworkManagerBus bus, String connection) throws IOException, AdoptionException {
        Kept kept = find(bus, connection);
        if (!kept.profile().isAdopted()) {
            check(kept.profile());
            bus.keep(kept.path(), kept.profile().adopted());
        }
        apply(bus, kept.profile().uuid(), profile -> profile.isAdopted() ? profile : profile.adopted());
        Logger.info("a connection is adopted");
        return kept.profile().uuid();
    }

    String unadopt(NetworkManagerBus bus, String connection, boolean atOnce) throws IOException, AdoptionException {
        Kept kept = find(bus, connection);
        if (!kept.profile().isMarked()) {
            throw new AdoptionException(Kind.NOT_SUPPORTED, named(kept.profile()) + " is not adopted");
        }
        recent.remove(kept.profile().uuid());
        bus.keep(kept.path(), kept.profile().unadopted());
        if (atOnce) {
            apply(bus, kept.profile().uuid(), ConnectionProfile::unadopted);
        }
        Logger.info("a connection is not adopted any more");
        return kept.profile().uuid();
    }

    private static void check(ConnectionProfile profile) throws AdoptionException {
        if (!TYPES.contains(profile.type())) {
            throw refusal(profile, "is of type " + profile.type() + ", where there is no DHCP");
        }
        if (!Set.of("auto", "disabled").contains(profile.method())) {
            throw refusal(profile, "does not use DHCP: its ipv4.method is " + profile.method());
        }
        if (profile.hasAddresses()) {
            throw refusal(profile, "has IPv4 addresses of its own, which it cannot keep: remove them first");
        }
    }

    private static AdoptionException refusal(ConnectionProfile profile, String why) {
        return new AdoptionException(Kind.NOT_SUPPORTED, named(profile) + " " + why);
    }

    private static String named(ConnectionProfile profile) {
        return "connection \"" + profile.id() + "\"";
    }

    private static Kept find(NetworkManagerBus bus, String connection) throws IOException, AdoptionException {
        List<Kept> found = new ArrayList<>();
        for (String path : bus.connections()) {
            ConnectionProfile profile = bus.kept(path);
            if (profile.uuid().equalsIgnoreCase(connection)) {
                return new Kept(path, profile);
            }
            if (profile.id().equals(connection)) {
                found.add(new Kept(path, profile));
            }
        }
        if (found.size() != 1) {
            String many = found.isEmpty() ? "there is no connection \"" : "several connections are called \"";
            throw new AdoptionException(
                    Kind.NO_CONNECTION, many + connection + "\"; see nmcli -f NAME,UUID connection");
        }
        return found.get(0);
    }

    /** Nothing else that was changed in what is kept comes into force by this. */
    private static void apply(NetworkManagerBus bus, String uuid, UnaryOperator<ConnectionProfile> change)
            throws IOException {
        for (Device device : bus.devices()) {
            if (!device.hasConnection()) {
                continue;
            }
            Applied applied = bus.applied(device);
            if (applied.profile().uuid().equals(uuid)) {
                bus.reapply(device, new Applied(change.apply(applied.profile()), applied.version()));
            }
        }
    }

    /** Adopts a Wi-Fi connection of which NetworkManager has just told; it may be on its way up already. */
    void adoptNew(NetworkManagerBus bus, Signal news) throws IOException {
        String path;
        try {
            path = Plain.of(news.arguments().get(0)).toString();
        } catch (BadArgumentsException e) {
            return;
        }
        ConnectionProfile profile = bus.kept(path);
        boolean isOurs = profile.type().equals(ConnectionProfile.WIFI)
                && profile.method().equals("auto")
                && !profile.hasAddresses();
        if (isOurs && !profile.isMarked()) {
            bus.keep(path, profile.adopted());
            recent.add(profile.uuid());
            apply(bus, profile.uuid(), ConnectionProfile::adopted);
            Logger.info("a new Wi-Fi connection is adopted");
        }
    }

    /** What is in force on a device; of a connection that was adopted while it was on its way up, without IPv4 from now on. */
    Applied upToDate(NetworkManagerBus bus, Device device, Applied applied) throws IOException {
        if (!recent.contains(applied.profile().uuid()) || applied.profile().isMarked()) {
            return applied;
        }
        bus.reapply(device, new Applied(applied.profile().adopted(), applied.version()));
        return bus.applied(device);
    }
}
