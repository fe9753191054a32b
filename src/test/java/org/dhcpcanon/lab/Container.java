package org.dhcpcanon.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A machine without systemd, bus and NetworkManager, as a container is, on a wire with a DHCP server; with dhcpcanon as dhclient. */
public final class Container implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String FILES = " -cf /lab/dhclient.conf -pf /lab/pid -lf /lab/leases ";

    private final Lab lab;

    private Container(Lab lab) {
        this.lab = lab;
    }

    /** Options as of {@code lab up}. A client there asks for what its caller wants, and uses an address without a test of it. */
    public static Container up(String... options) {
        String[] all = java.util.Arrays.copyOf(options, options.length + 1);
        all[options.length] = "--bare";
        Container container = new Container(Lab.up(all));
        try {
            container.lab.run("install").ok();
            container.settings("profile = plain\nacd = none\n");
            container.write("dhclient.conf", "");
            container.script("for path in /sys/class/net/eth*; do ip link set ${path##*/} up; done");
            return container;
        } catch (AssertionError e) {
            container.close();
            throw e;
        }
    }

    /** The content of the section of defaults. */
    public void settings(String lines) {
        write("dhcpcanon.conf", "[defaults]\n" + lines);
        script("cp /lab/dhcpcanon.conf /etc/dhcpcanon/dhcpcanon.conf");
    }

    /** Writes a file into the directory that is {@code /lab} inside. */
    public void write(String name, String text) {
        try {
            Files.writeString(state().resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A script of the caller's own, {@code /lab/script}: it keeps the reasons in {@code told}, does what the package's does, and then
     * what the text says.
     */
    public void callersScript(String text) {
        String before = """
                #!/bin/sh
                PATH=/usr/sbin:/usr/bin:/sbin:/bin
                echo "$interface $reason" >>/lab/told
                /usr/lib/dhcpcanon/bin/dhcpcanon-script
                """;
        write("script", before + text + "\n");
        script("chmod 755 /lab/script");
    }

    private Path state() {
        return Path.of(lab.run("state").ok().strip());
    }

    /** Runs a script for bash inside, which must succeed. */
    public String script(String text) {
        return lab.script(text).strip();
    }

    /** Runs a script for bash inside, which may fail. */
    public Shell.Output tried(String text) {
        return lab.attempt("bash", "-c", text);
    }

    /** The command line of a client, with the usual files, up to and without the interface. */
    public static String dhclient(String flags) {
        return "dhclient" + FILES + flags + " ";
    }

    /** A lease on eth0, or not, with the script of the package. */
    public Shell.Output lease(String flags) {
        return tried(dhclient("-1 -v " + flags) + "eth0");
    }

    /** A lease on eth0 with the script of the caller's own. */
    public Shell.Output leaseByCallersScript(String flags) {
        return lease("-sf /lab/script " + flags);
    }

    /** Ends the client of eth0. */
    public void end(String flag) {
        script(dhclient(flag) + "eth0");
    }

    /** Ends the DHCP server. */
    public void noServer() {
        lab.run("server-stop").ok();
    }

    /** Has a system bus from now on, and so one service for all. */
    public void bus() {
        script("mkdir -p /run/dbus; dbus-daemon --system --fork");
    }

    /** Unpacks packages of Debian over what is there, without what they would do when they are installed. */
    public void unpack(String... packages) {
        List<String> line = new java.util.ArrayList<>(
                List.of(Path.of("test-fixtures/lab/debs").toAbsolutePath().toString()));
        line.addAll(List.of(packages));
        for (String file : Shell.run(line).ok().lines().toList()) {
            // What is a link on a merged system stays one.
            script("dpkg-deb --fsys-tarfile " + file + " | tar -x -C / --keep-directory-symlink --no-overwrite-dir");
        }
    }

    /** The address of an interface with its prefix; empty for none. */
    public String address(String interfaceName) {
        return lab.address(interfaceName);
    }

    /** Seconds that eth0 keeps its address. */
    public int validSeconds() {
        return lab.validSeconds();
    }

    /** The reasons that the caller's own script was told for eth0. */
    public List<String> told() {
        return lab.log("told")
                .lines()
                .filter(line -> line.startsWith("eth0 "))
                .map(line -> line.substring("eth0 ".length()))
                .toList();
    }

    /** A file of the directory that is {@code /lab} inside; empty without one. */
    public String file(String name) {
        return lab.log(name);
    }

    /** How many messages of a type were on the wire of an interface. */
    public int packets(String interfaceName, String type) {
        return lab.packets(interfaceName, type).size();
    }

    /** Waits until there were as many messages of a type on the wire of eth0. */
    public void awaitPackets(String type, int count) {
        lab.awaitPacket(type, count - 1, SOON);
    }

    /** Waits for something to become true. */
    public void await(String what, java.util.function.BooleanSupplier condition) {
        Eventually.holds(what, SOON, condition);
    }

    /** Services that run for one caller each. */
    public int services() {
        return lab.pids("org.dhcpcanon.app.Main --private").size();
    }

    /** Kills those services. */
    public void killServices() {
        lab.pids("org.dhcpcanon.app.Main --private").forEach(lab::kill);
    }

    @Override
    public void close() {
        lab.close();
    }
}
