package org.dhcpcanon.audit;

import java.nio.ByteBuffer;

/** Reads a file of packets, whatever its format: pcap with micro- or nanoseconds in either order of octets, and pcapng. */
public final class CaptureReader {
    private static final int SMALLEST = 24;

    private CaptureReader() {}

    /**
     * What follows a broken place is lost, what precedes it is not: the rest becomes a warning with the offset.
     *
     * @param source what the file is to be called
     * @throws BadCaptureException if the file is no capture, or of a link type that is not understood; never anything else, whatever the
     *     bytes are
     */
    public static Capture read(String source, byte[] file) throws BadCaptureException {
        ByteBuffer bytes = ByteBuffer.wrap(file).asReadOnlyBuffer();
        if (file.length < SMALLEST) {
            throw new BadCaptureException("no capture file: it has " + file.length + " octets");
        }
        if (bytes.getInt(0) == PcapngReader.SECTION) {
            return new PcapngReader(source, bytes).read();
        }
        return PcapReader.read(source, bytes);
    }
}
