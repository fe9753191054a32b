package org.dhcpcanon.runtime;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
        List<String> suppressed,
        List<String> warnings) {
    public ClientRequest {
        rejected = List.copyOf(rejected);
        suppressed = List.copyOf(suppressed);
        warnings = List.copyOf(warnings);
    }
}
