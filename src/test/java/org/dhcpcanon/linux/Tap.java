package org.dhcpcanon.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jnr.ffi.Pointer;
import org.dhcpcanon.packet.MacAddress;

/** An unfiltered packet socket that sees the IPv4 or ARP frames of one interface, its own outgoing ones excepted, and can inject frames. */
public final class Tap implements AutoCloseable {
    private static final int POLLFD = 8;

    private final int fd;
    private final int index;
    private final Scratch scratch = new Scratch(4096);

    private Tap(int fd, int index) {
        this.fd = fd;
        this.index = index;
    }

    public static Tap on(Namespace namespace, String interfaceName) throws Exception {
        return on(namespace, interfaceName, Linux.ETH_P_IP);
    }

    public static Tap onArp(Namespace namespace, String interfaceName) throws Exception {
        return on(namespace, interfaceName, Linux.ETH_P_ARP);
    }

    static Tap on(Namespace namespace, String interfaceName, int protocol) throws Exception {
        return namespace.call(() -> {
            int index = EthernetInterface.find(interfaceName).index();
            int type = Linux.SOCK_RAW | Linux.O_CLOEXEC | Linux.O_NONBLOCK;
            int fd = ErrnoException.descriptor(Libc.C.socket(Linux.AF_PACKET, type, 0), "socket");
            Pointer address = SocketAddress.link(index, protocol, MacAddress.ZERO);
            ErrnoException.check(Libc.C.bind(fd, address, SocketAddress.LINK), "bind");
            return new Tap(fd, index);
        });
    }

    void inject(byte[] frame) throws IOException {
        scratch.put(frame);
        Pointer address = SocketAddress.link(index, Linux.ETH_P_IP, MacAddress.BROADCAST);
        long sent = Libc.C.sendto(fd, scratch.memory(), frame.length, 0, address, SocketAddress.LINK);
        ErrnoException.check(sent, "sendto");
    }

    /** The next frame; waits for it for some seconds. */
    public byte[] next() throws IOException {
        List<byte[]> frames = within(5000, 1);
        if (frames.isEmpty()) {
            throw new IOException("no frame came");
        }
        return frames.get(0);
    }

    /** All frames that come in this time. */
    public List<byte[]> within(int milliseconds) {
        return within(milliseconds, Integer.MAX_VALUE);
    }

    private List<byte[]> within(int milliseconds, int most) {
        List<byte[]> frames = new ArrayList<>();
        long end = System.nanoTime() + milliseconds * 1_000_000L;
        for (long left = milliseconds; left > 0 && frames.size() < most; left = (end - System.nanoTime()) / 1_000_000) {
            if (poll((int) left)) {
                frames.add(read());
            }
        }
        return frames;
    }

    /** All frames that have come already. */
    public List<byte[]> waiting() {
        List<byte[]> frames = new ArrayList<>();
        while (poll(0)) {
            frames.add(read());
        }
        return frames;
    }

    private byte[] read() {
        int length = (int) Libc.C.read(fd, scratch.memory(), scratch.length());
        return Arrays.copyOf(scratch.fetch(length), length);
    }

    private boolean poll(int milliseconds) {
        Pointer row = Libc.allocate(POLLFD);
        row.putInt(0, fd);
        row.putShort(4, (short) Linux.POLLIN);
        return Libc.C.poll(row, 1, milliseconds) == 1;
    }

    @Override
    public void close() {
        Libc.C.close(fd);
    }
}
