package org.dhcpcanon.client;

import java.util.Set;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Option;

/**
 * The messages that a client sends, and what the protocol says about each (RFC 2131 §4.3.6 and table 5 in §4.4.1). Which other
 * options they hold, and in which order, is the profile's.
 *
 * <pre>
 *           xid           secs              ciaddr   50        54      to
 * DISCOVER  new           elapsed           -        -         -       everybody
 * REBOOT    new           elapsed           -        address   -       everybody
 * SELECT    the OFFER's   the DISCOVER's    -        offered   server  everybody
 * RENEW     new           since T1          address  -         -       server
 * REBIND    new           since T2          address  -         -       everybody
 * DECLINE   new           0                 -        address   server  everybody
 * RELEASE   new           0                 address  -         server  server
 * </pre>
 */
public enum Form {
    DISCOVER(MessageType.DISCOVER, false, false, Set.of()),
    REBOOT(MessageType.REQUEST, false, false, Set.of(Option.REQUESTED_ADDRESS)),
    SELECT(MessageType.REQUEST, false, false, Set.of(Option.REQUESTED_ADDRESS, Option.SERVER_IDENTIFIER)),
    RENEW(MessageType.REQUEST, true, true, Set.of()),
    REBIND(MessageType.REQUEST, true, false, Set.of()),
    DECLINE(MessageType.DECLINE, false, false, Set.of(Option.REQUESTED_ADDRESS, Option.SERVER_IDENTIFIER)),
    RELEASE(MessageType.RELEASE, true, true, Set.of(Option.SERVER_IDENTIFIER));

    private final MessageType type;
    private final boolean fromAddress;
    private final boolean toServer;

    /** Immutable, only not annotated so. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Option> needed;

    Form(MessageType type, boolean fromAddress, boolean toServer, Set<Option> needed) {
        this.type = type;
        this.fromAddress = fromAddress;
        this.toServer = toServer;
        this.needed = needed;
    }

    MessageType type() {
        return type;
    }

    /** Whether ciaddr is the address that is held. */
    boolean isFromAddress() {
        return fromAddress;
    }

    boolean isToServer() {
        return toServer;
    }

    /** Whether other options may stand in it, too: not in DECLINE and RELEASE (RFC 2131 table 5). */
    boolean takesMore() {
        return type == MessageType.DISCOVER || type == MessageType.REQUEST;
    }

    /** Whether 50 or 54 must stand in it; where it need not, it must not. */
    public boolean needs(int code) {
        return Option.byCode(code).filter(needed::contains).isPresent();
    }
}
