package org.dhcpcanon.lab;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The running service of a lab, seen through the bus and through /proc. */
final class Dhcpcanon {
    private static final String NAME = "org.dhcpcanon1";
    private static final String CLIENT = "org.dhcpcanon1.Client";
    private static final String DHCP4 = "org.freedesktop.NetworkManager.DHCP4Config";
    private static final Pattern ENTRY = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\" s \"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Lab lab;

    Dhcpcanon(Lab lab) {
        this.lab = lab;
    }

    /** Paths of the objects below one of the service's, such as {@code Client}. */
    private List<String> objects(String kind) {
        return lab.attempt("busctl", "--list", "tree", NAME)
                .text()
                .lines()
                .filter(path -> path.startsWith("/org/dhcpcanon1/" + kind + "/"))
                .toList();
    }

    /** One object path for each client. */
    List<String> clients() {
        return objects("Client");
    }

    /** The client of an interface. */
    Optional<String> client(String interfaceName) {
        return clients().stream()
                .filter(path -> text(path, "Interface").equals(interfaceName))
                .findFirst();
    }

    /** A property of a client as busctl shows it; empty if there is no such client. */
    String property(String client, String name) {
        return lab.attempt("busctl", "get-property", NAME, client, CLIENT, name).text();
    }

    /** The first string of a property. */
    String text(String client, String name) {
        Matcher matcher = QUOTED.matcher(property(client, name));
        return matcher.find() ? matcher.group(1) : "";
    }

    /** The state of the interface's client; empty without one. */
    String state(String interfaceName) {
        return client(interfaceName).map(path -> text(path, "State")).orElse("");
    }

    /** The Options of the one lease that there is. */
    Map<String, String> options() {
        List<String> leases = objects("DHCP4Config");
        if (leases.size() != 1) {
            throw new AssertionError("not one DHCP4Config but " + leases);
        }
        Map<String, String> options = new TreeMap<>();
        Matcher matcher = ENTRY.matcher(lab.inside("busctl", "get-property", NAME, leases.get(0), DHCP4, "Options"));
        while (matcher.find()) {
            options.put(matcher.group(1), matcher.group(2));
        }
        return options;
    }

    /** The pid of the Java process; fails if there is not exactly one. */
    long pid() {
        List<Long> pids = pids();
        if (pids.size() != 1) {
            throw new AssertionError("not one service but " + pids);
        }
        return pids.get(0);
    }

    List<Long> pids() {
        return lab.pids("org.dhcpcanon.app.Main");
    }

    int threads() {
        return count("task");
    }

    int descriptors() {
        return count("fd");
    }

    private int count(String directory) {
        String[] entries = new File("/proc/" + pid() + "/" + directory).list();
        if (entries == null) {
            throw new AssertionError("the service is gone");
        }
        return entries.length;
    }

    /** Calls a method of the manager with dbus-send as root; the text has the name of an error. */
    Shell.Output call(String... arguments) {
        return lab.attempt(java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(
                                "dbus-send", "--system", "--print-reply", "--dest=" + NAME, "/org/dhcpcanon1"),
                        java.util.stream.Stream.of(arguments))
                .toArray(String[]::new));
    }

    /** Whether it answers on the bus. */
    boolean answers() {
        return call("org.freedesktop.DBus.Peer.Ping").status() == 0;
    }
}
