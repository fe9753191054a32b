package org.dhcpcanon.audit;

import java.util.List;
import java.util.Optional;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Octets;

/**
 * A DHCP message with all that tells clients apart: nothing is joined, sorted or checked.
 *
 * @param operation 1 from a client, 2 from a server
 * @param addresses ciaddr, yiaddr, siaddr, giaddr
 * @param options in the order of the wire; those of overloaded fields follow (RFC 2132 §9.3)
 * @param length of the whole message
 * @param end how many octets stand behind the END option; -1 if there is none
 */
record WireMessage(
        int operation,
        int xid,
        int seconds,
        int flags,
        List<Ipv4> addresses,
        MacAddress hardware,
        List<WireOption> options,
        int length,
        int end) {
    WireMessage {
        addresses = List.copyOf(addresses);
        options = List.copyOf(options);
    }

    Ipv4 ciaddr() {
        return addresses.get(0);
    }

    Ipv4 yiaddr() {
        return addresses.get(1);
    }

    Ipv4 giaddr() {
        return addresses.get(3);
    }

    List<Integer> codes() {
        return options.stream().map(WireOption::code).toList();
    }

    boolean has(int code) {
        return options.stream().anyMatch(option -> option.code() == code);
    }

    Optional<Octets> find(int code) {
        return options.stream()
                .filter(option -> option.code() == code)
                .map(WireOption::value)
                .reduce(Octets::plus);
    }

    Optional<Ipv4> address(int code) {
        return find(code).filter(value -> value.length() == 4).map(value -> value.addressAt(0));
    }

    /** Of an option with a number of 32 bits, such as a time in seconds. */
    Optional<Long> number(int code) {
        return find(code).filter(value -> value.length() == 4).map(value -> value.u32At(0));
    }

    /** Option 53; 0 if it is missing or not one octet. */
    int type() {
        return find(53).filter(value -> value.length() == 1)
                .map(value -> value.u8At(0))
                .orElse(0);
    }

    /** Option 55, in order; empty if it is missing. */
    List<Integer> parameters() {
        Octets list = find(55).orElse(Octets.EMPTY);
        return java.util.stream.IntStream.range(0, list.length())
                .mapToObj(list::u8At)
                .toList();
    }
}
