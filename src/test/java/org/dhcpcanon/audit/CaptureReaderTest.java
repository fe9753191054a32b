package org.dhcpcanon.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.dhcpcanon.packet.Octets;
import org.junit.jupiter.api.Test;

class CaptureReaderTest {
    private static final List<ByteOrder> ORDERS = List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN);
    private static final List<Frame> FRAMES =
            new Packets().lease(0x9a000001).after(1800).renew().ack().frames;

    private static void expectFrames(byte[] file) throws BadCaptureException {
        Capture capture = CaptureReader.read("memory", file);
        assertEquals(List.of(), capture.warnings());
        assertEquals(FRAMES, capture.frames());
        assertEquals(FRAMES.size(), capture.packets());
    }

    @Test
    void pcapIsReadInBothOrdersAndUnits() throws BadCaptureException {
        for (ByteOrder order : ORDERS) {
            expectFrames(CaptureFiles.pcap(FRAMES, order, false, 1));
            expectFrames(CaptureFiles.pcap(FRAMES, order, true, 1));
        }
    }

    @Test
    void pcapngIsReadInBothOrdersWithSeveralInterfaces() throws BadCaptureException {
        for (ByteOrder order : ORDERS) {
            Capture capture = CaptureReader.read("memory", CaptureFiles.pcapng(FRAMES, order));
            assertEquals(FRAMES, capture.frames());
            assertEquals(1, capture.warnings().size(), "the first interface is of an unknown type");
            assertTrue(capture.warnings().get(0).contains("link type 127"));
        }
    }

    @Test
    void simplePacketsAndSecondSectionsAreRead() throws BadCaptureException {
        ByteBuffer file = ByteBuffer.allocate(1 << 14);
        file.put(CaptureFiles.pcapng(FRAMES.subList(0, 1), ByteOrder.BIG_ENDIAN));
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        file.order(order);
        ByteBuffer section = CaptureFiles.buffer(order, 16);
        CaptureFiles.block(
                file, 0x0a0d0d0a, section.putInt(0x1a2b3c4d).putInt(1).putLong(-1));
        CaptureFiles.block(file, 1, CaptureFiles.buffer(order, 8).putInt(1).putInt(100));
        Octets bytes = FRAMES.get(1).bytes();
        ByteBuffer body = CaptureFiles.buffer(order, 104)
                .putInt(bytes.length())
                .put(bytes.slice(0, 100).toArray());
        CaptureFiles.block(file, 3, body);
        Capture capture = CaptureReader.read("memory", CaptureFiles.written(file));
        assertEquals(2, capture.packets());
        assertEquals(bytes.slice(0, 100), capture.frames().get(1).bytes());
        assertEquals(FRAMES.get(0).at(), capture.frames().get(1).at());
    }

    @Test
    void timesHaveTheUnitOfTheInterface() {
        assertEquals(1_500_000_000L, inUnit(3, 0).nanoseconds(1500));
        assertEquals(1_500_000_000L, inUnit(0x80 | 10, 0).nanoseconds(1536));
        assertEquals(1_500_000_000L, inUnit(12, 0).nanoseconds(1_500_000_000_000L));
        assertEquals(3_500_000_000L, inUnit(3, 2).nanoseconds(1500));
        assertEquals(0, inUnit(0xff, 0).nanoseconds(-1));
        assertEquals(0, inUnit(127, 0).nanoseconds(-1));
    }

    private static CapturedInterface inUnit(int resolution, long offset) {
        return new CapturedInterface(java.util.Optional.of(LinkType.ETHERNET), 0, resolution, offset);
    }

    @Test
    void whatPrecedesABrokenPlaceIsKept() throws BadCaptureException {
        byte[] file = CaptureFiles.pcap(FRAMES);
        Capture capture = CaptureReader.read("memory", Arrays.copyOf(file, file.length - 5));
        assertEquals(FRAMES.subList(0, FRAMES.size() - 1), capture.frames());
        assertEquals(List.of("cut off at offset 1814, in packet 6"), capture.warnings());
        byte[] blocks = CaptureFiles.pcapng(FRAMES, ByteOrder.BIG_ENDIAN);
        Capture cut = CaptureReader.read("memory", Arrays.copyOf(blocks, blocks.length - 5));
        assertEquals(FRAMES.subList(0, FRAMES.size() - 1), cut.frames());
        assertTrue(
                cut.warnings().get(1).contains("after packet 5"), cut.warnings().toString());
    }

    @Test
    void whatIsNoCaptureIsRefusedInWords() {
        assertEquals("no capture file: it has 3 octets", refusal(new byte[3]));
        assertTrue(refusal(new byte[100]).contains("neither as pcap nor as pcapng"));
        String link = refusal(CaptureFiles.pcap(FRAMES, ByteOrder.BIG_ENDIAN, false, 127));
        assertTrue(link.startsWith("link type 127; Ethernet (1)"), link);
        byte[] section = Arrays.copyOf(CaptureFiles.pcapng(FRAMES, ByteOrder.BIG_ENDIAN), 24);
        assertTrue(refusal(section).contains("offset 0"), refusal(section));
    }

    private static String refusal(byte[] file) {
        return String.valueOf(assertThrows(BadCaptureException.class, () -> CaptureReader.read("memory", file))
                .getMessage());
    }

    /** VLAN tags, Linux cooked headers and raw IP: the same client is found behind each. */
    @Test
    void otherLinkLayersAreUnderstood() {
        Octets bytes = FRAMES.get(0).bytes();
        Octets packet = bytes.slice(14, bytes.length());
        Octets tagged = bytes.slice(0, 12).plus(octets(0x81, 0, 0, 5)).plus(bytes.slice(12, bytes.length()));
        Octets mac = Octets.of(Packets.MAC.octets());
        Octets cooked =
                octets(0, 1, 0, 1, 0, 6).plus(mac).plus(octets(0, 0, 8, 0)).plus(packet);
        Octets second = octets(8, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 6)
                .plus(mac)
                .plus(octets(0, 0))
                .plus(packet);
        expectClient(LinkType.ETHERNET, tagged, Verdict.PASS);
        expectClient(LinkType.LINUX_COOKED, cooked, Verdict.PASS);
        expectClient(LinkType.LINUX_COOKED_2, second, Verdict.PASS);
        expectClient(LinkType.RAW, packet, Verdict.NOT_SEEN);
    }

    private static void expectClient(LinkType link, Octets bytes, Verdict hardware) {
        Audit audit = Audit.of(List.of(new Frame("memory", 1, 0, link, bytes)));
        assertEquals(List.of(), audit.malformed());
        assertEquals(Packets.MAC, audit.clients().get(0).mac());
        Finding finding = audit.clients().get(0).rows().getOrDefault(Rule.V4_16, Finding.notSeen(""));
        assertEquals(hardware, finding.verdict(), link.name());
    }

    private static Octets octets(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return Octets.of(bytes);
    }

    /** Nothing but {@link BadCaptureException} comes out, whatever the bytes are. */
    @Test
    void brokenFilesNeverThrowAnythingElse() {
        SplittableRandom random = new SplittableRandom(7844);
        List<Frame> frames = new java.util.ArrayList<>(FRAMES);
        frames.addAll(new Packets()
                .discover(Packets.text(12, "name"))
                .arp(Packets.OTHER, Packets.ADDRESS, Packets.SERVER)
                .frames);
        List<byte[]> files = List.of(CaptureFiles.pcap(frames), CaptureFiles.pcapng(frames, ByteOrder.BIG_ENDIAN));
        int read = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] file = mutated(files.get(i % 2), random);
            try {
                read += Audit.of(CaptureReader.read("memory", file).frames())
                        .clients()
                        .size();
            } catch (BadCaptureException e) {
                assertTrue(String.valueOf(e.getMessage()).length() > 5);
            }
        }
        assertTrue(read > 5_000, "most mutations leave something to be read: " + read);
    }

    private static byte[] mutated(byte[] file, SplittableRandom random) {
        byte[] mutated = Arrays.copyOf(file, random.nextInt(4) == 0 ? random.nextInt(file.length + 1) : file.length);
        int changes = mutated.length == 0 ? 0 : 1 + random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            int near = random.nextBoolean() ? mutated.length : Math.min(mutated.length, 400);
            mutated[random.nextInt(near)] = (byte) random.nextInt(256);
        }
        return mutated;
    }
}
