package org.dhcpcanon.unlinkability;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dhcpcanon.packet.Ipv4;

/** Something that names a machine, and all the ways to write it. */
// Never compared, and never changed.
@SuppressWarnings("ArrayRecordComponent")
record Canary(String name, byte[] value, boolean isText) {
    /** Octets of a digest. By chance so many are in a frame, whose hardware address and xid are masked, practically never. */
    static final int PREFIX = 4;

    private static final List<String> SEPARATORS = List.of("", ":", "-", " ", ".");

    static Canary text(String name, String value) {
        return new Canary(name, Machine.ascii(value), true);
    }

    static Canary binary(String name, byte[] value) {
        return new Canary(name, value, false);
    }

    /** Of an IPv4 address: as four octets, and as people write it. */
    static List<Canary> address(String name, int bits) {
        Ipv4 address = new Ipv4(bits);
        return List.of(binary(name, address.octets()), text(name + ", text", address.toString()));
    }

    /** @param machineId of the machine, 16 octets: the key of what systemd makes */
    Map<String, byte[]> forms(byte[] machineId) {
        Map<String, byte[]> forms = new LinkedHashMap<>();
        forms.put("as it is", value);
        forms.put("backwards", reversed(value));
        if (isText) {
            addTexts(forms, new String(value, StandardCharsets.US_ASCII));
        }
        for (String separator : SEPARATORS) {
            String hexadecimal = HexFormat.ofDelimiter(separator).formatHex(value);
            forms.put("in hexadecimal with '" + separator + "'", Machine.ascii(hexadecimal));
            forms.put("in capital hexadecimal with '" + separator + "'", Machine.ascii(upper(hexadecimal)));
        }
        addDigests(forms, machineId);
        Map<String, byte[]> named = new LinkedHashMap<>();
        forms.forEach((form, bytes) -> named.put(name + " " + form, bytes));
        return named;
    }

    private static void addTexts(Map<String, byte[]> forms, String text) {
        forms.put("in small letters", Machine.ascii(text.toLowerCase(Locale.ROOT)));
        forms.put("in capitals", Machine.ascii(upper(text)));
        forms.put("in UTF-16LE", text.getBytes(StandardCharsets.UTF_16LE));
        forms.put("in UTF-16BE", text.getBytes(StandardCharsets.UTF_16BE));
        forms.put("in DNS wire form", labels(text));
    }

    private void addDigests(Map<String, byte[]> forms, byte[] machineId) {
        List<byte[]> written = new ArrayList<>(List.of(value));
        if (isText) {
            // A file of one line ends with its end.
            written.add((new String(value, StandardCharsets.US_ASCII) + '\n').getBytes(StandardCharsets.US_ASCII));
        }
        for (byte[] data : written) {
            String line = data == value ? "" : " as a line";
            for (String digest : List.of("MD5", "SHA-1", "SHA-256")) {
                forms.put("by " + digest + line, digest(digest, data));
            }
            addSipHashes(forms, "without key" + line, new byte[16], data);
            addSipHashes(forms, "with machine-id" + line, machineId, data);
        }
    }

    private static void addSipHashes(Map<String, byte[]> forms, String how, byte[] key, byte[] data) {
        ByteBuffer hash = ByteBuffer.allocate(8).putLong(0, SipHash.of(key, data));
        forms.put("by SipHash " + how, Arrays.copyOf(hash.array(), PREFIX));
        hash.order(ByteOrder.LITTLE_ENDIAN).putLong(0, SipHash.of(key, data));
        forms.put("by SipHash, low octet first, " + how, Arrays.copyOf(hash.array(), PREFIX));
    }

    private static byte[] digest(String algorithm, byte[] data) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance(algorithm).digest(data), PREFIX);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static byte[] labels(String text) {
        ByteBuffer wire = ByteBuffer.allocate(text.length() + 2);
        for (String label : text.split("\\.", -1)) {
            wire.put((byte) label.length()).put(Machine.ascii(label));
        }
        return Arrays.copyOf(wire.array(), wire.position());
    }

    static byte[] reversed(byte[] value) {
        byte[] reversed = new byte[value.length];
        for (int i = 0; i < value.length; i++) {
            reversed[i] = value[value.length - 1 - i];
        }
        return reversed;
    }
}
