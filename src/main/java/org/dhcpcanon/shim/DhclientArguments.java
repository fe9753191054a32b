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

/**
 * What a command line of dhclient asks for.
 *
 * @param interfaceName a name that the kernel could give an interface
 * @param script of {@code -sf}
 * @param leases the lease file of {@code -lf}, which we never write
 * @param configuration the file of {@code -cf}
 * @param variables for the script, by {@code -e}
 * @param failAfterSeconds of {@code --timeout}, 1..2147483647
 */
record DhclientArguments(
        String interfaceName,
        Action action,
        Optional<String> script,
        Optional<String> leases,
        Optional<String> configuration,
        SortedMap<String, String> variables,
        OptionalLong failAfterSeconds,
        List<String> suppressed,
        List<String> warnings) {
    /** What is to be done. */
    enum Action {
        START,
        RELEASE,
        STOP
    }

    private static final Pattern LEASE_FILE =
            Pattern.compile("dhclient-(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})-(.*)\\.lease");

    DhclientArguments {
        variables = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(variables));
        suppressed = List.copyOf(suppressed);
        warnings = List.copyOf(warnings);
    }

    /** Options may come before, between and after interfaces, and there is no bundling. */
    static DhclientArguments parse(List<String> arguments) throws AttachRefusedException {
        return new DhclientArgumentReader(arguments).read();
    }

    /** NetworkManager tells its connection's UUID nowhere but in the name of the lease file. */
    Optional<String> connection() {
        return leases.map(file -> LEASE_FILE.matcher(file.substring(file.lastIndexOf('/') + 1)))
                .filter(name -> name.matches() && name.group(2).equals(interfaceName))
                .map(name -> name.group(1));
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
