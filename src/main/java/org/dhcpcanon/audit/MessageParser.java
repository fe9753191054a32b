package org.dhcpcanon.audit;

import java.util.ArrayList;
import java.util.List;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Octets;

/** Takes a message apart, RFC 2131 §2 and RFC 2132 §2, without an opinion about what is in it. */
final class MessageParser {
    private static final int OPTIONS = 240;
    private static final int COOKIE = 236;
    private static final long COOKIE_VALUE = 0x63825363L;
    private static final int SERVER_NAME = 44;
    private static final int FILE = 108;
    private static final int PAD = 0;
    private static final int END = 255;

    private final Octets bytes;
    private final List<WireOption> options = new ArrayList<>();

    private MessageParser(Octets bytes) {
        this.bytes = bytes;
    }

    static WireMessage parse(Octets bytes) throws MalformedException {
        require(bytes.length() >= OPTIONS, "a DHCP message of " + bytes.length() + " octets");
        require(bytes.u32At(COOKIE) == COOKIE_VALUE, "BOOTP without the magic cookie of DHCP");
        require(bytes.u8At(1) == 1 && bytes.u8At(2) == MacAddress.LENGTH, "not a hardware address of Ethernet");
        return new MessageParser(bytes).message();
    }

    private WireMessage message() throws MalformedException {
        int end = walk(OPTIONS, bytes.length());
        int overload = overload();
        if ((overload & 1) != 0) {
            walk(FILE, COOKIE);
        }
        if ((overload & 2) != 0) {
            walk(SERVER_NAME, FILE);
        }
        List<Ipv4> addresses =
                List.of(bytes.addressAt(12), bytes.addressAt(16), bytes.addressAt(20), bytes.addressAt(24));
        return new WireMessage(
                bytes.u8At(0),
                (int) bytes.u32At(4),
                bytes.u16At(8),
                bytes.u16At(10),
                addresses,
                MacAddress.at(bytes.slice(28, 34).toArray(), 0),
                options,
                bytes.length(),
                end < 0 ? -1 : bytes.length() - end);
    }

    private int overload() {
        return options.stream()
                .filter(option -> option.code() == 52 && option.value().length() == 1)
                .mapToInt(option -> option.value().u8At(0))
                .findFirst()
                .orElse(0);
    }

    /** Where the END option ends; -1 if there is none. */
    private int walk(int from, int to) throws MalformedException {
        int at = from;
        while (at < to) {
            int code = bytes.u8At(at);
            if (code == END) {
                return at + 1;
            }
            if (code == PAD) {
                at++;
                continue;
            }
            boolean whole = at + 1 < to && bytes.u8At(at + 1) <= to - at - 2;
            require(whole, "option " + code + " is longer than the message");
            int end = at + 2 + bytes.u8At(at + 1);
            options.add(new WireOption(code, bytes.slice(at + 2, end)));
            at = end;
        }
        return -1;
    }

    private static void require(boolean condition, String reason) throws MalformedException {
        if (!condition) {
            throw new MalformedException(reason);
        }
    }
}
