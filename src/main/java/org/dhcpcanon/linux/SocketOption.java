package org.dhcpcanon.linux;

import java.nio.charset.StandardCharsets;
import jnr.constants.platform.Errno;
import jnr.ffi.Pointer;

/** Sets options of sockets. */
final class SocketOption {
    /** Of what our sockets send, within this machine: {@code dhcpcanon-guard} lets nothing else of DHCP clients out. */
    static final int MARK = 0x44430000;

    private SocketOption() {}

    /**
     * @param words for the exception
     */
    static void set(int fd, int level, int name, int value, String words) throws ErrnoException {
        Pointer memory = Libc.allocate(Integer.BYTES);
        memory.putInt(0, value);
        set(fd, level, name, memory, Integer.BYTES, words);
    }

    /** Lets packets go out and come in by this interface only, whatever the routing table says. */
    static void bindToDevice(int fd, String interfaceName) throws ErrnoException {
        byte[] bytes = interfaceName.getBytes(StandardCharsets.UTF_8);
        Pointer memory = Libc.allocate(Linux.IFNAMSIZ);
        memory.put(0, bytes, 0, bytes.length);
        set(fd, Linux.SOL_SOCKET, Linux.SO_BINDTODEVICE, memory, bytes.length, "SO_BINDTODEVICE");
    }

    /** Before Linux 5.17, which alone has what looks at it, more is needed for this than for the sockets. */
    static void mark(int fd) throws ErrnoException {
        try {
            set(fd, Linux.SOL_SOCKET, Linux.SO_MARK, MARK, "SO_MARK");
        } catch (ErrnoException failure) {
            if (!failure.is(Errno.EPERM)) {
                throw failure;
            }
        }
    }

    private static void set(int fd, int level, int name, Pointer value, int length, String words)
            throws ErrnoException {
        ErrnoException.check(Libc.C.setsockopt(fd, level, name, value, length), "setsockopt(" + words + ")");
    }
}
