package org.dhcpcanon.unlinkability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Nothing that names a machine is in anything that it sends, however it is written. */
class CanaryTest {
    private static final int SESSIONS = 50;
    /** Octets of a digest. By chance so many are in a frame, whose hardware address and xid are masked, practically never. */
    private static final int PREFIX = 4;

    @Test
    void nothingOfTheMachineIsSent() throws Exception {
        Machine machine = Machine.real(1);
        Map<String, byte[]> forms = forms(machine);
        SplittableRandom networks = new SplittableRandom(1);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            VirtualSession.of(machine, networks.split()).masked().forEach(sent -> found.addAll(found(sent, forms)));
        }
        assertEquals(List.of(), found);
    }

    /** Each form, planted in a DISCOVER of ours, is found. */
    @Test
    void everyFormWouldBeFound() throws Exception {
        Machine machine = Machine.real(1);
        Sent discover =
                VirtualSession.of(machine, new SplittableRandom(1)).masked().get(0);
        Map<String, byte[]> forms = forms(machine);
        assertFalse(forms.isEmpty());
        forms.forEach((name, form) -> {
            Map<Integer, byte[]> options = discover.options();
            options.put(43, form);
            Sent planted = OtherClients.with(discover, options);
            assertEquals(
                    List.of(name),
                    found(planted, forms).stream().filter(name::equals).toList());
        });
    }

    private static List<String> found(Sent sent, Map<String, byte[]> forms) {
        String frame = new String(sent.frame(), StandardCharsets.ISO_8859_1);
        return forms.entrySet().stream()
                .filter(form -> frame.contains(new String(form.getValue(), StandardCharsets.ISO_8859_1)))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, byte[]> forms(Machine machine) throws GeneralSecurityException {
        Map<String, byte[]> forms = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> canary : machine.canaries().entrySet()) {
            addForms(forms, canary.getKey(), canary.getValue());
        }
        return forms;
    }

    private static void addForms(Map<String, byte[]> forms, String name, byte[] value) throws GeneralSecurityException {
        String text = new String(value, StandardCharsets.ISO_8859_1);
        forms.put(name + " as it is", value);
        forms.put(name + " in UTF-16LE", text.getBytes(StandardCharsets.UTF_16LE));
        forms.put(name + " in UTF-16BE", text.getBytes(StandardCharsets.UTF_16BE));
        forms.put(
                name + " in hexadecimal", Machine.ascii(java.util.HexFormat.of().formatHex(value)));
        forms.put(name + " as DNS label", label(value));
        forms.put(name + " backwards", reversed(value));
        for (String digest : List.of("MD5", "SHA-1", "SHA-256")) {
            byte[] whole = MessageDigest.getInstance(digest).digest(value);
            forms.put(name + " by " + digest, Arrays.copyOf(whole, PREFIX));
        }
    }

    private static byte[] label(byte[] value) {
        byte[] label = new byte[value.length + 1];
        label[0] = (byte) value.length;
        System.arraycopy(value, 0, label, 1, value.length);
        return label;
    }

    private static byte[] reversed(byte[] value) {
        byte[] reversed = new byte[value.length];
        for (int i = 0; i < value.length; i++) {
            reversed[i] = value[value.length - 1 - i];
        }
        return reversed;
    }
}
