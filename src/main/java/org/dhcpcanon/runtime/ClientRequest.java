package org.dhcpcanon.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.dhcpcanon.client.Profile;
import org.dhcpcanon.client.Turn;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.Prefix;

/**
 * What a caller asks for, in its own dialect translated to ours.
 *
 * @param interfaceName the kernel's name of the interface
 * @param processId of the shim, which NetworkManager knows; 0 for a caller that is no process
 * @param route how the caller reaches us, for people: {@code dhclient}, {@code dhcpcd}, {@code bus}, ...
 * @param connection the UUID of the NetworkManager connection, where the caller gives it
 * @param script the script that the caller named with {@code -sf}, to be used if nobody else can be told
 * @param rejected servers that must be ignored
 * @param failAfterSeconds without a lease for this long, FAIL is told; empty for never
 * @param suppressed what the caller asked to send and we do not, one readable entry each, such as
 *     {@code host-name (12) from /var/lib/NetworkManager/dhclient-eth0.conf line 54}
 * @param wishes what the caller's configuration wants beyond the lease
 * @param warnings what was wrong with the request and did not matter enough to refuse it
 */
public record ClientRequest(
        String interfaceName,
        int processId,
        String route,
        Optional<String> connection,
        Optional<String> script,
        List<Prefix> rejected,
        OptionalLong failAfterSeconds,
        Wishes wishes,
        List<String> suppressed,
        List<String> warnings) {
    /** Seconds; dhclient.conf(5), "retry". */
    private static final long USUAL_RETRY = 300;

    public ClientRequest {
        rejected = List.copyOf(rejected);
        suppressed = List.copyOf(suppressed);
        warnings = List.copyOf(warnings);
    }

    /** A caller without wishes. */
    public ClientRequest(
            String interfaceName,
            int processId,
            String route,
            Optional<String> connection,
            Optional<String> script,
            List<Prefix> rejected,
            OptionalLong failAfterSeconds,
            List<String> suppressed,
            List<String> warnings) {
        this(
                interfaceName,
                processId,
                route,
                connection,
                script,
                rejected,
                failAfterSeconds,
                Wishes.NONE,
                suppressed,
                warnings);
    }

    /** The same for an interface that is called otherwise now. */
    public ClientRequest on(String name) {
        return new ClientRequest(
                name, processId, route, connection, script, rejected, failAfterSeconds, wishes, suppressed, warnings);
    }

    /** The same for a connection of which the caller has said nothing. */
    public ClientRequest of(ConnectionFacts facts) {
        return new ClientRequest(
                interfaceName,
                processId,
                route,
                Optional.of(facts.uuid()),
                script,
                facts.rejected(),
                facts.failAfterSeconds(),
                wishes,
                suppressed,
                warnings);
    }

    /** What of it does not leave: what it says itself, if the profile does not obey it, and options that the profile does not ask for. */
    public List<String> suppressed(Profile profile) {
        List<String> all =
                new ArrayList<>(profile.callerSends() ? wishes.sends().unsent(suppressed) : suppressed);
        List<Integer> beyond = wishes.requested().beyond(profile.parameters());
        if (!beyond.isEmpty()) {
            all.add("request for " + beyond.stream().map(Option::textName).collect(Collectors.joining(", ")));
        }
        return List.copyOf(all);
    }

    /** {@link #failAfterSeconds} in nanoseconds; {@code Long.MAX_VALUE} for never. */
    long patience() {
        return failAfterSeconds.isPresent() ? TimeUnit.SECONDS.toNanos(failAfterSeconds.getAsLong()) : Long.MAX_VALUE;
    }

    /** See {@link Turn#retry}: NetworkManager needs to hear FAIL no more than once, as it then decides itself. */
    long retry() {
        return isForNetworkManager()
                ? Long.MAX_VALUE
                : TimeUnit.SECONDS.toNanos(wishes.retrySeconds().orElse(USUAL_RETRY));
    }

    /** Whether NetworkManager takes the lease: every NetworkManager names this script, and nobody else has a use for it. */
    public boolean isForNetworkManager() {
        return isForNetworkManager(script);
    }

    /** The same for a caller that names this script. */
    public static boolean isForNetworkManager(Optional<String> script) {
        return script.filter(file -> file.substring(file.lastIndexOf('/') + 1).equals("nm-dhcp-helper"))
                .isPresent();
    }
}
