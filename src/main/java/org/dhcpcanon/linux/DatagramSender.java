package org.dhcpcanon.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import jnr.ffi.Pointer;

/** Sends datagrams to a UNIX socket of somebody else, unix(7). Any thread; never waits. */
final class DatagramSender {
    private static final int LONGEST_PATH = 107;
    /** sun_family, the path, and its NUL. */
    private static final int ADDRESS = 2 + LONGEST_PATH + 1;

    private final int fd;
    private final Pointer address = Libc.allocate(ADDRESS);
    private final int addressLength;

    /**
     * @param path of a file, or a name in the abstract namespace that begins with {@code @}; it need not be there
     * @throws IOException if the path is none, or there are no sockets
     */
    DatagramSender(String path) throws IOException {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length == 0 || name.length > LONGEST_PATH) {
            throw new IOException("\"" + path + "\" is no name of a socket");
        }
        if (name[0] == '@') {
            name[0] = 0;
        }
        address.putShort(0, (short) Linux.AF_UNIX);
        address.put(2, name, 0, name.length);
        // A name in the abstract namespace is as long as it is, one of a file ends with NUL.
        addressLength = 2 + name.length + (name[0] == 0 ? 0 : 1);
        int type = Linux.SOCK_DGRAM | Linux.O_CLOEXEC | Linux.O_NONBLOCK;
        fd = ErrnoException.descriptor(Libc.C.socket(Linux.AF_UNIX, type, 0), "socket(AF_UNIX)");
    }

    /** @throws ErrnoException if nobody is there, or the queue is full, or the datagram is too long */
    void send(byte[] bytes) throws ErrnoException {
        Pointer memory = Libc.allocate(bytes.length);
        memory.put(0, bytes, 0, bytes.length);
        ErrnoException.check(Libc.C.sendto(fd, memory, bytes.length, 0, address, addressLength), "sendto(AF_UNIX)");
    }
}
