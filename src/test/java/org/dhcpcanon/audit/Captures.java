package org.dhcpcanon.audit;

import org.dhcpcanon.packet.Ipv4;

/** Files for tests of what shows the result. */
public final class Captures {
    private Captures() {}

    /** A lease and its renewal, as they should be. */
    public static byte[] fine() {
        Packets packets = new Packets()
                .lease(0xc0ffee01)
                .after(1800)
                .xid(0x8badf00d)
                .renew()
                .ack();
        return CaptureFiles.pcap(packets.frames);
    }

    /** Two hardware addresses of one machine with a name, one of which breaks a MUST; and a malformed message. */
    public static byte[] broken() {
        byte[] name = Packets.text(12, "fro\"do");
        Packets packets = new Packets();
        byte[] bare = Packets.option(61, Packets.MAC.octets());
        packets.send(Ipv4.ANY, Ipv4.BROADCAST, Packets.option(53, 1), Packets.ASKED, bare, name);
        packets.as(Packets.OTHER).xid(0x85000001).discover(name);
        packets.send(Ipv4.ANY, Ipv4.BROADCAST, new byte[] {12, (byte) 200});
        return CaptureFiles.pcap(packets.frames);
    }
}
