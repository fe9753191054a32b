package org.dhcpcanon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the states say of themselves to those who serve them, and what all of them have in common. */
class StatesTest {
    static final List<String> NAMES = List.copyOf(FsmTableTest.states().keySet());

    private static final Set<String> AWAITING =
            Set.of("rebooting", "selecting", "requesting", "renewing", "rebinding", "selecting, with a lease");
    private static final Set<String> HOLDING =
            Set.of("checking", "bound", "renewing", "rebinding", "offline, with a lease", "selecting, with a lease");
    private static final Set<String> CLAIMING = Set.of("probing", "checking", "bound", "renewing", "rebinding");

    private static Script in(String name) {
        return Objects.requireNonNull(FsmTableTest.states().get(name)).get();
    }

    private static Optional<Ipv4> addressIf(boolean there) {
        return there ? Optional.of(Replies.ADDRESS) : Optional.empty();
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void aReplyIsHeardWhereOneIsAwaited(String name) {
        Script script = in(name);
        Message reply = Replies.ack(script.xid(), 60);
        boolean heard = ReplyFilter.check(reply, Replies.SERVER, script.state(), script.turn(), List.of(), List.of())
                .isEmpty();
        assertEquals(AWAITING.contains(name), heard);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void anAddressIsHeldFromTheFirstTellingToTheEnd(String name) {
        assertEquals(addressIf(HOLDING.contains(name)), in(name).state().held().map(Lease::address));
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void anAddressIsClaimedWhereItIsOrWillBeUsed(String name) {
        assertEquals(addressIf(CLAIMING.contains(name)), in(name).state().claimed());
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void aWakeUpTooEarlyDoesNothing(String name) {
        Script script = in(name);
        State before = script.state();
        script.later(0.5).expectEffects();
        assertEquals(before, script.state());
    }

    /** The filter stops most of them; what it does not know is the lease. */
    @ParameterizedTest
    @ValueSource(strings = {"rebooting", "requesting", "renewing", "rebinding"})
    void anAcknowledgementWithoutATimeChangesNothing(String name) {
        Script script = in(name);
        State before = script.state();
        script.reply(Replies.without(Replies.ack(script.xid(), 60), Option.LEASE_TIME));
        script.expectEffects("drop NO_LEASE_TIME");
        assertEquals(before, script.state());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rebooting", "requesting"})
    void aRefusalThatNobodySignsChangesNothing(String name) {
        Script script = in(name);
        script.reply(Replies.without(Replies.nak(script.xid()), Option.SERVER_IDENTIFIER));
        script.expectEffects("drop NO_SERVER").expectState(name);
    }

    @Test
    void aRefusalThatNobodySignsDoesNotEndALease() {
        Script script = in("renewing");
        script.reply(Replies.without(Replies.nak(script.xid()), Option.SERVER_IDENTIFIER));
        script.expectEffects("drop OTHER_SERVER").expectState("renewing");
    }

    @Test
    void failIsToldWithoutDisturbingWhatIsUnderWay() {
        Lease former = Script.bound(3600).state().held().orElseThrow();
        Script.impatient(1).reboot(former).due().expectEffects("tell FAIL").expectState("rebooting");
        Script refused = Script.impatient(5).start().offer(60).ack(60).answer(SinkAnswer.REFUSED);
        refused.due().expectEffects("tell FAIL").expectState("waiting");
        refused.due().expectState("selecting");
    }

    @Test
    void aLeaseIsOverAtItsVeryEnd() {
        Script.bound(3600).later(3600).expectState("selecting");
        Lease lease = Script.bound(3600).state().held().orElseThrow();
        Script script = Script.strict().unwatched(3600).restartWith(Optional.of(lease));
        script.expectEffects("forget", "tell EXPIRE", "listen RAW", "DISCOVER");
    }
}
