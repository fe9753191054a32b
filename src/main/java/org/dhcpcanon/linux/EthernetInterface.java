package org.dhcpcanon.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import jnr.constants.platform.Errno;
import jnr.ffi.Pointer;
import org.dhcpcanon.packet.MacAddress;

/**
 * An interface as it was when it was looked up, or as the kernel has told since.
 *
 * @param name the kernel's
 * @param index the kernel's number for it, never given to another one
 * @param hardware its address
 * @param mtu octets
 * @param carrier whether it is up and packets get through
 */
record EthernetInterface(String name, int index, MacAddress hardware, int mtu, boolean carrier) {
    private static final int IFREQ = 40;

    /**
     * Asks the kernel.
     *
     * @throws IOException with words for the user if there is no such interface, or it is not Ethernet
     */
    static EthernetInterface find(String name) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length >= Linux.IFNAMSIZ) {
            throw new IOException("\"" + name + "\" is not the name of an interface");
        }
        int fd = openToAsk();
        try {
            return new EthernetInterface(
                    name,
                    index(fd, name, bytes),
                    hardware(fd, name, bytes),
                    ask(fd, Linux.SIOCGIFMTU, name, bytes).getInt(Linux.IFNAMSIZ),
                    isCarrier(ask(fd, Linux.SIOCGIFFLAGS, name, bytes).getShort(Linux.IFNAMSIZ)));
        } finally {
            Libc.C.close(fd);
        }
    }

    private static int openToAsk() throws IOException {
        int type = Linux.SOCK_DGRAM | Linux.O_CLOEXEC;
        return ErrnoException.descriptor(Libc.C.socket(Linux.AF_INET, type, 0), "socket");
    }

    private static int index(int fd, String name, byte[] bytes) throws IOException {
        return ask(fd, Linux.SIOCGIFINDEX, name, bytes).getInt(Linux.IFNAMSIZ);
    }

    private static MacAddress hardware(int fd, String name, byte[] bytes) throws IOException {
        Pointer answer = ask(fd, Linux.SIOCGIFHWADDR, name, bytes);
        if (answer.getShort(Linux.IFNAMSIZ) != Linux.ARPHRD_ETHER) {
            throw new IOException("interface " + name + " is not Ethernet");
        }
        return hardware(answer);
    }

    /**
     * The kernel clears "running" where there is no carrier, and where there is one that does not let packets through yet (Wi-Fi before
     * its authentication). The bit for the bare carrier is not among the 16 that an ioctl tells.
     *
     * @param flags of the interface, {@code IFF_...}
     */
    static boolean isCarrier(int flags) {
        int wanted = Linux.IFF_UP | Linux.IFF_RUNNING;
        return (flags & wanted) == wanted;
    }

    /** With what the kernel tells now; what it leaves out is as before. The address stays: with another it is not the same. */
    EthernetInterface with(LinkNews.Present news) {
        return new EthernetInterface(
                news.name().orElse(name), index, hardware, news.mtu().orElse(mtu), news.carrier());
    }

    private static MacAddress hardware(Pointer answer) {
        byte[] address = new byte[MacAddress.LENGTH];
        answer.get(Linux.IFNAMSIZ + 2, address, 0, address.length);
        return MacAddress.at(address, 0);
    }

    private static Pointer ask(int fd, int question, String name, byte[] bytes) throws IOException {
        Pointer request = Libc.allocate(IFREQ);
        request.put(0, bytes, 0, bytes.length);
        try {
            ErrnoException.check(Libc.C.ioctl(fd, question, request), "ioctl");
        } catch (ErrnoException failure) {
            if (failure.is(Errno.ENODEV)) {
                throw new IOException("there is no interface " + name, failure);
            }
            throw failure;
        }
        return request;
    }

    /**
     * Whether it is still there, perhaps under another name, with the same address.
     *
     * @param fd any socket of its network namespace
     */
    boolean isUnchanged(int fd) {
        Pointer request = Libc.allocate(IFREQ);
        request.putInt(Linux.IFNAMSIZ, index);
        // The kernel knows addresses by name only, and the name may be another interface's by now.
        return Libc.C.ioctl(fd, Linux.SIOCGIFNAME, request) == 0
                && Libc.C.ioctl(fd, Linux.SIOCGIFHWADDR, request) == 0
                && hardware(request).equals(hardware);
    }

    /** As {@link #isUnchanged(int)}, by a socket of its own. */
    boolean isUnchanged() throws IOException {
        int fd = openToAsk();
        try {
            return isUnchanged(fd);
        } finally {
            Libc.C.close(fd);
        }
    }

    /** Whether it is still there, perhaps under another name. */
    boolean exists() {
        return Libc.C.if_indextoname(index, Libc.allocate(Linux.IFNAMSIZ)) != null;
    }
}
