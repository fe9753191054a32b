package org.dhcpcanon.callers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dhcpcanon.boot.Machine;
import org.dhcpcanon.lab.Shell;

/** A booted Debian 12 without NetworkManager, where everybody who starts dhclient starts ours. */
final class BootedHost implements AutoCloseable {
    private static final String DEBS =
            Path.of("test-fixtures/lab/debs").toAbsolutePath().toString();
    private static final Pattern CLIENT_ID = Pattern.compile("client-id|client id|vendor class|client provides name");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final Machine machine;

    private BootedHost(Machine machine) {
        this.machine = machine;
    }

    /**
     * With {@code dhcpcanon enable --dhclient}, and eth0 as it is before anybody has configured it.
     *
     * @param packages of Debian's, which are installed without a network
     */
    static BootedHost up(String... packages) {
        return with(Machine.up(), packages);
    }

    /** The same, which can be booted again. */
    static BootedHost withDisk(String... packages) {
        return with(Machine.up("--disk"), packages);
    }

    private static BootedHost with(Machine machine, String... packages) {
        BootedHost host = new BootedHost(machine);
        try {
            // Of NetworkManager's own client the server has learnt a name for the other address.
            host.script("systemctl mask --now NetworkManager; ip address flush dev eth0;"
                    + " ip link set eth0 down; ip link set eth0 address 02:00:00:00:00:77; : >/etc/resolv.conf");
            host.machine.install();
            host.install(packages);
            host.script("dhcpcanon enable --dhclient --yes");
            return host;
        } catch (AssertionError e) {
            host.close();
            throw e;
        }
    }

    private void install(String... packages) {
        String files = Shell.run(
                        Stream.concat(Stream.of(DEBS), Stream.of(packages)).toList())
                .ok();
        Shell.run(Stream.concat(
                                Stream.of("cp", "-t", machine.state().toString()),
                                files.lines().map(String::strip))
                        .toList())
                .ok();
        // One after the other: some want others to be there, and not only to come with them.
        files.lines()
                .forEach(file -> script("dpkg -i '/lab/" + Path.of(file.strip()).getFileName() + "'"));
    }

    void reboot() {
        machine.reboot();
    }

    String script(String text) {
        return machine.script(text);
    }

    Shell.Output tried(String text) {
        return machine.tried(text);
    }

    /** For {@code eth0} and the loopback interface, which is there already. */
    void interfaces(String... lines) {
        script("printf '%s\\n' " + quoted(lines) + " >/etc/network/interfaces");
    }

    private static String quoted(String... lines) {
        return String.join(" ", Stream.of(lines).map(line -> "'" + line + "'").toList());
    }

    /** The lines of the server's log until now. */
    long heard() {
        return Long.parseLong(script("wc -l </lab/server.log"));
    }

    String clientState() {
        return machine.clientState();
    }

    String hardwareAddress() {
        return script("cat /sys/class/net/eth0/address");
    }

    String address() {
        return machine.address();
    }

    /** That the interface has all of a lease, and that a client of ours has it. */
    void assertBound() {
        assertEquals("bound", clientState());
        assertConfigured();
    }

    /** The same, some seconds after the link was taken away. */
    void awaitBound() {
        script("for try in $(seq 100); do dhcpcanon status | grep -q ' bound ' &&"
                + " ip -4 address show dev eth0 | grep -q inet && exit; sleep 0.1; done; dhcpcanon status >&2; exit 1");
        assertBound();
    }

    /** That the interface has all of a lease: an address that ends by itself, a route, a name server. */
    void assertConfigured() {
        String shown = script("ip -4 address show dev eth0");
        assertTrue(shown.contains("inet 10.77.0."), shown);
        assertTrue(
                Pattern.compile("valid_lft 3[56][0-9][0-9]sec").matcher(shown).find(), shown);
        assertTrue(script("ip route").contains("default via 10.77.0.1 dev eth0"));
        assertTrue(script("cat /etc/resolv.conf").contains("nameserver 10.77.0.1"));
    }

    /** That ifup gives a lease, and ifdown takes it away, and once more. */
    void assertComesAndGoesTwice() {
        for (int time = 0; time < 2; time++) {
            long heard = heard();
            script("ifup eth0");
            assertBound();
            assertAnonymousSince(heard);
            script("ifdown eth0");
            assertGone();
        }
    }

    /** That nothing is left of a lease, and nobody is there to renew it. */
    void assertGone() {
        assertEquals("", clientState());
        assertUnconfigured();
    }

    void assertUnconfigured() {
        assertEquals("", script("ps -C dhclient -o args= || true"));
        assertEquals("", address());
        assertEquals("", script("ip route"));
        assertEquals("", script("cat /etc/resolv.conf 2>/dev/null || true"));
        assertFalse(script("ls /run").contains("dhclient"), "the pid file is left");
    }

    /**
     * That since a line of its log the server was asked, and never heard who asks: no name, no class, and no identifier but the
     * hardware address. It does not log an identifier of that kind.
     */
    void assertAnonymousSince(long line) {
        List<String> log =
                script("tail -n +" + (line + 1) + " /lab/server.log").lines().toList();
        assertTrue(log.stream().anyMatch(text -> text.contains("DHCPDISCOVER(srv0)")), log.toString());
        assertTrue(log.stream().noneMatch(text -> CLIENT_ID.matcher(text).find()), log.toString());
        assertTrue(log.stream().noneMatch(text -> text.contains("canary")), log.toString());
        String leases = script("cat /lab/dnsmasq.leases");
        String entry = leases.lines()
                .filter(text -> text.contains(address().replaceAll("/.*", " ")))
                .findFirst()
                .orElseThrow(() -> new AssertionError(leases));
        String[] words = SPACE.split(entry, 5);
        assertEquals(List.of("*", "01:" + words[1]), List.of(words[3], words[4]), "host name and client identifier");
    }

    @Override
    public void close() {
        machine.close();
    }
}
