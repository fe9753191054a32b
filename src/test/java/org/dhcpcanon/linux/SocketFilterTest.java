package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ARP filter, run by the kernel between two connected sockets. */
final class SocketFilterTest {
    private static final MacAddress OWN = new MacAddress(0x0200_0000_7702L);
    private static final MacAddress OTHER = new MacAddress(0x0200_0000_7701L);
    private static final Ipv4 ADDRESS = Ipv4.of(10, 77, 0, 50);
    private static final Ipv4 NEIGHBOUR = Ipv4.of(10, 77, 0, 51);
    private static final int FRAME = 42;

    @AutoClose
    private FilteredPair pair;

    @BeforeEach
    void connect() throws IOException {
        pair = new FilteredPair(SocketFilter.ofConflicts(ADDRESS, OWN));
    }

    private boolean passes(byte[] frame) throws IOException {
        long length = pair.passed(frame);
        if (length >= 0) {
            assertEquals(frame.length, length, "whole");
        }
        return length >= 0;
    }

    private boolean passes(int operation, MacAddress sender, Ipv4 source, Ipv4 target) throws IOException {
        return passes(new ArpPacket(operation, sender, source, MacAddress.ZERO, target).bytes());
    }

    @Test
    void whoeverSaysToHaveTheAddressIsHeard() throws IOException {
        assertTrue(passes(ArpPacket.announcement(OTHER, ADDRESS).bytes()));
        assertTrue(passes(Arrays.copyOf(ArpPacket.announcement(OTHER, ADDRESS).bytes(), 60)), "padded");
        assertTrue(passes(ArpPacket.REPLY, OTHER, ADDRESS, Ipv4.ANY));
        assertTrue(passes(ArpPacket.REPLY, OTHER, ADDRESS, ADDRESS));
        assertTrue(passes(ArpPacket.REQUEST, OTHER, ADDRESS, NEIGHBOUR));
    }

    @Test
    void whoeverProbesTheAddressIsHeard() throws IOException {
        assertTrue(passes(ArpPacket.probe(OTHER, ADDRESS).bytes()));
    }

    @Test
    void everyBitOfTheHardwareAddressMakesAnother() throws IOException {
        for (int bit = 0; bit < 48; bit++) {
            MacAddress other = new MacAddress(OWN.bits() ^ 1L << bit);
            assertTrue(passes(ArpPacket.announcement(other, ADDRESS).bytes()), "bit " + bit);
        }
    }

    @Test
    void ownPacketsThatComeBackAreNotHeard() throws IOException {
        assertFalse(passes(ArpPacket.announcement(OWN, ADDRESS).bytes()));
        assertFalse(passes(ArpPacket.probe(OWN, ADDRESS).bytes()));
    }

    @Test
    void whatIsAboutOtherAddressesIsNotHeard() throws IOException {
        assertFalse(passes(ArpPacket.announcement(OTHER, NEIGHBOUR).bytes()));
        assertFalse(passes(ArpPacket.probe(OTHER, NEIGHBOUR).bytes()));
        assertFalse(passes(ArpPacket.REPLY, OTHER, NEIGHBOUR, NEIGHBOUR));
    }

    @Test
    void whoOnlyAsksForTheAddressIsNotHeard() throws IOException {
        assertFalse(passes(ArpPacket.REQUEST, OTHER, NEIGHBOUR, ADDRESS));
        assertFalse(passes(ArpPacket.REPLY, OTHER, Ipv4.ANY, ADDRESS), "only a request is a probe");
    }

    /** Type, hardware, protocol, their lengths. */
    @ParameterizedTest
    @ValueSource(ints = {12, 13, 14, 15, 16, 17, 18, 19})
    void onlyArpAboutIpv4OverEthernetIsHeard(int at) throws IOException {
        for (byte[] frame : new byte[][] {
            ArpPacket.probe(OTHER, ADDRESS).bytes(),
            ArpPacket.announcement(OTHER, ADDRESS).bytes()
        }) {
            frame[at] ^= 1;
            assertFalse(passes(frame));
        }
    }

    @Test
    void probeThatIsCutOffIsNotHeard() throws IOException {
        byte[] probe = ArpPacket.probe(OTHER, ADDRESS).bytes();
        for (int length = 1; length < FRAME; length++) {
            assertFalse(passes(Arrays.copyOf(probe, length)), length + " octets");
        }
    }
}
