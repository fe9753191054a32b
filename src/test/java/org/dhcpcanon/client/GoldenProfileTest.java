package org.dhcpcanon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.MessageWriter;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.UdpFrame;
import org.dhcpcanon.settings.Profiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Every message of every profile as a whole frame, with entropy that is always the same. An observer can tell releases apart by a
 * byte, so that these files change on purpose or not at all: to accept a change run with {@code -Dgolden.write=true}.
 */
class GoldenProfileTest {
    static final List<String> NAMES = Profiles.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void theFramesAreTheCommittedOnes(String name) throws IOException {
        compare(name, Profiles.byName(name));
    }

    /** What a caller's own statements add where the profile obeys them. */
    @Test
    void theFramesOfACallerWhoHasSomethingToSayAreTheCommittedOnes() throws IOException {
        Map<Integer, Octets> values = new LinkedHashMap<>();
        values.put(12, ascii("pc"));
        values.put(61, ascii("\0me"));
        values.put(51, Octets.u32(3600));
        values.put(81, Octets.u8(1).plus(Octets.u16(0)).plus(ascii("pc.example.org")));
        compare("plain-caller", Profiles.byName("plain").sending(new SendList(values, Set.of(), Map.of())));
    }

    private static Octets ascii(String text) {
        return Octets.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void compare(String name, Profile profile) throws IOException {
        Path file = Path.of("test-fixtures/profiles", name + ".hex");
        String frames = frames(name, profile);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, frames);
        }
        assertEquals(Files.readString(file), frames);
    }

    private static String frames(String name, Profile profile) {
        StringBuilder text = new StringBuilder("# Frames of the profile " + name + ", made by GoldenProfileTest\n");
        Script script = Script.of(profile).start();
        add(text, "DISCOVER", script);
        add(text, "DISCOVER, again", script.due());
        Script former = Script.of(profile).start().offer(3600).ack(3600);
        add(text, "REBOOT", Script.of(profile).reboot(former.state().held().orElseThrow()));
        add(text, "SELECT", script.offer(3600));
        add(text, "RENEW", script.ack(3600).answer(SinkAnswer.ACCEPTED).due());
        add(text, "REBIND", script.later(1400));
        add(text, "RELEASE", script.command(Command.RELEASE));
        Script conflict = Script.of(profile).start().offer(3600).ack(3600);
        add(text, "DECLINE", conflict.answer(SinkAnswer.REFUSED));
        return text.toString();
    }

    private static void add(StringBuilder text, String title, Script script) {
        Outgoing sent = script.sent().get(0);
        byte[] payload = MessageWriter.write(sent.message(), sent.minimumLength());
        Ipv4 source = sent.destination() instanceof Destination.Server server ? server.source() : Ipv4.ANY;
        Ipv4 target = sent.destination() instanceof Destination.Server server ? server.server() : Ipv4.BROADCAST;
        UdpFrame frame =
                new UdpFrame(MacAddress.BROADCAST, Replies.HARDWARE, source, target, 68, 67, Octets.of(payload));
        String hex = HexFormat.of().formatHex(frame.bytes(sent.header()));
        text.append("\n# ").append(title).append('\n');
        for (int at = 0; at < hex.length(); at += 64) {
            text.append(hex, at, Math.min(hex.length(), at + 64)).append('\n');
        }
    }
}
