package org.dhcpcanon.audit;

import java.util.Arrays;
import java.util.Optional;

/** The link-layer headers that are understood, by the numbers of tcpdump.org's list. */
public enum LinkType {
    ETHERNET(1),
    /** An IPv4 or IPv6 header comes first: no link-layer addresses. */
    RAW(101),
    /** What Linux gives for "any" interface. */
    LINUX_COOKED(113),
    LINUX_COOKED_2(276);

    static final String SUPPORTED = "Ethernet (1), raw IP (101) and Linux cooked (113, 276) are understood";

    private final int code;

    LinkType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Optional<LinkType> byCode(int code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }
}
