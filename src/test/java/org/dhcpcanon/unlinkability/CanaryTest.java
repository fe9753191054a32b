package org.dhcpcanon.unlinkability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that names a machine is in anything that it sends, however it is written. */
class CanaryTest {
    private static final int SESSIONS = 50;

    static List<String> profiles() {
        return Population.NAMES;
    }

    /** What is on the disk of each session but the first is the lease of the one before. */
    @ParameterizedTest
    @MethodSource("profiles")
    void nothingOfTheMachineIsSent(String profile) throws IOException {
        Machine machine = Machine.real(1, Population.policy(profile));
        Map<String, byte[]> forms = forms(machine, machine.canaries());
        forms.putAll(forms(machine, ofThisComputer()));
        SplittableRandom networks = new SplittableRandom(1);
        List<String> found = new ArrayList<>();
        Recording before = VirtualSession.of(machine, networks.split());
        for (int i = 0; i < SESSIONS; i++) {
            Recording session = VirtualSession.of(machine, networks.split());
            Map<String, byte[]> all = new LinkedHashMap<>(forms);
            all.putAll(forms(machine, old(before)));
            session.masked().forEach(sent -> found.addAll(found(sent, all)));
            before = session;
        }
        assertEquals(List.of(), found);
    }

    /** Nor is what the machine had under another hardware address, whether or not it lost the link meanwhile. */
    @ParameterizedTest
    @MethodSource("profiles")
    void nothingOfTheOldHardwareAddressIsSentUnderTheNew(String profile) {
        Machine machine = Machine.real(1, Population.policy(profile));
        SplittableRandom networks = new SplittableRandom(2);
        List<String> found = new ArrayList<>();
        int addresses = 0;
        for (int i = 0; i < SESSIONS; i++) {
            List<Recording> both = VirtualSession.moved(machine, networks.split());
            Recording before = both.get(0);
            List<Canary> old = new ArrayList<>(old(before));
            old.add(Canary.binary("old MAC", before.hardware().octets()));
            old.add(Canary.text("old MAC, text", before.hardware().toString()));
            Map<String, byte[]> forms = forms(machine, old);
            both.get(1).masked().forEach(sent -> found.addAll(found(sent, forms)));
            addresses += both.stream().allMatch(half -> !half.given().isEmpty()) ? 1 : 0;
        }
        assertEquals(List.of(), found);
        assertTrue(addresses > SESSIONS / 2, () -> "hardly any had an address before and after");
    }

    /** Each form of each canary, planted in a DISCOVER of ours, is found. */
    @Test
    void everyFormWouldBeFound() {
        Machine machine = Machine.real(1);
        Recording session = VirtualSession.of(machine, new SplittableRandom(1));
        Sent discover = session.masked().get(0);
        Map<String, byte[]> forms = forms(machine, machine.canaries());
        forms.putAll(forms(machine, old(session)));
        assertEquals(15, machine.canaries().size() + old(session).size());
        forms.forEach((name, form) -> {
            Map<Integer, byte[]> options = discover.options();
            options.put(43, form);
            assertTrue(found(OtherClients.with(discover, options), forms).contains(name), name);
        });
    }

    @Test
    void anOldAddressInArpWouldBeFound() {
        MacAddress hardware = Machine.freshHardware();
        Ipv4 old = Ipv4.of(10, 77, 1, 2);
        Map<String, byte[]> forms = forms(Machine.real(1), Canary.address("old address", old.bits()));
        for (ArpPacket packet : List.of(ArpPacket.probe(hardware, old), ArpPacket.announcement(hardware, old))) {
            Sent sent = new Sent(0, -1, packet.bytes()).masked(hardware, Set.of());
            assertTrue(found(sent, forms).contains("old address as it is"), packet::toString);
        }
    }

    /** The example of the paper that defines it, appendix A. */
    @Test
    void sipHashIsSipHash() {
        byte[] octets = new byte[16];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) i;
        }
        assertEquals(0xa129_ca61_49be_45e5L, SipHash.of(octets, java.util.Arrays.copyOf(octets, 15)));
    }

    /** The address and the server of an earlier session. */
    private static List<Canary> old(Recording session) {
        List<Canary> old = new ArrayList<>();
        session.given().forEach(value -> old.addAll(Canary.address("old address or server " + old.size(), value)));
        return old;
    }

    /** The real client runs here, so this is what it could find out by itself. */
    private static List<Canary> ofThisComputer() throws IOException {
        List<Canary> canaries = new ArrayList<>();
        for (String file : List.of("/proc/sys/kernel/random/boot_id", "/etc/machine-id", "/etc/hostname")) {
            String text = Files.exists(Path.of(file))
                    ? Files.readString(Path.of(file)).strip()
                    : "";
            // Fewer letters could be in a frame by chance.
            if (text.length() >= 2 * Canary.PREFIX) {
                canaries.add(Canary.text(file, text));
            }
        }
        return canaries;
    }

    private static List<String> found(Sent sent, Map<String, byte[]> forms) {
        String frame = text(sent.frame());
        return forms.entrySet().stream()
                .filter(form -> frame.contains(text(form.getValue())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Map<String, byte[]> forms(Machine machine, List<Canary> canaries) {
        Map<String, byte[]> forms = new LinkedHashMap<>();
        canaries.forEach(canary -> forms.putAll(canary.forms(Machine.bytes(machine.machineId))));
        return forms;
    }
}
