package org.dhcpcanon.requirements;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.MalformedPacketException;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageReader;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;

/**
 * A DHCP message of the client, read from its frame.
 *
 * @param at nanoseconds on the boot clock
 * @param state what the client was doing when it came to send it
 * @param to the Ethernet destination
 * @param from the Ethernet source
 * @param source the IPv4 source
 * @param target the IPv4 destination
 * @param payload from op on, padding and all
 */
record Packet(
        long at,
        String state,
        MacAddress to,
        MacAddress from,
        Ipv4 source,
        Ipv4 target,
        Message message,
        Octets payload) {
    private static final int IP = 14;
    private static final int UDP = IP + 20;
    private static final int PAYLOAD = UDP + 8;
    private static final int OPTIONS = 240;

    static Packet of(long at, String state, byte[] frame) {
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        if (buffer.getShort(12) != 0x0800 || buffer.getShort(UDP) != 68 || buffer.getShort(UDP + 2) != 67) {
            throw new AssertionError("the client has sent what is not DHCP");
        }
        try {
            return new Packet(
                    at,
                    state,
                    MacAddress.at(frame, 0),
                    MacAddress.at(frame, 6),
                    Ipv4.at(frame, IP + 12),
                    Ipv4.at(frame, IP + 16),
                    MessageReader.readAny(frame, PAYLOAD, frame.length),
                    Octets.copyOf(frame, PAYLOAD, frame.length));
        } catch (MalformedPacketException e) {
            throw new AssertionError("the client has sent nonsense", e);
        }
    }

    boolean is(MessageType type) {
        return message.type() == type;
    }

    /** In DECLINE and RELEASE nobody is asked for anything. */
    boolean asks() {
        return is(MessageType.DISCOVER) || is(MessageType.REQUEST);
    }

    /** RFC 2131 §4.3.2: a REQUEST that answers an OFFER names the server. */
    boolean isSelecting() {
        return is(MessageType.REQUEST) && message.options().has(Option.SERVER_IDENTIFIER);
    }

    boolean isRebooting() {
        return is(MessageType.REQUEST) && !isExtending() && !isSelecting();
    }

    /** RFC 2131 §4.3.2: only a client with a lease fills ciaddr in. */
    boolean isExtending() {
        return is(MessageType.REQUEST) && !message.clientAddress().equals(Ipv4.ANY);
    }

    boolean isBroadcast() {
        return target.equals(Ipv4.BROADCAST);
    }

    Octets option(int code) {
        return message.options().find(code).orElse(Octets.EMPTY);
    }

    boolean has(int code) {
        return message.options().find(code).isPresent();
    }

    List<Integer> parameters() {
        List<Integer> codes = new ArrayList<>();
        Octets list = option(55);
        for (int i = 0; i < list.length(); i++) {
            codes.add(list.u8At(i));
        }
        return codes;
    }

    /** Every code that is in the options field, up to END, as often as it is there. */
    List<Integer> codes() {
        List<Integer> codes = new ArrayList<>();
        for (int at = OPTIONS; payload.u8At(at) != 255; at += 2 + payload.u8At(at + 1)) {
            codes.add(payload.u8At(at));
        }
        return codes;
    }

    /** Where a failure is. */
    @Override
    public String toString() {
        return message.type() + " in " + state + " with " + codes() + ", ciaddr " + message.clientAddress() + ", xid "
                + Integer.toHexString(message.transactionId());
    }
}
