package org.dhcpcanon.packet;

/** Where the fields of an Ethernet header are, and the types that matter here. */
final class EthernetLayout {
    static final int DESTINATION = 0;
    static final int SOURCE = 6;
    static final int TYPE = 12;
    static final int LENGTH = 14;

    static final int TYPE_IPV4 = 0x0800;
    static final int TYPE_ARP = 0x0806;

    private EthernetLayout() {}
}
