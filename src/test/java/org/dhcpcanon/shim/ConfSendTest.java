package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.dhcpcanon.packet.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@code send} statements of dhclient.conf, for a profile that obeys them. */
class ConfSendTest {
    private static DhclientConf parse(String text) {
        return DhclientConf.parse("f", text, "eth0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "send host-name \"pc\";|12|70:63",
                "send host-name = \"p\\x63\";|12|70:63",
                "send host-name pc;|12|70:63",
                "send dhcp-client-identifier 1:0:a0:24:ab:fb:9c;|61|01:00:a0:24:ab:fb:9c",
                "send vendor-class-identifier \"MSFT\";|60|4d:53:46:54",
                "send user-class \"x\";|77|78",
                "send dhcp-lease-time 3600;|51|00:00:0e:10",
                "option mudurl code 161 = text; send mudurl \"x\";|161|78",
                "send unknown-224 01:ff;|224|01:ff",
                "send fqdn.fqdn \"pc.a\"; send fqdn.server-update on;|81|01:00:00:70:63:2e:61",
                "send fqdn.encoded on; send fqdn.fqdn \"pc.a.\"; send fqdn.no-client-update on;|81|0c:00:00:02:70:63:01:61:00",
                "send fqdn.encoded true; send fqdn.fqdn \"pc.a\";|81|04:00:00:02:70:63:01:61",
                "send host-name \"a\"; send host-name \"b\";|12|62",
                "interface \"eth0\" { send host-name \"b\"; } send host-name \"a\";|12|62"
            })
    void whatAProfileMayObeyIsReadAsOctets(String text, int code, String octets) {
        DhclientConf conf = parse(text);
        assertEquals(List.of(), conf.warnings());
        assertEquals(
                Map.of(code, Octets.fromColonHex(octets)), conf.wishes().sends().values());
        assertEquals(List.of(), conf.wishes().sends().unsent(conf.suppressed()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "send host-name = gethostname();|host-name (12) from f line 1: an expression is not evaluated",
                "send host-name = pick-first-value(option host-name, \"x\");|host-name (12) from f line 1: an expression is not evaluated",
                "send dhcp-client-identifier = hardware;|dhcp-client-identifier (61) from f line 1: an expression is not evaluated",
                "send dhcp-lease-time soon;|dhcp-lease-time (51) from f line 1: expected a number of 0 to 4294967295",
                "send dhcp-server-identifier 192.0.2.1;|dhcp-server-identifier (54) from f line 1: it is not an option that a caller can have sent",
                "send dhcp-message-type 7;|dhcp-message-type (53) from f line 1: it is not an option that a caller can have sent",
                "send dhcp-requested-address 192.0.2.1;|dhcp-requested-address (50) from f line 1: it is not an option that a caller can have sent",
                "send dhcp6.mudurl \"x\";|dhcp6.mudurl from f line 1: it is not an option that a caller can have sent",
                "send fqdn.encoded on;|fqdn.encoded (81) from f line 1: without a domain name in fqdn.fqdn",
                "if option x = 1 { send host-name \"x\"; }|host-name (12) from f line 1: it stands in a condition"
            })
    void whatCannotBeSentIsReportedWithTheReasonToWhoWouldObey(String text, String entry) {
        DhclientConf conf = parse(text);
        assertEquals(List.of(), conf.warnings());
        assertEquals(Map.of(), conf.wishes().sends().values());
        assertEquals(List.of(entry), conf.wishes().sends().unsent(conf.suppressed()));
    }

    @Test
    void onlyAsMuchIsSentAsFitsIntoAMessageThatEveryHostCanTake() {
        String text = "send unknown-224 \"" + "a".repeat(200) + "\";\nsend unknown-225 \"" + "b".repeat(60)
                + "\";\nsend unknown-226 \"c\";";
        DhclientConf conf = parse(text);
        assertEquals(
                List.of("unknown-225 (225) from f line 2: too long for a message"),
                conf.wishes().sends().unsent(conf.suppressed()));
        assertEquals(2, conf.wishes().sends().values().size());
    }
}
