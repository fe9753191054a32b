package org.dhcpcanon.shim;

import java.util.Locale;

/** Whom a shim stands in for. */
enum Program {
    DHCLIENT,
    DHCPCD;

    /** By the path that it was started by; any other name is that of a dhclient. */
    static Program of(String path) {
        return path.substring(path.lastIndexOf('/') + 1).equals(DHCPCD.text()) ? DHCPCD : DHCLIENT;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
