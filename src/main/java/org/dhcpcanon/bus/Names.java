package org.dhcpcanon.bus;

/** What things are called on the bus. */
final class Names {
    static final String BUS_NAME = "org.dhcpcanon1";
    static final String ROOT = "/org/dhcpcanon1";
    static final String MANAGER = "org.dhcpcanon1.Manager";
    static final String CLIENT = "org.dhcpcanon1.Client";
    static final String CONFIG = "org.freedesktop.NetworkManager.DHCP4Config";
    static final String PROPERTIES = "org.freedesktop.DBus.Properties";
    static final String INTROSPECTABLE = "org.freedesktop.DBus.Introspectable";
    static final String PEER = "org.freedesktop.DBus.Peer";
    static final String OBJECT_MANAGER = "org.freedesktop.DBus.ObjectManager";
    static final String ERRORS = "org.dhcpcanon1.Error.";
    static final String NO_OBJECT = "/";

    private Names() {}

    static String client(int number) {
        return ROOT + "/Client/" + number;
    }

    static String config(int number) {
        return ROOT + "/DHCP4Config/" + number;
    }
}
