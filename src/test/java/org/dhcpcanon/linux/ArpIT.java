package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.dhcpcanon.client.Listening;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ARP packets of a link, on a cable between two network namespaces. */
@Timeout(60)
final class ArpIT {
    private static final Ipv4 ADDRESS = Replies.CLIENT;
    private static final Ipv4 OTHER_ADDRESS = Ipv4.of(10, 77, 0, 51);
    private static final MacAddress OTHER = Replies.SERVER_MAC;
    private static final String USED = "ARP of 02:00:00:00:77:01 as 10.77.0.50";
    private static final String PROBED = "ARP of 02:00:00:00:77:01 as 0.0.0.0";
    private static final int FLOOD = 64;

    private Lab lab;
    private Tap far;

    @BeforeEach
    void build() throws Exception {
        lab = new Lab();
        far = Tap.on(lab.server, "srv0", Linux.ETH_P_ARP);
    }

    @AfterEach
    void tearDown() throws Exception {
        far.close();
        lab.close();
    }

    private void hearArp(Optional<Ipv4> address) throws Exception {
        lab.client.call(() -> {
            lab.link.hearArp(address);
            return address;
        });
    }

    private void send(ArpPacket packet) throws Exception {
        lab.client.call(() -> {
            lab.link.send(packet);
            return packet;
        });
    }

    private static byte[] announcement() {
        return ArpPacket.announcement(OTHER, ADDRESS).bytes();
    }

    /** Waits until the kernel has so many packet sockets in the client's namespace. */
    private void awaitSockets(int count) throws Exception {
        long end = System.nanoTime() + 5000 * Lab.MILLI;
        while (sockets() != count && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertEquals(count, sockets());
    }

    private long sockets() throws Exception {
        // The first line is the heading.
        return lab.client.run("cat", "/proc/net/packet").lines().count() - 1;
    }

    @Test
    void whoUsesOrProbesTheAddressIsHeard() throws Exception {
        hearArp(Optional.of(ADDRESS));
        far.inject(announcement());
        far.inject(new ArpPacket(ArpPacket.REPLY, OTHER, ADDRESS, MacAddress.BROADCAST, ADDRESS).bytes());
        far.inject(new ArpPacket(ArpPacket.REPLY, OTHER, ADDRESS, lab.mac(), Ipv4.ANY).bytes());
        far.inject(ArpPacket.probe(OTHER, ADDRESS).bytes());
        far.inject(Arrays.copyOf(announcement(), 60));
        assertEquals(List.of(USED, USED, USED, PROBED, USED), lab.hear(5));
    }

    @Test
    void othersAffairsAreNotHeard() throws Exception {
        hearArp(Optional.of(ADDRESS));
        try (Tap beside = Tap.on(lab.client, "eth0", Linux.ETH_P_ARP)) {
            List<byte[]> strangers = List.of(
                    ArpPacket.announcement(OTHER, OTHER_ADDRESS).bytes(),
                    ArpPacket.probe(OTHER, OTHER_ADDRESS).bytes(),
                    ArpPacket.announcement(lab.mac(), ADDRESS).bytes(),
                    ArpPacket.probe(lab.mac(), ADDRESS).bytes(),
                    new ArpPacket(ArpPacket.REPLY, OTHER, ADDRESS, new MacAddress(0x0200_0000_9999L), ADDRESS).bytes());
            for (byte[] stranger : strangers) {
                far.inject(stranger);
            }
            far.inject(announcement());
            assertEquals(List.of(USED), lab.hear(1));
            assertEquals(strangers.size() + 1, beside.within(100).size(), "all did arrive");
        }
    }

    @Test
    void taggedFrameOfAnUnknownVlanIsNotHeard() throws Exception {
        byte[] plain = announcement();
        byte[] tagged = new byte[plain.length + 4];
        System.arraycopy(plain, 0, tagged, 0, 12);
        tagged[12] = (byte) 0x81;
        tagged[15] = 5;
        System.arraycopy(plain, 12, tagged, 16, plain.length - 12);
        hearArp(Optional.of(ADDRESS));
        far.inject(tagged);
        far.inject(plain);
        assertEquals(List.of(USED), lab.hear(1));
    }

    @Test
    void operationThatIsNoneIsDroppedWithItsReason() throws Exception {
        byte[] strange = announcement();
        strange[21] = 9;
        hearArp(Optional.of(ADDRESS));
        far.inject(strange);
        assertEquals(List.of(DropReason.BAD_ARP.name()), lab.hear(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void packetArrivesBitExactAndIsNotHeardByItsSender(boolean hearing) throws Exception {
        hearArp(hearing ? Optional.of(ADDRESS) : Optional.empty());
        ArpPacket probe = ArpPacket.probe(lab.mac(), ADDRESS);
        ArpPacket announcement = ArpPacket.announcement(lab.mac(), ADDRESS);
        send(probe);
        send(announcement);
        assertArrayEquals(probe.bytes(), far.next());
        assertArrayEquals(announcement.bytes(), far.next());
        assertEquals(List.of(), lab.hear(0));
        awaitSockets(hearing ? 1 : 0);
    }

    @Test
    void packetOfAnotherSenderIsRefused() throws Exception {
        ArpPacket strange = ArpPacket.probe(OTHER, ADDRESS);
        assertThrows(IllegalArgumentException.class, () -> send(strange));
        assertEquals(List.of(), far.within(50));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsSentOrHeardOnceTheHardwareAddressHasChanged(boolean hearing) throws Exception {
        hearArp(hearing ? Optional.of(ADDRESS) : Optional.empty());
        ArpPacket probe = ArpPacket.probe(lab.mac(), ADDRESS);
        lab.client.ip("link", "set", "eth0", "address", "02:00:00:00:77:99");
        send(probe);
        assertEquals(List.of(), lab.heard, "not in the middle of the sender's work");
        lab.client.ip("link", "set", "eth0", "address", "02:00:00:00:77:02");
        send(probe);
        hearArp(Optional.of(ADDRESS));
        awaitSockets(0);
        assertEquals(List.of(), far.within(50));
        assertEquals(List.of(Lab.IDENTITY_CHANGED), lab.hear(1));
    }

    @Test
    void otherAddressGetsANewSocketAndNoAddressNone() throws Exception {
        hearArp(Optional.of(OTHER_ADDRESS));
        far.inject(ArpPacket.announcement(OTHER, OTHER_ADDRESS).bytes());
        hearArp(Optional.of(ADDRESS));
        awaitSockets(1);
        far.inject(announcement());
        assertEquals(List.of(USED), lab.hear(1));
        hearArp(Optional.empty());
        awaitSockets(0);
        far.inject(announcement());
        assertEquals(List.of(USED), lab.hear(1));
    }

    @Test
    void sameAddressKeepsItsSocketAndWhatIsQueued() throws Exception {
        hearArp(Optional.of(ADDRESS));
        far.inject(announcement());
        hearArp(Optional.of(ADDRESS));
        assertEquals(List.of(USED), lab.hear(1));
    }

    @Test
    void closedLinkHasNoSocket() throws Exception {
        hearArp(Optional.of(ADDRESS));
        lab.listen(Listening.RAW, 1);
        awaitSockets(2);
        lab.link.close();
        awaitSockets(0);
    }

    @Test
    void floodIsReadInParts() throws Exception {
        hearArp(Optional.of(ADDRESS));
        for (int i = 0; i < FLOOD + 3; i++) {
            far.inject(announcement());
        }
        lab.poller.await(Long.MAX_VALUE);
        List<String> first = new ArrayList<>(Collections.nCopies(FLOOD, USED));
        first.add(DropReason.FLOOD.name());
        assertEquals(first, lab.heard);
    }

    @Test
    void listenerMayStopTheHearingInTheMiddleOfAFlood() throws Exception {
        hearArp(Optional.of(ADDRESS));
        lab.afterMessage = () -> lab.link.hearArp(Optional.empty());
        far.inject(announcement());
        far.inject(announcement());
        assertEquals(List.of(USED), lab.hear(1));
    }

    @Test
    void interfaceThatWentDownIsHeardAgainWhenItIsUp() throws Exception {
        hearArp(Optional.of(ADDRESS));
        lab.client.ip("link", "set", "eth0", "down");
        int turns = lab.turnFor(100);
        assertTrue(turns <= 5, turns + " turns");
        lab.client.ip("link", "set", "eth0", "up");
        Lab.awaitUp(lab.client, "eth0");
        Lab.awaitUp(lab.server, "srv0");
        hearArp(Optional.of(ADDRESS));
        far.inject(announcement());
        assertTrue(lab.hear(3).contains(USED), lab.heard.toString());
    }

    @Test
    void interfaceThatIsGoneIsOnlyAWarning() throws Exception {
        lab.client.ip("link", "delete", "eth0");
        hearArp(Optional.of(ADDRESS));
        assertEquals(0, sockets());
        lab.cable("eth0", "02:00:00:00:77:02", "srv0", "02:00:00:00:77:01");
    }
}
