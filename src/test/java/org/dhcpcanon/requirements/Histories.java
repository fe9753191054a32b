package org.dhcpcanon.requirements;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.dhcpcanon.audit.Frame;
import org.dhcpcanon.client.Policy;
import org.dhcpcanon.client.Profile;
import org.dhcpcanon.client.Replies;
import org.dhcpcanon.client.SinkAnswer;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.settings.Profiles;

/** Every state of the client with everything that can happen in it, and then a network that gives a lease. */
final class Histories {
    private static final Map<String, Histories> PLAYED = new ConcurrentHashMap<>();
    /** The way to each. */
    private static final Map<String, UnaryOperator<Play>> STATES = states();

    private static final Map<String, UnaryOperator<Play>> EVENTS = events();
    /** The event before which we must have begun to find out ourselves whether addresses are free. */
    private static final String OWN_CONFLICTS = "conflicts that we find";

    /** The state that there is only where the administrator wants INIT-REBOOT. */
    static final String OPTED_IN = "rebooting";

    private final Map<String, List<Play>> plays = new LinkedHashMap<>();

    private Histories(Profile profile) {
        int number = 0;
        for (Map.Entry<String, UnaryOperator<Play>> state : STATES.entrySet()) {
            List<Play> all = new ArrayList<>();
            for (Map.Entry<String, UnaryOperator<Play>> event : EVENTS.entrySet()) {
                String title = state.getKey() + ", then " + event.getKey();
                Play begun = new Play(title, ++number, Policy.of(profile));
                Play play = reached(state.getKey(), event.getKey().equals(OWN_CONFLICTS) ? begun.probing() : begun);
                all.add(event.getValue().apply(play).settle());
            }
            plays.put(state.getKey(), List.copyOf(all));
        }
    }

    static Histories of(String profile) {
        return PLAYED.computeIfAbsent(profile, name -> new Histories(Profiles.byName(name)));
    }

    /** A client that has just come to that state. */
    static Play reached(String state, Profile profile) {
        return reached(state, new Play(state, 1, Policy.of(profile)));
    }

    private static Play reached(String state, Play begun) {
        Play play = Optional.ofNullable(STATES.get(state)).orElseThrow().apply(begun);
        if (!state.startsWith(play.state())) {
            throw new AssertionError(play.state() + " instead of " + state);
        }
        return play;
    }

    /** The names of the states; a test can be run for each. */
    static List<String> names() {
        return List.copyOf(STATES.keySet());
    }

    /** Everything that can happen in that state. */
    List<Play> in(String state) {
        return Optional.ofNullable(plays.get(state)).orElseThrow();
    }

    /** What is sent without any settings. */
    List<Play> ordinary() {
        return plays.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(OPTED_IN))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    static List<Frame> frames(List<Play> plays) {
        return plays.stream().flatMap(play -> play.frames().stream()).toList();
    }

    private static Map<String, UnaryOperator<Play>> states() {
        Map<String, UnaryOperator<Play>> states = new LinkedHashMap<>();
        states.put("stopped", play -> play);
        states.put(OPTED_IN, play -> play.rebooting().start().lease().free().reconnect());
        states.put("selecting", Play::start);
        states.put("requesting", play -> play.start().offer());
        states.put("probing", play -> play.probing().start().lease());
        states.put("checking", play -> play.undecided().start().lease().free());
        states.put("bound", play -> play.start().lease().free());
        states.put("renewing", play -> play.start().lease().free().until("renewing"));
        states.put("rebinding", play -> play.start().lease().free().until("rebinding"));
        states.put(
                "waiting",
                play -> play.undecided().start().lease().free().after(0.3).answer(SinkAnswer.REFUSED));
        states.put("offline", play -> play.carrier(false).start());
        states.put("offline, with a lease", play -> play.start().lease().free().carrier(false));
        states.put(
                "selecting, with a lease",
                play -> play.start().lease().free().carrier(false).after(2).carrier(true));
        return states;
    }

    private static Map<String, UnaryOperator<Play>> events() {
        Map<String, UnaryOperator<Play>> events = new LinkedHashMap<>();
        events.put("nothing", play -> play);
        events.put("silence", Histories::silence);
        events.put("silence beyond the lease", play -> play.after(2 * Play.LEASE));
        events.put("sleep beyond the lease", play -> play.asleep(1.5 * Play.LEASE));
        events.put("sleep beyond T2", play -> play.asleep(0.9 * Play.LEASE));
        events.put("two OFFERs", Histories::twoOffers);
        events.put("an ACK", Play::ack);
        events.put("a NAK", play -> play.reply(MessageType.NAK));
        events.put("NAK after NAK", Histories::naks);
        events.put(
                "a conflict that NetworkManager finds",
                play -> play.untilAsked().answer(SinkAnswer.REFUSED));
        events.put(OWN_CONFLICTS, Histories::conflicts);
        events.put("IPv6 only", Histories::ipv6Only);
        events.put("what nobody asked for", Histories::unwanted);
        events.put("another hardware address", Play::hardware);
        events.put(
                "two other hardware addresses", play -> play.hardware().after(7).hardware());
        events.put("the link lost for 2 s", play -> play.carrier(false).after(2).carrier(true));
        events.put(
                "the link lost for 60 s", play -> play.carrier(false).after(60).carrier(true));
        events.put(
                "the link lost, silence",
                play -> silence(play.carrier(false).after(3).carrier(true)));
        events.put("the service killed", Play::restart);
        events.put("the service killed and away", play -> play.after(1).restart());
        events.put("the connection down and up", Play::reconnect);
        events.put(
                "the connection down and up elsewhere",
                play -> play.stop().hardware().after(9).start());
        events.put("release", play -> play.release().after(5).start());
        events.put(
                "a lease, then release",
                play -> play.settle().release().after(5).start());
        return events;
    }

    private static Play silence(Play play) {
        for (int i = 0; i < 8; i++) {
            play.due();
        }
        return play;
    }

    private static Play twoOffers(Play play) {
        play.wire.reply(
                MessageType.OFFER,
                offer -> Replies.with(offer, Option.SERVER_IDENTIFIER, Octets.of(Replies.OTHER_SERVER)));
        play.wire.otherAddress();
        return play.offer();
    }

    private static Play naks(Play play) {
        for (int i = 0; i < 4; i++) {
            play.reply(MessageType.NAK).due().offer().reply(MessageType.NAK);
        }
        return play;
    }

    private static Play conflicts(Play play) {
        return play.conflict().until("selecting").lease().conflict().until("selecting");
    }

    private static Play ipv6Only(Play play) {
        play.wire.reply(MessageType.OFFER, offer -> Replies.with(offer, Option.V6_ONLY_PREFERRED, Octets.u32(1800)));
        return play.after(1);
    }

    /** FORCERENEW (RFC 3203), and replies for somebody else or of no server. */
    private static Play unwanted(Play play) {
        play.wire.reply(MessageType.ACK, ack -> typed(ack, 9));
        play.wire.reply(MessageType.ACK, ack -> Replies.with(ack, Option.CLIENT_IDENTIFIER, Octets.u16(0x0101)));
        play.wire.reply(MessageType.OFFER, offer -> Replies.with(offer, Option.CLIENT_IDENTIFIER, Octets.u16(0x0101)));
        play.wire.reply(MessageType.NAK, nak -> Replies.without(nak, Option.SERVER_IDENTIFIER));
        play.wire.reply(MessageType.OFFER, UnaryOperator.identity(), Wire.STRANGER);
        play.wire.reply(
                MessageType.OFFER, offer -> Replies.with(offer, Option.SERVER_IDENTIFIER, Octets.of(Ipv4.BROADCAST)));
        return play.after(1);
    }

    private static Message typed(Message message, int type) {
        return Replies.with(message, Option.DHCP_MESSAGE_TYPE, Octets.u8(type));
    }
}
