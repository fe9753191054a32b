package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.dhcpcanon.client.Replies;
import org.dhcpcanon.lease.Adjustments;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.lease.LeaseReader;
import org.dhcpcanon.lease.LeaseText;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.runtime.LeaseEntries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand damaged files of each kind: nothing throws, nothing hangs, and nothing comes out that was not declared. */
class HostileFilesTest {
    private static final int TIMES = 10_000;

    /** As ISC's dhclient 4.4.3 has written it. */
    private static final String LEASES = """
            default-duid "\\000\\001\\000\\001*\\367\\022\\030RT\\000\\022\\0364";
            lease {
              interface "eth0";
              fixed-address 10.77.0.51;
              filename "boot";
              server-name "srv";
              option subnet-mask 255.255.255.0;
              option routers 10.77.0.1,10.77.0.2;
              option dhcp-lease-time 600;
              option domain-search "a.example.", "b.example.";
              option rfc3442-classless-static-routes 24,192,168,10,192,168,1,1;
              option unknown-224 "plain words\\073 more";
              option unknown-245 a8:a:81:10;
              option static-routes 10.1.0.1 192.0.2.1,10.2.0.1 192.0.2.2;
              renew 3 2026/11/25 17:01:02;
              rebind epoch 1795618956; # Wed Nov 25 15:02:36 2026
              expire never;
            }
            lease6 { interface "eth0"; ia-na 12:1e:34:00 { starts 1; iaaddr 2001:db8::1 { preferred-life 5; } } }
            """;

    @TempDir
    Path directory;

    /** Lease blocks in a configuration are read to their end, and never used. */
    @Test
    void leaseFilesAsConfigurations() {
        String whole = LEASES + LeaseEntries.simple().text() + LEASES.replace("lease {", "alias {");
        Random random = new Random(4);
        Set<String> aliases = new TreeSet<>();
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            for (int i = 0; i < TIMES; i++) {
                DhclientConf conf = DhclientConf.parse("f", Mutations.of(whole, random), "eth0");
                assertTrue(conf.warnings().size() <= 21 && conf.suppressed().size() <= 100);
                assertEquals(Adjustments.NONE, conf.wishes().adjustments());
                assertTrue(conf.rejected().isEmpty() && conf.script().isEmpty());
                conf.wishes().alias().forEach((name, value) -> {
                    assertTrue(name.matches("[a-z0-9_]+"), name);
                    assertTrue(value.matches("[ -~]*"), value);
                    aliases.add(name);
                });
            }
        });
        assertTrue(aliases.containsAll(List.of("ip_address", "routers", "network_number")), aliases.toString());
    }

    /** What the service remembers of a lease in /run: whatever comes back is one that it could have written. */
    @Test
    void rememberedLeases() throws Exception {
        Lease lease = LeaseReader.read(Replies.ack(1, 3600), Replies.asking(1, 3, 6, 15), 5, 0);
        String whole = LeaseText.write(lease);
        Random random = new Random(5);
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            for (int i = 0; i < TIMES; i++) {
                Optional<Lease> read = LeaseText.parse(Mutations.of(whole, random));
                assertEquals(read, read.flatMap(other -> LeaseText.parse(LeaseText.write(other))));
            }
        });
        assertEquals(Optional.of(lease), LeaseText.parse(whole));
    }

    @Test
    void rememberedLeasesThatAreNoText() throws Exception {
        Lease lease = LeaseReader.read(Replies.ack(1, 3600), Replies.asking(1, 3, 6, 15), 5, 0);
        byte[] whole = LeaseText.write(lease).getBytes(StandardCharsets.UTF_8);
        Path file = directory.resolve("lease");
        Random random = new Random(6);
        for (int i = 0; i < 500; i++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(changed.length)] = (byte) (128 + random.nextInt(128));
            Files.write(file, changed);
            Optional<Lease> read = new FileLeaseStore(file).recall();
            assertEquals(read, read.flatMap(other -> LeaseText.parse(LeaseText.write(other))));
        }
    }

    /** What a caller may have sent stays within what a message can hold, whatever its file says. */
    @Test
    void configurationsThatHaveMuchToSay() {
        String whole = """
                send host-name "pc"; send dhcp-client-identifier 1:0:a0:24:ab:fb:9c; send user-class "x";
                send fqdn.fqdn "pc.example.org."; send fqdn.encoded on; send fqdn.server-update true;
                option mudurl code 161 = text; send mudurl "https://example.com/m"; send dhcp-lease-time 3600;
                interface "eth0" { send vendor-class-identifier "a;b\\"c"; send unknown-224 = "z"; timeout 5; }
                """;
        Random random = new Random(7);
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            for (int i = 0; i < TIMES; i++) {
                DhclientConf conf = DhclientConf.parse("f", Mutations.of(whole, random), "eth0");
                conf.wishes().sends().values().forEach((code, value) -> assertTrue(code >= 1 && code <= 254));
                int length = conf.wishes().sends().values().values().stream()
                        .mapToInt(Octets::length)
                        .sum();
                assertTrue(length <= 255, () -> "octets: " + length);
                assertTrue(conf.wishes().sends().values().keySet().stream()
                        .noneMatch(Set.of(50, 53, 54, 55, 57)::contains));
            }
        });
    }
}
