package org.dhcpcanon.runtime;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.client.Bound;
import org.dhcpcanon.client.Command;
import org.dhcpcanon.client.Effect;
import org.dhcpcanon.client.Event;
import org.dhcpcanon.client.Profile;
import org.dhcpcanon.client.Turn;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Message;

/**
 * Leases whose callers have ended a moment ago, in memory only. NetworkManager ends its client first, and asks for the release by
 * another process.
 */
final class RecentLeases {
    private static final long MEMORY = TimeUnit.SECONDS.toNanos(3);

    private record Kept(
            Lease lease, SortedMap<String, String> options, Profile profile, long until, Runnable released) {}

    /** Nobody answers a RELEASE. */
    private static final LinkListener DEAF = new LinkListener() {
        @Override
        public void received(Message message, Ipv4 source) {}

        @Override
        public void dropped(DropReason reason) {}

        @Override
        public void identityChanged() {}

        @Override
        public void carrier(boolean present) {}

        @Override
        public void heard(ArpPacket packet) {}

        @Override
        public void renamed(String name) {}
    };

    private final Surroundings surroundings;
    private final Map<String, Kept> kept = new HashMap<>();

    RecentLeases(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    void keep(Session session) {
        long until = surroundings.clock().now() + MEMORY;
        session.held()
                .ifPresent(held -> kept.put(
                        session.interfaceName(),
                        new Kept(held, session.options(), session.profile(), until, session::forgetFormer)));
    }

    void forget(String interfaceName) {
        kept.remove(interfaceName);
    }

    void forgetOld(long now) {
        kept.values().removeIf(old -> old.until() <= now);
    }

    long deadline() {
        return kept.values().stream().mapToLong(Kept::until).min().orElse(Long.MAX_VALUE);
    }

    /**
     * Gives the kept lease back, under the hardware address that held it or not at all.
     *
     * @return what the lease held, as {@link LeaseNews#old}; empty if there is none
     */
    SortedMap<String, String> release(String interfaceName) {
        Kept last = kept.remove(interfaceName);
        if (last == null || last.until() <= surroundings.clock().now()) {
            return LeaseNews.NOTHING;
        }
        try (Link link = surroundings.links().open(interfaceName, DEAF)) {
            if (link.hardware().equals(last.lease().hardware())) {
                last.released().run();
                send(link, last);
            }
        } catch (IOException e) {
            surroundings
                    .journal()
                    .write(Journal.Level.WARNING, Subject.of(interfaceName), "not released: the interface is gone");
        }
        return last.options();
    }

    private void send(Link link, Kept last) {
        Turn turn = new Turn(
                surroundings.clock().now(),
                last.profile(),
                last.lease().hardware(),
                link.hasCarrier(),
                false,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                surroundings.entropy());
        for (Effect effect : new Event.Asked(Command.RELEASE)
                .applyTo(new Bound(last.lease()), turn)
                .effects()) {
            if (effect instanceof Effect.Send send) {
                link.send(send.packet());
            }
        }
    }
}
