package org.dhcpcanon.shim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.dhcpcanon.runtime.ClientRequest;

/**
 * What a command line of dhclient asks for.
 *
 * @param program whose user is to be answered
 * @param interfaceName a name that the kernel could give an interface
 * @param script of {@code -sf}
 * @param leases the lease file of {@code -lf}
 * @param configuration the file of {@code -cf}
 * @param variables for the script, by {@code -e}
 * @param failAfterSeconds of {@code --timeout}, 1..2147483647
 * @param verbose whether the user wants to see what happens: {@code -v} or {@code -d}, and no {@code -q} after them
 * @param awaited whether somebody waits for a lease or a failure: without {@code -d}, and with {@code -1}
 */
record DhclientArguments(
        Program program,
        String interfaceName,
        Action action,
        Optional<String> script,
        Optional<String> leases,
        Optional<String> configuration,
        SortedMap<String, String> variables,
        OptionalLong failAfterSeconds,
        boolean verbose,
        boolean awaited,
        List<String> suppressed,
        List<String> warnings) {
    /** What is to be done. */
    enum Action {
        START,
        RELEASE,
        STOP,
        /** To have the lease of a client that runs renewed. */
        RENEW,
        /** To show the lease of a client that runs. */
        DUMP
    }

    private static final Pattern LEASE_FILE =
            Pattern.compile("dhclient-(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})-(.*)\\.lease");

    DhclientArguments {
        variables = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(variables));
        suppressed = List.copyOf(suppressed);
        warnings = List.copyOf(warnings);
    }

    /** Options may come before, between and after interfaces, and there is no bundling. */
    static DhclientArguments parse(ArgumentFile file) throws AttachRefusedException {
        return new DhclientArgumentReader(file).read();
    }

    /** NetworkManager tells its connection's UUID nowhere but in the name of the lease file. */
    Optional<String> connection() {
        return leases.map(file -> LEASE_FILE.matcher(file.substring(file.lastIndexOf('/') + 1)))
                .filter(name -> name.matches() && name.group(2).equals(interfaceName))
                .map(name -> name.group(1));
    }

    /** Whether the lease file is written: not for NetworkManager, which has no use for it, and whose user wants no trace on the disk. */
    boolean isRecorded() {
        return leases.isPresent() && !ClientRequest.isForNetworkManager(script);
    }

    /** A variable of {@code -e}, if it is one that a shell can take over unharmed. */
    static Optional<Map.Entry<String, String>> variable(String text) {
        Matcher matcher = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=([ -~]*)").matcher(text);
        return matcher.matches() ? Optional.of(Map.entry(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** As the kernel's dev_valid_name, but for letters outside ASCII, which nobody uses and some logs cannot show. */
    static boolean isInterfaceName(String text) {
        return text.matches("[!-~&&[^/:]]{1,15}") && !text.equals(".") && !text.equals("..");
    }
}
