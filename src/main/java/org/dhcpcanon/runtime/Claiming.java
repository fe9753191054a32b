package org.dhcpcanon.runtime;

import java.util.Optional;
import java.util.function.Consumer;
import org.dhcpcanon.client.Claim;
import org.dhcpcanon.client.Effect;
import org.dhcpcanon.client.Probing;
import org.dhcpcanon.client.State;
import org.dhcpcanon.client.Turn;
import org.dhcpcanon.client.Verdict;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.Ipv4;

/** Holds one client's {@link Claim} and keeps it in step with the client's state. */
final class Claiming {
    private final Consumer<Effect> effects;
    private final Consumer<Verdict> verdicts;
    private Optional<Claim> claim = Optional.empty();

    Claiming(Consumer<Effect> effects, Consumer<Verdict> verdicts) {
        this.effects = effects;
        this.verdicts = verdicts;
    }

    /** Claims what the state claims, and nothing else. */
    void follow(State state, Turn turn) {
        Optional<Ipv4> wanted = turn.probing() ? state.claimed() : Optional.empty();
        if (claim.map(Claim::address).equals(wanted)) {
            return;
        }
        if (wanted.isEmpty()) {
            claim = Optional.empty();
            effects.accept(new Effect.HearArp(wanted));
        } else if (state instanceof Probing) {
            take(Claim.probing(wanted.get(), turn));
        } else {
            take(Claim.watching(wanted.get(), turn));
        }
    }

    /** When it wants to act by itself, nanoseconds on the boot clock; {@code Long.MAX_VALUE} for never. */
    long deadline() {
        return claim.map(Claim::actAt).orElse(Long.MAX_VALUE);
    }

    void act(Turn turn) {
        claim.ifPresent(present -> take(present.onDeadline(turn)));
    }

    void heard(ArpPacket packet, Turn turn) {
        claim.ifPresent(present -> take(present.onArp(packet, turn)));
    }

    private void take(Claim.Outcome outcome) {
        claim = outcome.next();
        outcome.effects().forEach(effects);
        outcome.verdict().ifPresent(verdicts);
    }
}
