package org.dhcpcanon.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;

/**
 * The hold on an address against other hosts of the link, RFC 5227: a machine of its own beside the client's {@link State}, which says
 * by {@link State#claimed} what is to be claimed and hears the {@link Verdict}. Pure as the other.
 *
 * @param address what is claimed
 * @param hardware ours
 * @param phase what is done about it
 * @param count packets sent in this phase
 * @param actAt when the next is due, nanoseconds on the boot clock; {@code Long.MAX_VALUE} for never
 * @param defendedUntil another conflict before this moment is not answered but obeyed
 */
public record Claim(Ipv4 address, MacAddress hardware, Phase phase, int count, long actAt, long defendedUntil) {
    /** RFC 5227 §1.1, DEFEND_INTERVAL. */
    private static final long DEFEND_INTERVAL = TimeUnit.SECONDS.toNanos(10);

    /** What comes one after the other. */
    public enum Phase {
        /** Others are asked. */
        PROBING,
        /** Others are told. */
        ANNOUNCING,
        /** Others are heard. */
        WATCHING
    }

    /**
     * What follows.
     *
     * @param next empty if the address is given up
     * @param verdict if there is one now
     */
    public record Outcome(Optional<Claim> next, List<Effect> effects, Optional<Verdict> verdict) {
        public Outcome {
            effects = List.copyOf(effects);
        }
    }

    /** Nobody has used the address yet: all are asked first. */
    public static Outcome probing(Ipv4 address, Turn turn) {
        long first = turn.after(turn.profile().arp().probes().get(0).drawn(turn.entropy()));
        return begun(new Claim(address, turn.hardware(), Phase.PROBING, 0, first, turn.now()));
    }

    /** The address is in use already; to ask for it again would be a surprise to others. */
    public static Outcome watching(Ipv4 address, Turn turn) {
        return begun(new Claim(address, turn.hardware(), Phase.WATCHING, 0, Long.MAX_VALUE, turn.now()));
    }

    private static Outcome begun(Claim claim) {
        return new Outcome(
                Optional.of(claim), List.of(new Effect.HearArp(Optional.of(claim.address()))), Optional.empty());
    }

    /** Harmless if the time has not come. */
    public Outcome onDeadline(Turn turn) {
        if (turn.now() < actAt) {
            return to(this);
        }
        return switch (phase) {
            case PROBING -> probe(turn);
            case ANNOUNCING -> announce(turn);
            case WATCHING -> to(this);
        };
    }

    private Outcome probe(Turn turn) {
        Arp arp = turn.profile().arp();
        if (count >= arp.probes().size()) {
            return new Outcome(Optional.of(in(Phase.ANNOUNCING, 0, turn)), List.of(), Optional.of(Verdict.FREE));
        }
        return to(in(Phase.PROBING, count + 1, turn), new Effect.SendArp(ArpPacket.probe(hardware, address)));
    }

    private Outcome announce(Turn turn) {
        return to(in(Phase.ANNOUNCING, count + 1, turn), announcement());
    }

    private Effect announcement() {
        return new Effect.SendArp(ArpPacket.announcement(hardware, address));
    }

    /** The phase with so many packets sent, or the next phase if that was all. */
    private Claim in(Phase now, int sent, Turn turn) {
        List<Wait> waits = waits(now, turn.profile().arp());
        if (sent >= waits.size()) {
            return new Claim(address, hardware, Phase.WATCHING, 0, Long.MAX_VALUE, defendedUntil);
        }
        return new Claim(
                address, hardware, now, sent, turn.after(waits.get(sent).drawn(turn.entropy())), defendedUntil);
    }

    private static List<Wait> waits(Phase phase, Arp arp) {
        return switch (phase) {
            case PROBING -> {
                List<Wait> waits = new ArrayList<>(arp.probes());
                waits.add(arp.listening());
                yield waits;
            }
            case ANNOUNCING -> arp.announcements();
            case WATCHING -> List.of();
        };
    }

    /** Somebody has said something by ARP. */
    public Outcome onArp(ArpPacket packet, Turn turn) {
        boolean uses = packet.senderProtocol().equals(address);
        if (packet.senderHardware().equals(hardware) || !(uses || isRival(packet))) {
            return to(this);
        }
        return switch (phase) {
            case PROBING -> lost();
            case ANNOUNCING, WATCHING -> uses ? contested(turn) : to(this);
        };
    }

    /** RFC 5227 §2.1.1: another host is about to take the same address. */
    private boolean isRival(ArpPacket packet) {
        return packet.operation() == ArpPacket.REQUEST
                && packet.senderProtocol().equals(Ipv4.ANY)
                && packet.targetProtocol().equals(address);
    }

    /** RFC 5227 §2.4 (b): defended once; who insists within ten seconds gets it. */
    private Outcome contested(Turn turn) {
        if (turn.now() < defendedUntil) {
            return lost();
        }
        Claim defended = new Claim(address, hardware, phase, count, actAt, turn.after(DEFEND_INTERVAL));
        return to(defended, announcement());
    }

    private static Outcome lost() {
        return new Outcome(
                Optional.empty(), List.of(new Effect.HearArp(Optional.empty())), Optional.of(Verdict.CONFLICT));
    }

    private static Outcome to(Claim next, Effect... effects) {
        return new Outcome(Optional.of(next), List.of(effects), Optional.empty());
    }
}
