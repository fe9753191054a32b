package org.dhcpcanon.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.dhcpcanon.client.Replies;
import org.dhcpcanon.packet.BootFields;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MalformedPacketException;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names and values are those that dhclient gives to its script for the same ACK. */
class LeaseVariablesTest {
    private static final Message ACK = Replies.ack(1, 3600);

    private static Map<String, String> variables(Message message, int... asked) throws MalformedPacketException {
        return LeaseVariables.of(LeaseReader.read(message, Replies.asking(asked), 0, 0), 1_800_000_000L);
    }

    @Test
    void aLeaseIsToldAsDhclientTellsIt() throws MalformedPacketException {
        Map<String, String> expected = Map.ofEntries(
                Map.entry("ip_address", "192.0.2.77"),
                Map.entry("next_server", "0.0.0.0"),
                Map.entry("subnet_mask", "255.255.255.0"),
                Map.entry("network_number", "192.0.2.0"),
                Map.entry("broadcast_address", "192.0.2.255"),
                Map.entry("routers", "192.0.2.1"),
                Map.entry("dhcp_message_type", "5"),
                Map.entry("dhcp_server_identifier", "192.0.2.1"),
                Map.entry("dhcp_lease_time", "3600"),
                Map.entry("dhcp_client_identifier", "01:02:00:00:00:00:01"),
                Map.entry("expiry", "1800000000"),
                Map.entry("requested_subnet_mask", "1"),
                Map.entry("requested_routers", "1"),
                Map.entry("requested_unknown_224", "1"));
        assertEquals(expected, variables(ACK, 1, 3, 224));
    }

    @Test
    void anOptionWithoutANameIsToldByItsCode() throws MalformedPacketException {
        Map<Integer, Octets> options = new LinkedHashMap<>(ACK.options().asMap());
        options.put(15, Octets.of(new byte[] {'$', 'x'}));
        options.put(224, Octets.of(new byte[] {10, 0}));
        Map<String, String> variables = variables(fromBootServer(Options.of(options)), 15, 224);
        assertEquals("a:0", variables.get("unknown_224"));
        assertEquals("192.0.2.9", variables.get("next_server"));
        assertFalse(variables.containsKey("domain_name"), "a name that would reach a shell");
    }

    private static Message fromBootServer(Options options) {
        Ipv4 server = Ipv4.of(192, 0, 2, 9);
        return new Message(
                Message.BOOTREPLY, 1, 0, 0, Ipv4.ANY, Replies.ADDRESS, server, Ipv4.ANY, Replies.HARDWARE, options);
    }

    private static Message saying(String serverName, String file) {
        return new Message(
                Message.BOOTREPLY,
                1,
                0,
                0,
                Ipv4.ANY,
                Replies.ADDRESS,
                Ipv4.ANY,
                Ipv4.ANY,
                Replies.HARDWARE,
                new BootFields(ascii(serverName), ascii(file)),
                ACK.options());
    }

    private static Octets ascii(String text) {
        return Octets.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @CsvSource({
        "srv.example, /boot/a b@1.img, srv.example, /boot/a b@1.img",
        "'', '', -, -",
        "bad name, $(id), -, -",
        "-bad, a;b, -, -",
        "a`b, 'a\"b', -, -"
    })
    void bootFieldsAreToldAsDhclientTellsThem(String serverName, String file, String toldName, String toldFile)
            throws MalformedPacketException {
        Map<String, String> variables = variables(saying(serverName, file));
        assertEquals(toldName, variables.getOrDefault("server_name", "-"));
        assertEquals(toldFile, variables.getOrDefault("filename", "-"));
    }

    @Test
    void bootFieldsSurviveARestartOfTheService() throws MalformedPacketException {
        Lease lease = LeaseReader.read(saying("srv", "/f"), Replies.asking(1), 0, 0);
        assertEquals(Optional.of(lease), LeaseText.parse(LeaseText.write(lease)));
    }

    @Test
    void theServersBroadcastAddressCounts() throws MalformedPacketException {
        Message message = Replies.with(ACK, Option.BROADCAST_ADDRESS, Octets.of(Ipv4.of(192, 0, 2, 0)));
        assertEquals("192.0.2.0", variables(message, 1, 28).get("broadcast_address"));
    }

    @Test
    void withoutAMaskNothingIsSaidOfTheSubnet() throws MalformedPacketException {
        Map<String, String> variables = variables(Replies.without(ACK, Option.SUBNET_MASK), 1);
        assertFalse(variables.containsKey("network_number"));
        assertFalse(variables.containsKey("broadcast_address"));
    }

    @Test
    void aLeaseThatDoesNotEndHasNoExpiry() throws MalformedPacketException {
        assertFalse(variables(Replies.ack(1, LeaseTimes.INFINITE)).containsKey("expiry"));
    }
}
