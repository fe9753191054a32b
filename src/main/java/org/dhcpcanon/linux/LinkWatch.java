package org.dhcpcanon.linux;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jnr.constants.platform.Errno;
import jnr.ffi.Pointer;
import org.tinylog.Logger;

/**
 * Hears what the kernel says about interfaces, by one netlink socket for all links, and tells the links of each. Without it (a
 * sandbox may forbid the socket) the links work on, and notice a changed address when they send.
 */
final class LinkWatch implements AutoCloseable {
    private static final int RTMGRP_LINK = 1;
    private static final int RTM_GETLINK = 18;
    private static final int REQUEST_ALL = 0x301;
    private static final int REQUEST = 32;
    private static final int DATAGRAMS_A_TURN = 64;
    private static final int NO_SOCKET = -1;

    private final Poller poller;
    private final Reception in;
    private final Map<Integer, List<PacketLink>> links = new HashMap<>();
    /** Read, but not told yet. */
    private final Deque<LinkNews> news = new ArrayDeque<>();
    /** While all interfaces are being asked for: those with links that have not been named yet. */
    private final Set<Integer> unnamed = new HashSet<>();

    private boolean asking;
    private boolean askAgain;
    private boolean refused;
    private int fd = NO_SOCKET;

    LinkWatch(Poller poller, Reception in) {
        this.poller = poller;
        this.in = in;
    }

    /**
     * To be called before an interface is looked up: what is told from then on is not older than what the look-up says. So a link
     * that is opened because an address has changed does not hear of that change once more.
     */
    void prepare() {
        if (fd == NO_SOCKET) {
            open();
        } else {
            hear();
        }
    }

    private void open() {
        try {
            fd = openSocket();
            poller.watch(fd, Linux.POLLIN, events -> hear());
        } catch (IOException failure) {
            if (!refused) {
                refused = true;
                Logger.warn("Changes of interfaces are noticed late: {}", failure.getMessage());
            }
        }
    }

    private static int openSocket() throws IOException {
        int type = Linux.SOCK_RAW | Linux.O_CLOEXEC | Linux.O_NONBLOCK;
        int socket = ErrnoException.descriptor(Libc.C.socket(Linux.AF_NETLINK, type, 0), "socket(AF_NETLINK)");
        try {
            Pointer address = SocketAddress.netlink(RTMGRP_LINK);
            ErrnoException.check(Libc.C.bind(socket, address, SocketAddress.NETLINK), "bind(AF_NETLINK)");
            return socket;
        } catch (IOException failure) {
            Libc.C.close(socket);
            throw failure;
        }
    }

    void add(PacketLink link) {
        links.computeIfAbsent(link.index(), index -> new ArrayList<>()).add(link);
    }

    void remove(PacketLink link) {
        List<PacketLink> rest = links.get(link.index());
        if (rest != null && rest.remove(link) && rest.isEmpty()) {
            links.remove(link.index());
            unnamed.remove(link.index());
        }
    }

    /** Who is told may open links, and so come here again; then the rest is told there, in its order. */
    private void hear() {
        for (int i = 0; i < DATAGRAMS_A_TURN && fd != NO_SOCKET; i++) {
            int length = in.receive(fd);
            if (length < 0) {
                if (!overflowed(Libc.errno())) {
                    break;
                }
            } else if (in.port() == 0) {
                // From the kernel itself, whose port is 0, and not from another process.
                news.addAll(LinkNewsReader.read(in.fetch(length), Math.min(length, in.capacity())));
            }
        }
        while (!news.isEmpty()) {
            tell(news.remove());
        }
    }

    /** Whether the kernel had to throw messages away; then everything is asked for anew. */
    private boolean overflowed(int errno) {
        if (errno == Errno.ENOBUFS.intValue()) {
            ask();
            return true;
        }
        if (errno != Errno.EAGAIN.intValue() && errno != Errno.EINTR.intValue()) {
            Logger.warn("Changes of interfaces are noticed late: {}", ErrnoException.words(errno));
            close();
        }
        return false;
    }

    private void ask() {
        // The kernel answers one such question at a time.
        askAgain = asking;
        if (asking) {
            return;
        }
        Pointer request = Libc.allocate(REQUEST);
        request.putInt(0, REQUEST);
        request.putShort(4, (short) RTM_GETLINK);
        request.putShort(6, (short) REQUEST_ALL);
        Pointer kernel = SocketAddress.netlink(0);
        long sent = Libc.C.sendto(fd, request, REQUEST, 0, kernel, SocketAddress.NETLINK);
        if (sent < 0) {
            Logger.warn("Interfaces cannot be asked for: {}", ErrnoException.words(Libc.errno()));
            return;
        }
        asking = true;
        unnamed.clear();
        unnamed.addAll(links.keySet());
    }

    private void tell(LinkNews next) {
        if (next instanceof LinkNews.Present present) {
            unnamed.remove(present.index());
            of(present.index()).forEach(link -> link.changed(present));
        } else if (next instanceof LinkNews.Gone gone) {
            of(gone.index()).forEach(PacketLink::gone);
        } else if (next instanceof LinkNews.End end) {
            ended(end.whole());
        }
    }

    private void ended(boolean whole) {
        List<Integer> missing = List.copyOf(unnamed);
        unnamed.clear();
        asking = false;
        if (askAgain) {
            ask();
        } else if (whole) {
            missing.forEach(index -> of(index).forEach(PacketLink::gone));
        }
    }

    /** A copy, as those who are told close and open links. */
    private List<PacketLink> of(int index) {
        return List.copyOf(links.getOrDefault(index, List.of()));
    }

    @Override
    public void close() {
        if (fd != NO_SOCKET) {
            poller.unwatch(fd);
            Libc.C.close(fd);
            fd = NO_SOCKET;
        }
    }
}
