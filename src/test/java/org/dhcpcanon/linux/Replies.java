package org.dhcpcanon.linux;

import java.util.Map;
import org.dhcpcanon.packet.IpHeader;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.MessageWriter;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.Options;
import org.dhcpcanon.packet.UdpFrame;

/** Messages of a server at 10.77.0.1 and frames that carry them. */
final class Replies {
    static final Ipv4 SERVER = Ipv4.of(10, 77, 0, 1);
    static final Ipv4 CLIENT = Ipv4.of(10, 77, 0, 50);
    static final MacAddress SERVER_MAC = new MacAddress(0x02_00_00_00_77_01L);
    static final IpHeader HEADER = new IpHeader(64, 0, true, 0);

    private static final int IP = 14;

    private Replies() {}

    static Message message(int operation, MessageType type, int transactionId, MacAddress hardware) {
        Options options = Options.of(Map.of(
                Option.DHCP_MESSAGE_TYPE.code(), Octets.u8(type.code()),
                Option.SERVER_IDENTIFIER.code(), Octets.of(SERVER)));
        return new Message(operation, transactionId, 0, 0, Ipv4.ANY, CLIENT, Ipv4.ANY, Ipv4.ANY, hardware, options);
    }

    static Message offer(int transactionId, MacAddress hardware) {
        return message(Message.BOOTREPLY, MessageType.OFFER, transactionId, hardware);
    }

    static byte[] payload(Message message) {
        return MessageWriter.write(message, 300);
    }

    /** Broadcast by Ethernet and by IPv4. */
    static byte[] frame(Message message) {
        return frame(message, MacAddress.BROADCAST, Ipv4.BROADCAST, 68);
    }

    static byte[] frame(Message message, MacAddress destination, Ipv4 address, int port) {
        return new UdpFrame(destination, SERVER_MAC, SERVER, address, 67, port, Octets.of(payload(message)))
                .bytes(HEADER);
    }

    /** The frame with another 16-bit word in its IPv4 header, whose checksum is put right. */
    static byte[] withIpWord(byte[] frame, int offset, int value) {
        byte[] changed = frame.clone();
        put16(changed, IP + offset, value);
        fixIpChecksum(changed);
        return changed;
    }

    /** The frame with four NOP options in its IPv4 header. */
    static byte[] withIpOptions(byte[] frame) {
        byte[] longer = new byte[frame.length + 4];
        System.arraycopy(frame, 0, longer, 0, IP + 20);
        java.util.Arrays.fill(longer, IP + 20, IP + 24, (byte) 1);
        System.arraycopy(frame, IP + 20, longer, IP + 24, frame.length - IP - 20);
        longer[IP] = 0x46;
        put16(longer, IP + 2, longer.length - IP);
        fixIpChecksum(longer);
        return longer;
    }

    private static void put16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }

    private static void fixIpChecksum(byte[] frame) {
        put16(frame, IP + 10, 0);
        put16(frame, IP + 10, ~onesSum(frame, IP, IP + 4 * (frame[IP] & 0xf)));
    }

    /** The ones' complement sum, RFC 1071; all ones if the range holds its own right checksum. */
    static int onesSum(byte[] bytes, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i += 2) {
            sum += (bytes[i] & 0xff) << 8 | (i + 1 < to ? bytes[i + 1] & 0xff : 0);
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }
}
