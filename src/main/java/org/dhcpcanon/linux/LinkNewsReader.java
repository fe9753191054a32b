package org.dhcpcanon.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.dhcpcanon.packet.MacAddress;

/**
 * Reads messages of {@code rtnetlink(7)}. What is not about interfaces is skipped; a message or an attribute whose length is not
 * within what holds it ends the reading of that, as nothing says where the next one begins.
 */
final class LinkNewsReader {
    private static final int HEADER = 16;
    private static final int LINK = 16;
    private static final int ATTRIBUTE = 4;

    private static final int ERROR = 2;
    private static final int DONE = 3;
    private static final int NEWLINK = 16;
    private static final int DELLINK = 17;
    private static final int INTERRUPTED = 0x10;

    private static final int ADDRESS = 1;
    private static final int NAME = 3;
    private static final int MTU = 4;
    /** Without the bits for "nested" and "network order". */
    private static final int TYPE = 0x3fff;

    private final List<LinkNews> news = new ArrayList<>();
    private boolean whole = true;

    private LinkNewsReader() {}

    /**
     * Reads one datagram; never throws, whatever the octets are.
     *
     * @param length at most that of the array
     */
    static List<LinkNews> read(byte[] octets, int length) {
        LinkNewsReader reader = new LinkNewsReader();
        reader.readAll(ByteBuffer.wrap(octets, 0, length).slice().order(ByteOrder.nativeOrder()));
        return reader.news;
    }

    private void readAll(ByteBuffer datagram) {
        while (datagram.remaining() >= HEADER) {
            int start = datagram.position();
            int length = datagram.getInt(start);
            if (length < HEADER || length > datagram.remaining()) {
                return;
            }
            whole &= (datagram.getShort(start + 6) & INTERRUPTED) == 0;
            readMessage(datagram.getShort(start + 4), slice(datagram, start + HEADER, length - HEADER));
            datagram.position(start + aligned(length, datagram.remaining()));
        }
    }

    private static ByteBuffer slice(ByteBuffer from, int start, int length) {
        return from.slice(start, length).order(ByteOrder.nativeOrder());
    }

    /** The padding of the last one may be missing. */
    private static int aligned(int length, int most) {
        return Math.min(most, (length + 3) & ~3);
    }

    private void readMessage(int type, ByteBuffer body) {
        switch (type) {
            case NEWLINK, DELLINK -> readLink(type, body);
            case DONE -> news.add(new LinkNews.End(whole));
            case ERROR -> news.add(new LinkNews.End(false));
            default -> {
                // Not about interfaces.
            }
        }
    }

    /** A bridge tells of its ports by the same messages with a family of its own: a port that leaves it is not gone. */
    private void readLink(int type, ByteBuffer body) {
        if (body.remaining() < LINK || body.get(0) != Linux.AF_UNSPEC) {
            return;
        }
        int index = body.getInt(4);
        if (type == DELLINK) {
            news.add(new LinkNews.Gone(index));
        } else {
            boolean carrier = EthernetInterface.isCarrier(body.getInt(8));
            news.add(present(index, carrier, slice(body, LINK, body.remaining() - LINK)));
        }
    }

    private static LinkNews present(int index, boolean carrier, ByteBuffer attributes) {
        Optional<String> name = Optional.empty();
        Optional<MacAddress> hardware = Optional.empty();
        OptionalInt mtu = OptionalInt.empty();
        while (attributes.remaining() >= ATTRIBUTE) {
            int start = attributes.position();
            int length = attributes.getShort(start) & 0xffff;
            if (length < ATTRIBUTE || length > attributes.remaining()) {
                break;
            }
            ByteBuffer value = slice(attributes, start + ATTRIBUTE, length - ATTRIBUTE);
            switch (attributes.getShort(start + 2) & TYPE) {
                case NAME -> name = name(value);
                case ADDRESS -> hardware = hardware(value);
                case MTU -> mtu = mtu(value);
                default -> {
                    // Of no interest.
                }
            }
            attributes.position(start + aligned(length, attributes.remaining()));
        }
        return new LinkNews.Present(index, name, hardware, mtu, carrier);
    }

    private static Optional<String> name(ByteBuffer value) {
        int length = value.remaining() - 1;
        if (length < 1 || length >= Linux.IFNAMSIZ || value.get(length) != 0) {
            return Optional.empty();
        }
        byte[] octets = new byte[length];
        value.get(0, octets);
        return Optional.of(new String(octets, StandardCharsets.UTF_8));
    }

    private static Optional<MacAddress> hardware(ByteBuffer value) {
        if (value.remaining() != MacAddress.LENGTH) {
            return Optional.empty();
        }
        byte[] octets = new byte[MacAddress.LENGTH];
        value.get(0, octets);
        return Optional.of(MacAddress.at(octets, 0));
    }

    private static OptionalInt mtu(ByteBuffer value) {
        return value.remaining() == Integer.BYTES ? OptionalInt.of(value.getInt(0)) : OptionalInt.empty();
    }
}
