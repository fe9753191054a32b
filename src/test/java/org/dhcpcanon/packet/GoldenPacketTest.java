package org.dhcpcanon.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What servers really send, and what tshark 4.0 reads in it. */
class GoldenPacketTest {
    static Stream<Fixture> packets() {
        return Fixture.all();
    }

    @Test
    void allPacketsAreThere() {
        assertEquals(23, Fixture.all().count());
    }

    @ParameterizedTest
    @MethodSource("packets")
    void fieldsAreWhatTsharkReads(Fixture packet) throws MalformedPacketException {
        UdpFrame frame = packet.parsed();
        Message message = packet.message();
        Map<String, String> read = new LinkedHashMap<>();
        read.put("eth.dst", frame.destination().toString());
        read.put("eth.src", frame.source().toString());
        read.put("ip.src", frame.sourceAddress().toString());
        read.put("ip.dst", frame.destinationAddress().toString());
        read.put("udp.srcport", Integer.toString(frame.sourcePort()));
        read.put("udp.dstport", Integer.toString(frame.destinationPort()));
        read.put("dhcp.type", Integer.toString(message.operation()));
        read.put("dhcp.id", String.format("0x%08x", message.transactionId()));
        read.put("dhcp.secs", Integer.toString(message.seconds()));
        read.put("dhcp.flags", String.format("0x%04x", message.flags()));
        read.put("dhcp.ip.client", message.clientAddress().toString());
        read.put("dhcp.ip.your", message.yourAddress().toString());
        read.put("dhcp.ip.server", message.nextServer().toString());
        read.put("dhcp.ip.relay", message.relayAddress().toString());
        read.put("dhcp.hw.mac_addr", message.hardware().toString());
        assertEquals(packet.fieldsByTshark(), read);
    }

    @ParameterizedTest
    @MethodSource("packets")
    void optionsAreWhatTsharkReads(Fixture packet) throws MalformedPacketException {
        Map<Integer, Octets> expected = packet.optionsByTshark().stream()
                .collect(Collectors.toMap(
                        Fixture.OptionByTshark::code, Fixture.OptionByTshark::value, Octets::plus, LinkedHashMap::new));
        assertEquals(Options.of(expected).asMap(), packet.message().options().asMap());
    }

    @ParameterizedTest
    @MethodSource("packets")
    void textsAreWhatTsharkShows(Fixture packet) throws MalformedPacketException {
        Options options = packet.message().options();
        List<Fixture.OptionByTshark> whole = packet.optionsByTshark().stream()
                .filter(option -> !option.text().isEmpty())
                .filter(option -> options.find(option.code()).orElseThrow().equals(option.value()))
                .filter(option -> option.code() != Option.CLASSLESS_STATIC_ROUTES.code())
                .toList();
        for (Fixture.OptionByTshark option : whole) {
            assertEquals(
                    inOurWords(option),
                    Option.text(option.code(), option.value()).orElseThrow());
        }
    }

    /** tshark shows flags as numbers and domain names without the last dot. */
    private static String inOurWords(Fixture.OptionByTshark option) {
        OptionCodec codec = Option.byCode(option.code()).orElseThrow().codec();
        if (codec == OptionCodec.FLAG) {
            return option.text().equals("0") ? "false" : "true";
        }
        return codec == OptionCodec.SEARCH_LIST ? option.text().replace(" ", ". ") + "." : option.text();
    }

    @ParameterizedTest
    @MethodSource("packets")
    void messageIsTheSameAfterWritingAndReading(Fixture packet) throws MalformedPacketException {
        Message message = packet.message();
        Map<Integer, Octets> values = new LinkedHashMap<>(message.options().asMap());
        // The copy has all options in the one area, so nothing is overloaded.
        values.remove(Option.OVERLOAD.code());
        Message copy = new Message(
                message.operation(),
                message.transactionId(),
                message.seconds(),
                message.flags(),
                message.clientAddress(),
                message.yourAddress(),
                message.nextServer(),
                message.relayAddress(),
                message.hardware(),
                Options.of(values));
        byte[] bytes = MessageWriter.write(copy, 300);
        assertEquals(copy, MessageReader.read(bytes, 0, bytes.length));
    }

    @Test
    void unfilledChecksumOfAVethIsWrongOnlyIfItIsVerified() throws MalformedPacketException {
        Fixture packet = Fixture.named("dnsmasq-ack");
        assertEquals(
                67, UdpFrame.parse(packet.frame(), packet.frame().length, false).sourcePort());
        MalformedPacketException thrown = assertThrows(
                MalformedPacketException.class, () -> UdpFrame.parse(packet.frame(), packet.frame().length, true));
        assertEquals(DropReason.BAD_UDP_CHECKSUM, thrown.reason());
    }

    @Test
    void optionSplitOverThreeFieldsIsJoinedInTheirOrder() throws MalformedPacketException {
        Options options = Fixture.named("hand-split-across-fields").message().options();
        assertEquals(
                "one.two.three",
                Option.DOMAIN_NAME
                        .text(options.find(Option.DOMAIN_NAME).orElseThrow())
                        .orElseThrow());
    }

    @Test
    void searchListSplitInsideALabelIsOneList() throws MalformedPacketException {
        Options options = Fixture.named("hand-split-domain-search").message().options();
        Octets value = options.find(Option.DOMAIN_SEARCH).orElseThrow();
        assertEquals(
                "one.example. two.example.", Option.DOMAIN_SEARCH.text(value).orElseThrow());
    }
}
