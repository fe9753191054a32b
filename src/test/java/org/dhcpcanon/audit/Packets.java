package org.dhcpcanon.audit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Octets;

/** Writes the packets of a network by hand, a step at a time: what the audit reads must not be made by the code that it reads with. */
final class Packets {
    static final MacAddress MAC = new MacAddress(0x0212_3456_789aL);
    static final MacAddress OTHER = new MacAddress(0x02aa_bbcc_ddeeL);
    static final MacAddress SERVER_MAC = new MacAddress(0x0200_0000_0001L);
    static final Ipv4 SERVER = Ipv4.of(10, 0, 0, 1);
    static final Ipv4 ADDRESS = Ipv4.of(10, 0, 0, 7);
    static final int LEASE = 3600;
    private static final long MILLISECOND = 1_000_000L;

    final List<Frame> frames = new ArrayList<>();
    private long now = 1_700_000_000L * 1000 * MILLISECOND;
    private MacAddress mac = MAC;
    private MacAddress source = MAC;
    private int xid = 0xc0ffee01;
    private int secs;
    private int flags;
    private int length = 300;
    private Ipv4 giaddr = Ipv4.ANY;

    Packets as(MacAddress hardware) {
        mac = hardware;
        return under(hardware);
    }

    Packets under(MacAddress hardware) {
        source = hardware;
        return this;
    }

    Packets xid(int value) {
        xid = value;
        return this;
    }

    Packets secs(int value) {
        secs = value;
        return this;
    }

    Packets flags(int value) {
        flags = value;
        return this;
    }

    Packets length(int value) {
        length = value;
        return this;
    }

    Packets relay(Ipv4 value) {
        giaddr = value;
        return this;
    }

    Packets after(double seconds) {
        now += Math.round(seconds * 1000) * MILLISECOND;
        return this;
    }

    static byte[] option(int code, int... value) {
        byte[] option = new byte[2 + value.length];
        option[0] = (byte) code;
        option[1] = (byte) value.length;
        for (int i = 0; i < value.length; i++) {
            option[2 + i] = (byte) value[i];
        }
        return option;
    }

    static byte[] option(int code, byte[] value) {
        int[] octets = new int[value.length];
        for (int i = 0; i < value.length; i++) {
            octets[i] = value[i];
        }
        return option(code, octets);
    }

    static byte[] text(int code, String value) {
        return option(code, value.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    static byte[] address(int code, Ipv4 value) {
        return option(code, value.octets());
    }

    byte[] identifier() {
        return option(61, Octets.u8(1).plus(Octets.of(mac.octets())).toArray());
    }

    static final byte[] ASKED = option(55, 121, 3, 6, 1);

    Packets discover(byte[]... more) {
        return send(Ipv4.ANY, Ipv4.BROADCAST, joined(1, more, ASKED, identifier()));
    }

    Packets select(byte[]... more) {
        return send(
                Ipv4.ANY,
                Ipv4.BROADCAST,
                joined(3, more, address(50, ADDRESS), identifier(), ASKED, address(54, SERVER)));
    }

    Packets discoverAsking(byte[] list) {
        return send(Ipv4.ANY, Ipv4.BROADCAST, option(53, 1), list, identifier());
    }

    Packets selectAsking(byte[] list) {
        return send(
                Ipv4.ANY, Ipv4.BROADCAST, option(53, 3), list, address(50, ADDRESS), address(54, SERVER), identifier());
    }

    Packets renew(byte[]... more) {
        return send(ADDRESS, SERVER, joined(3, more, identifier(), ASKED));
    }

    /** Option 53 first, the given ones last. */
    static byte[][] joined(int type, byte[][] more, byte[]... options) {
        List<byte[]> all = new ArrayList<>(List.of(option(53, type)));
        all.addAll(List.of(options));
        all.addAll(List.of(more));
        return all.toArray(byte[][]::new);
    }

    /** Exactly these options, from the client. */
    Packets send(Ipv4 ciaddr, Ipv4 to, byte[]... options) {
        byte[] message = message(1, ciaddr, Ipv4.ANY, options);
        MacAddress target = to.equals(Ipv4.BROADCAST) ? MacAddress.BROADCAST : SERVER_MAC;
        return add(ethernet(target, source, 0x0800, datagram(ciaddr, to, 68, 67, message)));
    }

    /** Twenty milliseconds pass for each packet by itself. */
    Packets add(byte[] frame) {
        frames.add(Frame.ethernet(frames.size() + 1, now, frame));
        return after(0.02);
    }

    Packets offer(byte[]... more) {
        return reply(2, more);
    }

    Packets ack(byte[]... more) {
        return reply(5, more);
    }

    Packets reply(int type, byte[]... more) {
        byte[] lease = ByteBuffer.allocate(4).putInt(LEASE).array();
        byte[] message = message(2, Ipv4.ANY, ADDRESS, joined(type, more, address(54, SERVER), option(51, lease)));
        return add(ethernet(mac, SERVER_MAC, 0x0800, datagram(SERVER, ADDRESS, 67, 68, message)));
    }

    /** A whole start, with a xid of its own. */
    Packets lease(int newXid) {
        return xid(newXid).discover().offer().select().ack();
    }

    Packets arp(MacAddress to, Ipv4 sender, Ipv4 target) {
        byte[] frame = new ArpPacket(ArpPacket.REQUEST, mac, sender, MacAddress.ZERO, target).bytes();
        System.arraycopy(to.octets(), 0, frame, 0, 6);
        System.arraycopy(source.octets(), 0, frame, 6, 6);
        return add(frame);
    }

    private byte[] message(int operation, Ipv4 ciaddr, Ipv4 yiaddr, byte[]... options) {
        ByteBuffer message = ByteBuffer.allocate(1500);
        message.put((byte) operation).put((byte) 1).put((byte) 6).put((byte) 0);
        message.putInt(xid).putShort((short) secs).putShort((short) flags);
        message.putInt(ciaddr.bits()).putInt(yiaddr.bits()).putInt(0).putInt(giaddr.bits());
        message.put(mac.octets()).position(236).putInt(0x63825363);
        for (byte[] option : options) {
            message.put(option);
        }
        message.put((byte) 255);
        return java.util.Arrays.copyOf(message.array(), Math.max(message.position(), length));
    }

    static byte[] datagram(Ipv4 from, Ipv4 to, int fromPort, int toPort, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(28 + payload.length);
        packet.put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) packet.capacity())
                .putInt(0x4000);
        packet.put((byte) 64)
                .put((byte) 17)
                .putShort((short) 0)
                .putInt(from.bits())
                .putInt(to.bits());
        packet.putShort((short) fromPort).putShort((short) toPort);
        packet.putShort((short) (8 + payload.length)).putShort((short) 0).put(payload);
        return packet.array();
    }

    static byte[] ethernet(MacAddress to, MacAddress from, int type, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length);
        frame.put(to.octets()).put(from.octets()).putShort((short) type).put(payload);
        return frame.array();
    }

    Audit audit() {
        return Audit.of(frames);
    }

    /** Of the client that was first. */
    Finding finding(Rule rule) {
        Finding finding = audit().clients().get(0).rows().get(rule);
        if (finding == null) {
            throw new AssertionError("no row " + rule.id());
        }
        return finding;
    }
}
