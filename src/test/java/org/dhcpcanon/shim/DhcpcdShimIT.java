package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** dhcpcd's arguments, in the shim that has its name. */
@ParameterizedClass
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class DhcpcdShimIT extends WithBothShells {
    private Process start(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                "PATH_DHCLIENT_PID=" + root.resolve("pid"),
                root.resolve("bin/dhcpcd").toString()));
        line.addAll(Arrays.asList(arguments));
        return stage.startAs(Path.of("/usr/bin/env"), line.toArray(new String[0]));
    }

    private ArgumentFile told(String... arguments) throws Exception {
        Process shim = start(arguments);
        String call = stage.nextCall();
        ArgumentFile file = ArgumentFile.read(Path.of(stage.directoryOf(call), "argv"));
        stage.answer(call, "Error org.dhcpcanon1.Error.NoInterface: no");
        ShimStage.exitOf(shim);
        return file;
    }

    private List<String> words(String line) throws Exception {
        return told(line.split(" ")).arguments();
    }

    @Test
    void theServiceIsToldInDhclientsWords() throws Exception {
        ArgumentFile file = told(
                "--noconfigure",
                "-B",
                "-K",
                "-L",
                "-A",
                "-c",
                "/usr/libexec/nm-dhcp-helper",
                "-4",
                "-h",
                "me",
                "-F",
                "both",
                "eth0");
        assertEquals(Program.DHCPCD, file.program());
        assertEquals(
                List.of("-d", "-q", "-sf", "/usr/libexec/nm-dhcp-helper", "-H", "me", "-F", "both", "eth0"),
                file.arguments());
        assertEquals(List.of("-q", "-1", "--timeout", "30", "eth0"), words("eth0"));
        assertEquals(List.of("-v", "-1", "--timeout", "7", "eth0"), words("-d -t 7 eth0"));
        assertEquals(List.of("-q", "-1", "--timeout", "2147483647", "eth0"), words("--timeout=0 eth0"));
        assertEquals(
                List.of("-q", "-1", "--timeout", "30", "-sf", "/bin/true", "eth0"),
                words("--ipv4only --waitip --persistent --noarp --script=/bin/true eth0"));
        assertEquals(
                List.of("-q", "-nw", "-H", "me", "-V", "ven", "-e", "IF_METRIC=3", "eth0"),
                words("-b -h me -i ven -l 600 -m 3 eth0"));
        assertEquals(
                List.of(
                        "--oneshot",
                        "-d",
                        "-q",
                        "-1",
                        "--timeout",
                        "2147483647",
                        "-C",
                        "x",
                        "-i",
                        "--user-class",
                        "u",
                        "--vendor-options",
                        "1,a",
                        "eth0"),
                words("-1 -B -I x -D -u u -v 1,a eth0"));
    }

    @Test
    void aValueIsNoFlagAndAnInterfaceCanStandAnywhere() throws Exception {
        assertEquals(List.of("-d", "-q", "-sf", "/none", "eth0", "-H", "-k"), words("-c /none eth0 -B -h -k"));
        assertEquals(
                List.of("-d", "-q", "eth0", "-H", ""),
                told("eth0", "-B", "-h", "").arguments());
    }

    @Test
    void whatItDoesNotKnowIsRefusedWithAUsageLine() throws Exception {
        for (String line : List.of("-T eth0", "--frobnicate eth0", "-s 10.0.0.1 eth0", "-t soon eth0", "eth0 -h")) {
            assertEquals(1, ShimStage.exitOf(start(line.split(" "))), line);
            assertTrue(stage.errors().contains("Usage: dhcpcd"), line + ": " + stage.errors());
        }
    }

    @Test
    void itEndsWhenThereIsALease() throws Exception {
        Process shim = start("-1", "-B", "eth0");
        stage.serve().send("bound");
        assertEquals(0, ShimStage.exitOf(shim));
    }

    @Test
    void itEndsWith1IfThereIsNone() throws Exception {
        Process shim = start("-t", "5", "eth0");
        stage.serve().send("failed");
        assertEquals(1, ShimStage.exitOf(shim));
    }

    @Test
    void aLeaseIsShownOnTheStandardOutput() throws Exception {
        Process shim = start("-4", "--dumplease", "eth0");
        FifoService service = stage.serve();
        service.send("print interface=eth0");
        service.send("print domain_name='a b'");
        service.send("exit 0");
        assertEquals(0, ShimStage.exitOf(shim));
        assertEquals("interface=eth0\ndomain_name='a b'\n", Files.readString(root.resolve("out")));
    }

    /** A service of its own would have no client, and nobody to end it. */
    @ParameterizedTest
    @ValueSource(strings = {"-U", "-n"})
    void whereThereIsNoServiceForAllThereIsNobodyToAsk(String flag) throws Exception {
        Process shim = stage.startAs(
                Path.of("/usr/bin/env"),
                "DBUS_SYSTEM_BUS_ADDRESS=unix:path=/none",
                root.resolve("bin/dhcpcd").toString(),
                flag,
                "eth0");
        assertEquals(1, ShimStage.exitOf(shim));
        assertEquals("dhcpcd: there is no service on the system bus to ask for its clients.\n", stage.errors());
    }

    /** One process for each; none of them ends anybody. */
    @Test
    void theLeasesOfSeveralInterfacesAreShown() throws Exception {
        Process shim = start("-U", "eth0", "eth1");
        for (int i = 0; i < 2; i++) {
            FifoService service = stage.serve();
            service.send("print protocol=dhcp");
            service.send("exit 0");
        }
        assertEquals(0, ShimStage.exitOf(shim));
        assertEquals("protocol=dhcp\nprotocol=dhcp\n", Files.readString(root.resolve("out")));
        assertEquals("", stage.errors());
    }

    @Test
    void itSaysWhereItsProcessIdIs() throws Exception {
        assertEquals(0, ShimStage.exitOf(stage.startAs(root.resolve("bin/dhcpcd"), "-4", "-P", "eth0")));
        assertEquals("/run/dhcpcd/eth0-4.pid\n", Files.readString(root.resolve("out")));
    }

    @Test
    void helpAndVersionNeedNoService() throws Exception {
        assertEquals(0, ShimStage.exitOf(start("--version")));
        assertTrue(Files.readString(root.resolve("out")).startsWith("dhcpcd 9."), "the version");
        assertEquals(0, ShimStage.exitOf(start("--help")));
        assertEquals(
                List.of(),
                Stream.of("calls")
                        .flatMap(name -> Stream.of(root.resolve(name).toFile().list()))
                        .toList());
    }
}
