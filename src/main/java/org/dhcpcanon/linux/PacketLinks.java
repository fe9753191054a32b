package org.dhcpcanon.linux;

import java.io.IOException;
import org.dhcpcanon.runtime.Link;
import org.dhcpcanon.runtime.LinkListener;
import org.dhcpcanon.runtime.Links;

/** Opens links. On the loop thread. */
public final class PacketLinks implements Links, AutoCloseable {
    private final SlowCloser closer = new SlowCloser();
    private final LinkWatch watch;
    private final Wire wire;

    public PacketLinks(Poller poller) {
        Reception in = new Reception();
        watch = new LinkWatch(poller, in);
        wire = new Wire(poller, in, new Transmission(), closer, watch);
    }

    @Override
    public Link open(String interfaceName, LinkListener listener) throws IOException {
        watch.prepare();
        PacketLink link = new PacketLink(wire, EthernetInterface.find(interfaceName), listener);
        watch.add(link);
        return link;
    }

    /**
     * Plays send and receive with itself on the loopback interface, so that the first real exchange is as fast as any other. Some
     * milliseconds; before the loop runs.
     */
    public void rehearse(int rounds, BootClock clock) {
        new LoopbackRehearsal(wire).play(rounds, clock);
    }

    /** Waits until the sockets of all links that were closed are really closed, some 10 ms for each; at most 10 s. */
    @Override
    public void close() {
        watch.close();
        closer.close();
    }
}
