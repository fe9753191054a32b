package org.dhcpcanon.audit;

/** A packet that claims to be DHCP or ARP and is not; the message says what is wrong. */
final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
