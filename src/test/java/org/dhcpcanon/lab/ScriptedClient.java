package org.dhcpcanon.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client whose script notes what it is given, in a lab with a server that sends many options. */
final class ScriptedClient implements AutoCloseable {
    private static final Path FIXTURES = Path.of("test-fixtures/script");
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String LOW = "10.77.0.50 10.77.0.90";
    private static final String HIGH = "10.77.0.150 10.77.0.190";
    /** In the order of dhclient.conf, and what the server sends besides. */
    private static final String REQUEST =
            "1 28 2 121 3 15 6 119 26 42 7 16 72 33 21 13 23 35 25 46 19 31 12 40 47 17 18 66 14 43" + " 252 245 224";

    private final Lab lab = Lab.up("--server", "none");
    private final String program;

    /** @param program as it is called inside the lab */
    ScriptedClient(String program) throws IOException {
        this.program = program;
        Path state = Path.of(lab.run("state").ok().strip());
        for (String name : List.of("dump", "dhclient.conf", "dhcpd.conf")) {
            Files.copy(FIXTURES.resolve(name), state.resolve(name));
        }
        // A copy has another path, so that no AppArmor profile of the host confines it.
        for (String name : List.of("dhclient", "dhcpd")) {
            Files.copy(Path.of("/usr/sbin", name), state.resolve("isc-" + name));
        }
        lab.script("chmod 755 /lab/dump /lab/isc-*; : >/lab/calls.log");
        lab.script(
                "printf '[defaults]\\nprofile = plain\\nrequest = " + REQUEST + "\\n' >/etc/dhcpcanon/dhcpcanon.conf");
        lab.run("sexec", "--", "ip", "addr", "add", "10.77.0.1/24", "dev", "br0")
                .ok();
    }

    /** A server that has forgotten everything. */
    void serve(int seconds, boolean high) {
        String values = "s/SECONDS/" + seconds + "/g; s/T1/" + seconds / 4 + "/; s/T2/" + seconds * 2 / 3 + "/; s/OPEN/"
                + (high ? HIGH : LOW) + "/; s/CLOSED/" + (high ? LOW : HIGH) + "/";
        lab.script("sed '" + values + "' /lab/dhcpd.conf >/lab/dhcpd.now; : >/lab/dhcpd.leases; : >/lab/dhcpd.log");
        lab.run(
                        "sexec",
                        "--",
                        "bash",
                        "-c",
                        "setsid /lab/isc-dhcpd -4 -f -d --no-pid -user root -group root -cf /lab/dhcpd.now"
                                + " -lf /lab/dhcpd.leases br0 </dev/null >>/lab/dhcpd.log 2>&1 &")
                .ok();
        Eventually.holds("the server is there", SOON, () -> lab.log("dhcpd.log").contains("Server starting service"));
    }

    void endServer() {
        end("/lab/isc-dhcpd ");
    }

    void endClient() {
        end(" -lf /lab/leases ");
    }

    private void end(String text) {
        lab.pids(text).forEach(lab::kill);
        Eventually.holds(text + "is gone", SOON, () -> lab.pids(text).isEmpty());
    }

    private String line(String flags) {
        return program + " " + flags
                + " -e EXTRA=1 -sf /lab/dump -cf /lab/dhclient.conf -pf /lab/pid -lf /lab/leases eth0";
    }

    void start() {
        lab.begin("client", line("-d"));
    }

    /** To its end. */
    void run(String flag) {
        lab.script(line(flag) + " >>/lab/client.log 2>&1");
    }

    List<ScriptCall> calls() {
        return ScriptCall.all(lab.log("calls.log"));
    }

    List<String> reasons() {
        return calls().stream().map(ScriptCall::reason).toList();
    }

    /** The call with the reason that was the last but none, once there are so many of them. */
    void await(String reason, int count) {
        Eventually.holds(count + " times " + reason, SOON, () -> count(reason) >= count);
    }

    private long count(String reason) {
        return reasons().stream().filter(reason::equals).count();
    }

    /** The last entry of the lease file by the rules of cloud-init, which splits it with regular expressions. */
    Map<String, String> lastLease() {
        Matcher leases = Pattern.compile("lease \\{(.*?)\\}\n", Pattern.DOTALL).matcher(lab.log("leases"));
        Map<String, String> last = new LinkedHashMap<>();
        while (leases.find()) {
            last.clear();
            for (String statement : leases.group(1).split(";", -1)) {
                String[] words = statement
                        .strip()
                        .replace("\"", "")
                        .replace("option ", "")
                        .split(" ", 2);
                if (words.length == 2) {
                    last.put(words[0], words[1]);
                }
            }
        }
        return last;
    }

    String leases() {
        return lab.log("leases");
    }

    String mode() {
        return lab.script("stat -c %a /lab/leases").strip();
    }

    @Override
    public void close() {
        lab.close();
    }
}
