package org.dhcpcanon.callers;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the caller of a dhclient can see of a run of it.
 *
 * @param lines that begin at column 0, without addresses and times; one that is said again is noted once
 * @param files those in which there is something, in the order in which they were last written; ISC's makes its lease file at once
 * @param daemon what the pid file names, by its parent; empty without one
 * @param told the reasons that the script was told
 * @param lease the statements of the lease file that callers look for, in their order
 */
record Seen(int status, List<String> lines, List<String> files, String daemon, List<String> told, List<String> lease) {
    private static final String PID = "/run/dhclient-eth0.pid";
    private static final String LEASE = "/run/dhclient-eth0.lease";
    private static final String FILES = " -sf /lab/script -pf " + PID + " -lf " + LEASE + " eth0";

    /** The client is ended after it. */
    static Seen of(Host host, String program, String flags) {
        host.script("ip addr flush dev eth0; ip link set eth0 up; rm -f " + PID + " " + LEASE + "; : >/lab/told");
        // Whoever is let go by a daemon sees the end of file.
        List<String> said = host.tried("timeout 20 cat < <(" + program + " " + flags + FILES + " 2>&1; echo status $?)")
                .ok()
                .lines()
                .toList();
        int status = Integer.parseInt(said.get(said.size() - 1).substring("status ".length()));
        if (status == 0) {
            // ISC's lets its caller go a moment before it writes the file.
            host.container.await("its pid file", () -> succeeds(host, "test -s " + PID));
        }
        if (flags.contains("-nw")) {
            host.container.await("its lease file", () -> succeeds(host, "test -s " + LEASE));
        }
        Seen seen =
                new Seen(status, messages(said), files(host), daemon(host), host.container.told(), statements(host));
        end(host);
        return seen;
    }

    private static boolean succeeds(Host host, String command) {
        return host.tried(command).status() == 0;
    }

    private static void end(Host host) {
        host.script("[ ! -s " + PID + " ] || kill $(cat " + PID + ") || true");
        host.container.await("its end", () -> !succeeds(host, "kill -0 $(cat " + PID + ")"));
        host.awaitNoClient();
    }

    private static List<String> messages(List<String> said) {
        List<String> lines = new ArrayList<>();
        for (String line : said) {
            String plain = line.replaceAll("[0-9]+(\\.[0-9]+){3}", "A").replaceAll("(interval|in) [0-9]+", "$1 N");
            boolean again = !lines.isEmpty() && lines.get(lines.size() - 1).equals(plain);
            if (plain.matches("(DHCP[A-Z]+ |bound |No |Unable ).*") && !again) {
                lines.add(plain);
            }
        }
        return lines;
    }

    private static List<String> files(Host host) {
        return host.script("find " + LEASE + " " + PID + " -size +0 -printf '%T@ %p\\n' 2>/dev/null || true")
                .lines()
                .map(line -> line.split(" ", 2))
                .sorted(Comparator.comparing(entry -> new BigDecimal(entry[0])))
                .map(entry -> entry[1])
                .toList();
    }

    private static String daemon(Host host) {
        return host.script("[ ! -s " + PID + " ] || ps -o ppid= -p $(cat " + PID + ") | sed 's/^ */child of /'");
    }

    private static List<String> statements(Host host) {
        return host.script("cat " + LEASE + " 2>/dev/null || true")
                .lines()
                .map(line -> line.replaceAll("^( *(option )?[a-z-]+).*", "$1"))
                .filter(line -> line.matches("lease|}|  (interface|fixed-address|renew|rebind|expire)"))
                .toList();
    }
}
