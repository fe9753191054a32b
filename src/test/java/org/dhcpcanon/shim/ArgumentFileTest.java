package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.dhcpcanon.runtime.AttachRefusedException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentFileTest {
    @TempDir
    Path directory;

    private static byte[] bytes(String text) {
        return text.replace('|', '\0').getBytes(StandardCharsets.UTF_8);
    }

    private static void refused(Kind kind, byte[] content) {
        assertEquals(
                kind,
                assertThrows(AttachRefusedException.class, () -> ArgumentFile.parse(content))
                        .kind());
    }

    @Test
    void leavesOutTheProgramsName() throws Exception {
        assertEquals(
                List.of("-d", "", "a\nb", "ü"),
                ArgumentFile.parse(bytes("4|/sbin/dhclient|-d||a\nb|ü|")).arguments());
    }

    @Test
    void aProgramWithoutArgumentsHasNone() throws Exception {
        assertEquals(List.of(), ArgumentFile.parse(bytes("0|dhclient|")).arguments());
    }

    @Test
    void everyTruncationIsNoticed() {
        byte[] whole = bytes("3|/sbin/dhclient|-d|-q|eth0|");
        for (int length = 0; length < whole.length; length++) {
            refused(Kind.BAD_ARGUMENTS, Arrays.copyOf(whole, length));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2|dhclient|eth0|",
                "0|dhclient|eth0|",
                "01|dhclient|eth0|",
                "x|dhclient|eth0|",
                "|dhclient|eth0|",
                "-1|"
            })
    void aWrongCountIsNoticed(String content) {
        refused(Kind.BAD_ARGUMENTS, bytes(content));
    }

    @Test
    void octetsThatAreNotUtf8AreReadAllTheSame() throws Exception {
        assertEquals(
                List.of("\u00ff"),
                ArgumentFile.parse(new byte[] {'1', 0, 'x', 0, (byte) 0xff, 0}).arguments());
    }

    @Test
    void moreThanTheCapIsRefused() throws Exception {
        Path file = directory.resolve("argv");
        Files.write(file, bytes("1|dhclient|" + "x".repeat(ArgumentFile.LARGEST) + "|"));
        assertEquals(
                Kind.BAD_ARGUMENTS,
                assertThrows(AttachRefusedException.class, () -> ArgumentFile.read(file))
                        .kind());
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        Path file = directory.resolve("argv");
        Files.createSymbolicLink(file, Files.write(directory.resolve("real"), bytes("1|dhclient|eth0|")));
        assertEquals(
                Kind.BAD_DIRECTORY,
                assertThrows(AttachRefusedException.class, () -> ArgumentFile.read(file))
                        .kind());
    }
}
