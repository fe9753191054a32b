package org.dhcpcanon.shim;

import static org.dhcpcanon.runtime.AttachRefusedException.Kind.BAD_ARGUMENTS;
import static org.dhcpcanon.runtime.AttachRefusedException.Kind.NOT_SUPPORTED;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.dhcpcanon.shim.DhclientArguments.Action;

/** Reads one command line of dhclient. */
final class DhclientArgumentReader {
    private static final String USAGE = "usage: dhclient [-4] [-d] [-q|-v] [-r|-x] [-sf SCRIPT] [-pf PIDFILE]"
            + " [-lf LEASEFILE] [-cf CONFFILE] [-e NAME=VALUE] INTERFACE";

    private final Program program;
    private final Iterator<String> rest;
    private final List<String> interfaces = new ArrayList<>();
    private final Map<DhclientFlag, String> values = new EnumMap<>(DhclientFlag.class);
    private final SortedMap<String, String> variables = new TreeMap<>();
    private final List<String> suppressed = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final boolean ipv6;
    private Action action = Action.START;
    private boolean verbose;

    DhclientArgumentReader(ArgumentFile file) {
        program = file.program();
        rest = file.arguments().iterator();
        ipv6 = file.arguments().contains(DhclientFlag.IPV6.text());
    }

    DhclientArguments read() throws AttachRefusedException {
        while (rest.hasNext()) {
            argument(rest.next());
        }
        refuseIpv6();
        return new DhclientArguments(
                program,
                interfaceName(),
                action,
                value(DhclientFlag.SCRIPT),
                value(DhclientFlag.LEASES),
                value(DhclientFlag.CONFIGURATION),
                variables,
                timeout(),
                verbose,
                !values.containsKey(DhclientFlag.FOREGROUND) || values.containsKey(DhclientFlag.ONE_TRY),
                suppressed,
                warnings);
    }

    private void argument(String text) throws AttachRefusedException {
        if (!text.startsWith("-")) {
            interfaces.add(text);
            return;
        }
        DhclientFlag flag =
                DhclientFlag.find(text).orElseThrow(() -> refused("unknown flag " + Shown.of(text) + "; " + USAGE));
        flag(flag, takesValue(flag) ? valueOf(flag) : "");
    }

    /** With DHCPv6 it is ISC's "all or nothing", without it is Fedora's list of options to request. */
    private boolean takesValue(DhclientFlag flag) {
        return flag.valued() && !(flag == DhclientFlag.REQUEST_LIST && ipv6);
    }

    private String valueOf(DhclientFlag flag) throws AttachRefusedException {
        if (!rest.hasNext()) {
            throw refused("flag " + flag.text() + " needs a value; " + USAGE);
        }
        return rest.next();
    }

    private void flag(DhclientFlag flag, String value) {
        values.put(flag, value);
        switch (flag.treatment()) {
            case SUPPRESSED -> suppressed.add(flag.sends() + " from flag " + flag.text(program));
            case IGNORED -> warnings.add("flag " + flag.text(program) + " is ignored");
            case KEPT -> kept(flag, value);
            case IPV6 -> {} // refused as a whole when the interface is known
        }
    }

    private void kept(DhclientFlag flag, String value) {
        if (flag == DhclientFlag.VERBOSE || flag == DhclientFlag.FOREGROUND || flag == DhclientFlag.QUIET) {
            verbose = flag != DhclientFlag.QUIET;
        } else if (flag == DhclientFlag.RELEASE) {
            action = Action.RELEASE;
        } else if (flag == DhclientFlag.STOP) {
            action = Action.STOP;
        } else if (flag == DhclientFlag.RENEW) {
            action = Action.RENEW;
        } else if (flag == DhclientFlag.DUMP) {
            action = Action.DUMP;
        } else if (flag == DhclientFlag.VARIABLE) {
            DhclientArguments.variable(value)
                    .ifPresentOrElse(
                            entry -> variables.put(entry.getKey(), entry.getValue()),
                            () -> warnings.add("-e " + Shown.of(value) + " is ignored; expected NAME=VALUE in ASCII"));
        }
    }

    private void refuseIpv6() throws AttachRefusedException {
        boolean wanted = values.keySet().stream().anyMatch(flag -> flag.treatment() == DhclientFlag.Treatment.IPV6);
        if (wanted) {
            String who = interfaces.isEmpty() ? "every interface" : "the interface " + Shown.of(interfaces.get(0));
            throw new AttachRefusedException(
                    NOT_SUPPORTED, "DHCPv6 is not available yet: " + who + " keeps its IPv4 client");
        }
    }

    private String interfaceName() throws AttachRefusedException {
        if (interfaces.isEmpty()) {
            throw refused("no interface is named; " + USAGE);
        }
        for (String name : interfaces) {
            if (!DhclientArguments.isInterfaceName(name)) {
                throw refused("\"" + Shown.of(name) + "\" cannot be the name of an interface; " + USAGE);
            }
        }
        if (values.containsKey(DhclientFlag.NO_INTERFACES)) {
            throw refused("flag -n and the interface " + interfaces.get(0) + " exclude each other; " + USAGE);
        }
        if (interfaces.size() > 1) {
            throw new AttachRefusedException(
                    NOT_SUPPORTED,
                    "one dhclient for several interfaces (" + Shown.of(String.join(", ", interfaces))
                            + ") is not available yet: start one for each");
        }
        return interfaces.get(0);
    }

    private Optional<String> value(DhclientFlag flag) {
        return Optional.ofNullable(values.get(flag));
    }

    private OptionalLong timeout() {
        Optional<String> text = value(DhclientFlag.TIMEOUT).or(() -> value(DhclientFlag.TIMEOUT_SHORT));
        OptionalLong seconds = text.map(DhclientConf::seconds).orElse(OptionalLong.empty());
        if (text.isPresent() && seconds.isEmpty()) {
            warnings.add("timeout " + Shown.of(text.get()) + " is ignored; expected seconds, 1..2147483647");
        }
        return seconds;
    }

    private static AttachRefusedException refused(String text) {
        return new AttachRefusedException(BAD_ARGUMENTS, text);
    }
}
