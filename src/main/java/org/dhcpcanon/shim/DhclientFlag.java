package org.dhcpcanon.shim;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The flags of dhclient(8), of the patched dhclient of Fedora, and what becomes of each here. Those of dhcpcd(8) come in the words of these,
 * and what it has besides as flags of our own.
 */
enum DhclientFlag {
    IPV4("-4"),
    ONE_TRY("-1"),
    FOREGROUND("-d"),
    QUIET("-q"),
    VERBOSE("-v"),
    NO_WAIT("-nw"),
    WAIT("-w"),
    STANDARD_DDNS("-I"),
    NO_PID("--no-pid"),
    HELP("-h"),
    NO_INTERFACES("-n"),
    RELEASE("-r"),
    STOP("-x"),
    RENEW("--renew"),
    DUMP("--dump"),
    ONE_SHOT("--oneshot"),

    SCRIPT("-sf", Treatment.KEPT),
    LEASES("-lf", Treatment.KEPT),
    CONFIGURATION("-cf", Treatment.KEPT),
    VARIABLE("-e", Treatment.KEPT),
    TIMEOUT("--timeout", Treatment.KEPT),
    TIMEOUT_SHORT("-timeout", Treatment.KEPT),
    PID("-pf", Treatment.KEPT),
    DUID_FILE("-df", Treatment.KEPT),

    BROADCAST("-B", Treatment.IGNORED, false),
    PORT("-p", Treatment.IGNORED, true),
    SERVER("-s", Treatment.IGNORED, true),
    RELAY("-g", Treatment.IGNORED, true),
    REQUEST_LIST("-R", Treatment.IGNORED, true),
    DECLINE_WAIT("--decline-wait-time", Treatment.IGNORED, true),

    DUID("-i", Treatment.SUPPRESSED, false, "dhcp-client-identifier (61)"),
    DUID_TYPE("-D", Treatment.SUPPRESSED, true, "dhcp-client-identifier (61)"),
    CLIENT_ID("-C", Treatment.SUPPRESSED, true, "dhcp-client-identifier (61)"),
    HOST_NAME("-H", Treatment.SUPPRESSED, true, "host-name (12)"),
    FQDN("-F", Treatment.SUPPRESSED, true, "fqdn.fqdn (81)"),
    VENDOR_CLASS("-V", Treatment.SUPPRESSED, true, "vendor-class-identifier (60)"),

    USER_CLASS("--user-class", Treatment.SUPPRESSED, true, "user-class (77)"),
    VENDOR_OPTIONS("--vendor-options", Treatment.SUPPRESSED, true, "vendor-encapsulated-options (43)"),

    IPV6("-6", Treatment.IPV6, false),
    STATELESS("-S", Treatment.IPV6, false),
    NORMAL_ADDRESS("-N", Treatment.IPV6, false),
    TEMPORARY_ADDRESS("-T", Treatment.IPV6, false),
    PREFIX("-P", Treatment.IPV6, false),
    DHCP4O6("-4o6", Treatment.IPV6, true),
    DAD_WAIT("--dad-wait-time", Treatment.IPV6, true),
    PREFIX_HINT("--prefix-len-hint", Treatment.IPV6, true),
    ADDRESS_PREFIX("--address-prefix-len", Treatment.IPV6, true);

    /** What becomes of a flag. */
    enum Treatment {
        /** Understood; where it needs work, {@link DhclientArguments} does it. */
        KEPT,
        /** Accepted with a warning: it would have changed what goes over the wire. */
        IGNORED,
        /** Accepted and reported: it identifies. */
        SUPPRESSED,
        /** Refused for as long as there is no DHCPv6. */
        IPV6
    }

    private static final Map<String, DhclientFlag> BY_TEXT =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(DhclientFlag::text, flag -> flag));

    /** What the user of dhcpcd has said. */
    private static final Map<DhclientFlag, String> OF_DHCPCD = Map.of(
            HOST_NAME, "-h", CLIENT_ID, "-I", DUID, "-D", VENDOR_CLASS, "-i", USER_CLASS, "-u", VENDOR_OPTIONS, "-v");

    private final String text;
    private final Treatment treatment;
    private final boolean valued;
    private final String sends;

    DhclientFlag(String text) {
        this(text, Treatment.KEPT, false);
    }

    DhclientFlag(String text, Treatment treatment) {
        this(text, treatment, true);
    }

    DhclientFlag(String text, Treatment treatment, boolean valued) {
        this(text, treatment, valued, "");
    }

    DhclientFlag(String text, Treatment treatment, boolean valued, String sends) {
        this.text = text;
        this.treatment = treatment;
        this.valued = valued;
        this.sends = sends;
    }

    static Optional<DhclientFlag> find(String text) {
        return Optional.ofNullable(BY_TEXT.get(text));
    }

    String text() {
        return text;
    }

    /** As the user of a program has said it. */
    String text(Program program) {
        return program == Program.DHCPCD ? OF_DHCPCD.getOrDefault(this, text) : text;
    }

    Treatment treatment() {
        return treatment;
    }

    /** Whether the next argument belongs to it. */
    boolean valued() {
        return valued;
    }

    /** The option that it would have sent, for people. */
    String sends() {
        return sends;
    }
}
