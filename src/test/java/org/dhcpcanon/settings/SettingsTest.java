package org.dhcpcanon.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.dhcpcanon.client.Policy;
import org.dhcpcanon.client.RequestList;
import org.dhcpcanon.client.SendList;
import org.dhcpcanon.lease.RoutePolicy;
import org.dhcpcanon.runtime.ClientRequest;
import org.dhcpcanon.runtime.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an administrator writes, and what becomes of it. */
class SettingsTest {
    private static final String UUID = "11111111-2222-3333-4444-000000000000";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Policy policy(String interfaceName) throws MistakeException {
        return SettingsDirectory.read(directory).policyFor(request(interfaceName));
    }

    private static ClientRequest request(String interfaceName) {
        return new ClientRequest(
                interfaceName,
                1,
                "dhclient",
                Optional.of(UUID),
                Optional.of("/usr/lib/NetworkManager/nm-dhcp-helper"),
                List.of(),
                OptionalLong.empty(),
                List.of(),
                List.of());
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    private String mistake() {
        return Objects.requireNonNull(
                assertThrows(MistakeException.class, () -> policy("eth0")).getMessage());
    }

    @Test
    void withoutAFileEverybodyIsStrict() throws MistakeException {
        assertEquals(Policy.of(Profiles.strict()), policy("eth0"));
    }

    @Test
    void sectionsHoldForThoseThatMatchAndLaterOnesDecide() throws Exception {
        write("dhcpcanon.conf", """
                [defaults]
                profile = windows
                release = never
                [match interface:eth0]
                profile = android
                """);
        write("dhcpcanon.conf.d/10-home.conf", "[match interface:eth1 uuid:" + UUID + "]\nroutes = default-only\n");
        assertEquals("android", policy("eth0").profile().name());
        assertEquals(Policy.Release.NEVER, policy("eth0").release());
        assertEquals(RoutePolicy.ALL, policy("eth0").routes());
        assertEquals("windows", policy("eth1").profile().name());
        assertEquals(RoutePolicy.DEFAULT_ONLY, policy("eth1").routes());
    }

    @Test
    void moreOptionsCanBeAskedForByCodeOrName() throws Exception {
        write("dhcpcanon.conf", "[defaults]\nrequest = 15, domain_search ntp-servers\n");
        assertEquals(
                List.of(1, 3, 6, 121, 15, 119, 42), policy("eth0").profile().parameters());
    }

    @Test
    void whoWantsNoRoutesDoesNotAskForThem() throws Exception {
        write("dhcpcanon.conf", "[defaults]\nroutes = none\nbroadcast = yes\n");
        assertFalse(policy("eth0").profile().parameters().contains(121));
        assertTrue(policy("eth0").profile().look().broadcast());
    }

    /** NetworkManager has its own setting for that, ipv4.dad-timeout. */
    @Test
    void conflictsAreOursToFindWhereNetworkManagerDoesNotTakeTheLease() throws Exception {
        assertFalse(policy("eth0").probing());
        assertTrue(SettingsDirectory.read(directory).policyFor(unmanaged()).probing());
        write("dhcpcanon.conf", "[defaults]\nacd = self\n");
        assertTrue(policy("eth0").probing());
        write("dhcpcanon.conf", "[defaults]\nacd = none\n");
        assertFalse(SettingsDirectory.read(directory).policyFor(unmanaged()).probing());
    }

    private static ClientRequest unmanaged() {
        return new ClientRequest(
                "eth0",
                1,
                "dhclient",
                Optional.empty(),
                Optional.of("/etc/nm-dhcp-helper/script"),
                List.of(),
                OptionalLong.empty(),
                List.of(),
                List.of());
    }

    @Test
    void aNetworkIsTheSameOnlyByItsConnection() throws Exception {
        write("dhcpcanon.conf", "[match uuid:" + UUID + "]\nreboot = same-network\nrelease = mac-change\n");
        assertTrue(policy("eth0").reboot());
        assertEquals(Policy.Release.MAC_CHANGE, policy("eth0").release());
        assertFalse(SettingsDirectory.read(directory).policyFor(unmanaged()).reboot());
    }

    private static String connection(String id, String uuid) {
        return "[ipv4]\nid=other\n[connection]\nid=" + id + "\nuuid=" + uuid + "\ntype=wifi\n[wifi-security]\nid=not\n";
    }

    @Test
    void aConnectionIsKnownByItsNameAsWell() throws Exception {
        write("nm/cafe.nmconnection", connection("Café \\s1 \\\\ 2", UUID));
        write("nm/home.nmconnection", connection("home", UUID.replace('1', '9')));
        write("nm/broken.nmconnection", "[connection");
        write("dhcpcanon.conf", "[match id:\"Café  1 \\ 2\"]\nprofile = android\n[match id:home]\nprofile = plain\n");
        Connections connections = new Connections(List.of(directory.resolve("none"), directory.resolve("nm")));
        Settings settings = SettingsDirectory.read(directory, connections);
        assertEquals("android", settings.policyFor(request("eth0")).profile().name());
        assertEquals("strict", settings.policyFor(unmanaged()).profile().name());
    }

    @Test
    void whatWasNotReadIsToldToEveryClient() {
        assertEquals(
                List.of("the settings are not used: line 3"),
                Settings.missing("line 3").policyFor(unmanaged()).warnings());
    }

    @Test
    void aProfileOfOnesOwnCanBeUsed() throws Exception {
        write("profiles.d/mine.profile", Profiles.text("strict").replace("ttl = 64", "ttl = 65"));
        write("dhcpcanon.conf", "[defaults]\nprofile = mine\n");
        assertEquals("mine", policy("eth0").profile().name());
        assertEquals(65, policy("eth0").profile().look().header().timeToLive());
    }

    @Test
    void aBuiltInProfileCannotBeReplaced() throws IOException {
        write("profiles.d/strict.profile", Profiles.text("strict"));
        assertTrue(mistake().endsWith("expected a name of its own, of small letters, digits and hyphens"));
    }

    @Test
    void aMistakeInAProfileOfOnesOwnIsNamed() throws IOException {
        write("profiles.d/mine.profile", "[messages]\n");
        assertTrue(mistake().endsWith("mine.profile: expected \"discover\" in [messages]"), mistake());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[default] | line 1: expected [defaults] or [match interface:NAME uuid:UUID id:NAME]",
                "[match] | line 1: expected [defaults] or [match interface:NAME uuid:UUID id:NAME]",
                "[match ssid:home] | line 1: expected interface:NAME, uuid:UUID or id:NAME in [match ssid:home]",
                "[defaults];profil = strict | line 2: \"profil\" is not a key of dhcpcanon.conf",
                "[defaults];profile = stealth | line 2: profile: expected strict, android, windows, plain or a profile",
                "[defaults];routes = some | line 2: routes: expected all or default-only or none, found \"some\"",
                "[defaults];release = often | line 2: release: expected on-request or mac-change or never",
                "[defaults];reboot = same-network | line 2: reboot: expected a section [match uuid:UUID] or [match id:NAME]",
                "[match uuid:x];reboot = always | line 2: reboot: expected off or same-network",
                "[defaults];acd = yes | line 2: acd: expected auto or self or none",
                "[defaults];request = 255 | line 2: request: expected option codes",
                "[defaults];request = 15;request = 26 | line 3: \"request\" stands here for the second time",
                "[defaults];broadcast = maybe | line 2: broadcast: expected no or yes",
                "profile = strict | line 1: expected \"[section]\", found \"profile = strict\"",
            })
    void theMistakeIsNamedWithFileAndLine(String text, String words) throws IOException {
        write("dhcpcanon.conf", text.replace(';', '\n'));
        assertTrue(mistake().startsWith(directory + "/dhcpcanon.conf " + words), mistake());
    }

    @Test
    void whatIsNotTextIsAMistakeAndNoCrash() throws IOException {
        Files.write(directory.resolve("dhcpcanon.conf"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertTrue(mistake().contains("cannot be read as UTF-8 text"), mistake());
    }

    /** As the profile says, and what the administrator wants comes on top. */
    @Test
    void aCallersRequestIsObeyedWhereTheProfileDoesSo() throws Exception {
        RequestList wanted = new RequestList(Optional.of(List.of(3, 42)), List.of());
        ClientRequest request = Requests.of(wanted, SendList.NONE, List.of(), List.of());
        write("dhcpcanon.conf", "[defaults]\nprofile = plain\nrequest = 26\n");
        assertEquals(
                List.of(3, 42, 26),
                SettingsDirectory.read(directory).policyFor(request).profile().parameters());
        assertEquals(
                Profiles.strict().parameters(),
                Settings.NONE.policyFor(request).profile().parameters());
    }

    @Test
    void newWifiConnectionsAreAdoptedOnlyIfSomebodyWantsThat() throws Exception {
        assertFalse(SettingsDirectory.read(directory).adoptsNew());
        write("dhcpcanon.conf", "[defaults]\nadopt-new = wifi\n");
        assertTrue(SettingsDirectory.read(directory).adoptsNew());
        write("dhcpcanon.conf.d/50.conf", "[defaults]\nadopt-new = no\n");
        assertFalse(SettingsDirectory.read(directory).adoptsNew());
        write("dhcpcanon.conf", "[defaults]\nadopt-new = all\n");
        assertTrue(mistake().contains("dhcpcanon.conf line 2"), mistake());
        write("dhcpcanon.conf", "[match interface:eth0]\nadopt-new = wifi\n");
        assertTrue(mistake().contains("[defaults]"), mistake());
    }
}
