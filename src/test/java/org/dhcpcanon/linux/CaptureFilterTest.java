package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a capture lets through, decided by the kernel between two connected sockets. */
final class CaptureFilterTest {
    private static final int IPV4 = 0x0800;
    private static final int UDP = 17;

    @AutoClose
    private FilteredPair pair;

    @BeforeEach
    void connect() throws IOException {
        pair = new FilteredPair(SocketFilter.ofAll());
    }

    private boolean passes(byte[] frame) throws IOException {
        return pair.passed(frame) >= 0;
    }

    /**
     * @param words of the IPv4 header's options
     */
    private static byte[] datagram(int type, int words, int fragment, int protocol, int from, int to) {
        int header = 20 + 4 * words;
        ByteBuffer frame = ByteBuffer.allocate(14 + header + 8);
        frame.putShort(12, (short) type).put(14, (byte) (0x45 + words)).putShort(20, (short) fragment);
        frame.put(23, (byte) protocol);
        frame.putShort(14 + header, (short) from).putShort(14 + header + 2, (short) to);
        return frame.array();
    }

    @Test
    void dhcpOfEitherSidePasses() throws IOException {
        assertTrue(passes(datagram(IPV4, 0, 0x4000, UDP, 68, 67)));
        assertTrue(passes(datagram(IPV4, 0, 0, UDP, 67, 68)));
        assertTrue(passes(datagram(IPV4, 10, 0, UDP, 67, 67)), "with options");
        assertTrue(passes(datagram(IPV4, 0, 0, UDP, 50000, 67)), "from a port of any number");
        assertTrue(passes(datagram(IPV4, 0, 0, UDP, 50000, 68)));
        assertTrue(passes(datagram(IPV4, 0, 0, UDP, 68, 50000)));
        assertTrue(passes(datagram(IPV4, 0, 0x2000, UDP, 68, 67)), "the first fragment");
    }

    @Test
    void arpPasses() throws IOException {
        assertTrue(passes(datagram(Linux.ETH_P_ARP, 0, 0, 0, 0, 0)));
    }

    @Test
    void nothingElsePasses() throws IOException {
        assertFalse(passes(datagram(IPV4, 0, 0, UDP, 66, 69)));
        assertFalse(passes(datagram(IPV4, 0, 0, 6, 68, 67)), "TCP");
        assertFalse(passes(datagram(IPV4, 0, 1, UDP, 68, 67)), "a later fragment");
        assertFalse(passes(datagram(0x86dd, 0, 0, UDP, 68, 67)), "IPv6");
        assertFalse(passes(datagram(0x8100, 0, 0, UDP, 68, 67)), "with a tag of a VLAN");
        assertFalse(passes(new byte[13]));
    }
}
