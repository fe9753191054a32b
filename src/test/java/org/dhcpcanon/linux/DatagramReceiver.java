package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import jnr.ffi.Pointer;

/** Stands for a daemon that is told by datagrams over a UNIX socket. */
final class DatagramReceiver implements AutoCloseable {
    private static final int ADDRESS = 110;
    private static final int LARGEST = 65_536;

    private final int fd;

    private DatagramReceiver(byte[] name, int length) {
        fd = Libc.C.socket(Linux.AF_UNIX, Linux.SOCK_DGRAM | Linux.O_NONBLOCK | Linux.O_CLOEXEC, 0);
        assertTrue(fd >= 0);
        Pointer address = Libc.allocate(ADDRESS);
        address.putShort(0, (short) Linux.AF_UNIX);
        address.put(2, name, 0, name.length);
        assertEquals(0, Libc.C.bind(fd, address, length));
    }

    static DatagramReceiver at(Path file) {
        return new DatagramReceiver(file.toString().getBytes(StandardCharsets.UTF_8), ADDRESS);
    }

    static DatagramReceiver inTheAbstract(String name) {
        return new DatagramReceiver(("\0" + name).getBytes(StandardCharsets.UTF_8), 3 + name.length());
    }

    /** The next datagram; empty if there is none. */
    Optional<String> heard() {
        Pointer bytes = Libc.allocate(LARGEST);
        long length = Libc.C.read(fd, bytes, LARGEST);
        if (length < 0) {
            return Optional.empty();
        }
        byte[] text = new byte[(int) length];
        bytes.get(0, text, 0, text.length);
        return Optional.of(new String(text, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        Libc.C.close(fd);
    }
}
