package org.dhcpcanon.packet;

/** Where the fields of a DHCP message are, in octets from its start (RFC 2131 §2, figure 1). */
final class MessageLayout {
    static final int OPERATION = 0;
    static final int HARDWARE_TYPE = 1;
    static final int HARDWARE_LENGTH = 2;
    static final int TRANSACTION_ID = 4;
    static final int SECONDS = 8;
    static final int FLAGS = 10;
    static final int CLIENT_ADDRESS = 12;
    static final int YOUR_ADDRESS = 16;
    static final int NEXT_SERVER = 20;
    static final int RELAY_ADDRESS = 24;
    static final int HARDWARE = 28;
    static final int SERVER_NAME = 44;
    static final int FILE = 108;
    static final int COOKIE = 236;
    static final int OPTIONS = 240;

    /** 99.130.83.99, RFC 2131 §3. */
    static final int COOKIE_VALUE = 0x63825363;

    /** The ARP number of Ethernet, RFC 2131 §2. */
    static final int ETHERNET = 1;

    private MessageLayout() {}
}
