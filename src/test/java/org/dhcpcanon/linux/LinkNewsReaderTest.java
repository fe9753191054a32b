package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.dhcpcanon.packet.MacAddress;
import org.junit.jupiter.api.Test;

/** What the kernel would send, whole, cut short and damaged. */
class LinkNewsReaderTest {
    private static final int NEWLINK = 16;
    private static final int DELLINK = 17;
    private static final int UP_AND_RUNNING = 0x41;
    private static final MacAddress HARDWARE = new MacAddress(0x0200_0000_0001L);
    private static final LinkNews.Present PRESENT =
            new LinkNews.Present(7, Optional.of("eth0"), Optional.of(HARDWARE), OptionalInt.of(1400), true);

    private static byte[] link(int type, int family) {
        byte[] body = new byte[16 + 12 + 12 + 8];
        ByteBuffer fields = wrap(body);
        fields.put((byte) family)
                .put((byte) 0)
                .putShort((short) 1)
                .putInt(7)
                .putInt(UP_AND_RUNNING)
                .putInt(0);
        attribute(fields, 3, "eth0\0".getBytes(StandardCharsets.US_ASCII));
        attribute(fields, 1, HARDWARE.octets());
        byte[] mtu = new byte[4];
        wrap(mtu).putInt(1400);
        attribute(fields, 4, mtu);
        return message(type, body);
    }

    private static byte[] message(int type, byte[] body) {
        byte[] message = new byte[16 + body.length];
        wrap(message).putInt(message.length).putShort((short) type).position(16).put(body);
        return message;
    }

    private static void attribute(ByteBuffer to, int type, byte[] value) {
        to.putShort((short) (4 + value.length)).putShort((short) type).put(value);
        to.position((to.position() + 3) & ~3);
    }

    private static ByteBuffer wrap(byte[] octets) {
        return ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder());
    }

    private static List<LinkNews> read(byte[] octets) {
        return LinkNewsReader.read(octets, octets.length);
    }

    @Test
    void anInterfaceIsReadWithAllThatIsSaidOfIt() {
        assertEquals(List.of(PRESENT), read(link(NEWLINK, 0)));
    }

    @Test
    void aDeletedOneIsGone() {
        assertEquals(List.of(new LinkNews.Gone(7)), read(link(DELLINK, 0)));
    }

    @Test
    void whatABridgeSaysOfItsPortsIsNotAboutTheInterface() {
        assertEquals(List.of(), read(link(DELLINK, 7)));
    }

    @Test
    void severalMessagesMayComeAtOnce() {
        byte[] first = link(NEWLINK, 0);
        byte[] second = link(DELLINK, 0);
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        assertEquals(List.of(PRESENT, new LinkNews.Gone(7)), read(both));
    }

    @Test
    void whatIsCutShortIsNoNews() {
        byte[] whole = link(NEWLINK, 0);
        for (int length = 0; length < whole.length; length++) {
            assertEquals(List.of(), read(Arrays.copyOf(whole, length)), "cut at " + length);
        }
    }

    /** The reader must come to an end with whatever lengths the octets claim; an exception would end the loop's turn. */
    @Test
    void damageNeverThrowsAndNeverMakesMoreNewsThanThereIsRoomFor() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50_000; i++) {
            byte[] damaged = link(random.nextBoolean() ? NEWLINK : DELLINK, 0);
            for (int n = random.nextInt(1, 5); n > 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            assertTrue(read(damaged).size() <= damaged.length / 16);
        }
    }
}
