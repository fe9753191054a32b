package org.dhcpcanon.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dhcpcanon.client.LeaseReason;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.runtime.ClientView;
import org.dhcpcanon.runtime.LeaseNews;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** The objects say all of themselves, and what they say is true. */
@Timeout(120)
@Isolated
class IntrospectionIT extends BusFixture {
    private static final String OBJECT_MANAGER = "org.freedesktop.DBus.ObjectManager";
    private static final String PEER = "org.freedesktop.DBus.Peer";
    private static final String INTROSPECTABLE = "org.freedesktop.DBus.Introspectable";
    private static final Map<String, String> OBJECTS =
            Map.of(MANAGER, ROOT, CLIENT, ROOT + "/Client/7", CONFIG, ROOT + "/DHCP4Config/7");
    /** In the words of the D-Bus Specification, "Standard Interfaces". */
    private static final String STANDARD = """
            <node>
              <interface name="org.freedesktop.DBus.Peer">
                <method name="Ping"/>
                <method name="GetMachineId"><arg name="machine_uuid" type="s" direction="out"/></method>
              </interface>
              <interface name="org.freedesktop.DBus.Introspectable">
                <method name="Introspect"><arg name="xml_data" type="s" direction="out"/></method>
              </interface>
              <interface name="org.freedesktop.DBus.Properties">
                <method name="Get">
                  <arg name="interface_name" type="s" direction="in"/>
                  <arg name="property_name" type="s" direction="in"/>
                  <arg name="value" type="v" direction="out"/>
                </method>
                <method name="GetAll">
                  <arg name="interface_name" type="s" direction="in"/>
                  <arg name="props" type="a{sv}" direction="out"/>
                </method>
                <method name="Set">
                  <arg name="interface_name" type="s" direction="in"/>
                  <arg name="property_name" type="s" direction="in"/>
                  <arg name="value" type="v" direction="in"/>
                </method>
                <signal name="PropertiesChanged">
                  <arg name="interface_name" type="s"/>
                  <arg name="changed_properties" type="a{sv}"/>
                  <arg name="invalidated_properties" type="as"/>
                </signal>
              </interface>
              <interface name="org.freedesktop.DBus.ObjectManager">
                <method name="GetManagedObjects">
                  <arg name="objpath_interfaces_and_properties" type="a{oa{sa{sv}}}" direction="out"/>
                </method>
                <signal name="InterfacesAdded">
                  <arg name="object_path" type="o"/>
                  <arg name="interfaces_and_properties" type="a{sa{sv}}"/>
                </signal>
                <signal name="InterfacesRemoved">
                  <arg name="object_path" type="o"/>
                  <arg name="interfaces" type="as"/>
                </signal>
              </interface>
            </node>
            """;
    /** Arguments with which the methods that return something do so. */
    private static final Map<String, List<String>> CALLS = Map.of(
            "Get",
            List.of("ss", MANAGER, "Version"),
            "GetAll",
            List.of("s", MANAGER),
            "Introspect",
            List.of(),
            "GetMachineId",
            List.of(),
            "GetManagedObjects",
            List.of(),
            "Start",
            List.of("s", "veth7"));

    private Description at(String path) throws Exception {
        String text = bus.run(
                        "dbus-send",
                        "--system",
                        "--print-reply=literal",
                        "--dest=" + NAME,
                        path,
                        INTROSPECTABLE + ".Introspect")
                .out();
        return Description.of(text.strip());
    }

    private static Description installed(String interfaceName) throws Exception {
        return Description.of(Files.readString(Path.of("dbus", interfaceName + ".xml")));
    }

    @Test
    void everyObjectIsDescribedAsInstalledAndAsTheSpecificationSays() throws Exception {
        show(view(7, "bound", options(7)));
        Description standard = Description.of(STANDARD);
        for (Map.Entry<String, String> object : OBJECTS.entrySet()) {
            SortedMap<String, List<Description.Member>> expected = new TreeMap<>(standard.interfaces());
            if (!object.getValue().equals(ROOT)) {
                expected.remove(OBJECT_MANAGER);
            }
            expected.putAll(installed(object.getKey()).interfaces());
            assertEquals(expected, at(object.getValue()).interfaces());
        }
    }

    /** Clients of ObjectManager and those that walk the tree find the same. */
    @Test
    void managedObjectsAreTheNodesWithTheInterfacesThatTheyDescribe() throws Exception {
        show(view(1, "selecting", Map.of()));
        show(view(7, "bound", options(7)));
        String answer = bus.busctl("--json=short", "call", NAME, ROOT, OBJECT_MANAGER, "GetManagedObjects")
                .out();
        Set<String> managed = Pattern.compile("\"(/[^\"]*)\":\\{\"([^\"]*)\":\\{")
                .matcher(answer)
                .results()
                .map(object -> object.group(1) + " " + object.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> described = new TreeSet<>();
        for (String kind : at(ROOT).children()) {
            for (String number : at(ROOT + "/" + kind).children()) {
                String path = ROOT + "/" + kind + "/" + number;
                at(path).interfaces().keySet().stream()
                        .filter(name -> !name.startsWith("org.freedesktop.DBus."))
                        .forEach(name -> described.add(path + " " + name));
            }
        }
        assertEquals(4, described.size());
        assertEquals(described, managed);
    }

    @Test
    void methodsTakeAndReturnWhatTheyAreDescribedTo() throws Exception {
        show(view(7, "bound", options(7)));
        int returning = 0;
        for (String path : OBJECTS.values()) {
            for (Map.Entry<String, List<Description.Member>> face :
                    at(path).interfaces().entrySet()) {
                for (Description.Member method : face.getValue()) {
                    if (method.kind().equals("method")) {
                        assertTakes(path, face.getKey(), method);
                        returning += returnsAsDescribed(path, face.getKey(), method) ? 1 : 0;
                    }
                }
            }
        }
        assertTrue(returning > CALLS.size(), "few were called: " + returning);
        assertEquals(List.of(), attached);
        assertEquals(List.of("START veth7"), asked);
    }

    private void assertTakes(String path, String interfaceName, Description.Member method) throws Exception {
        PrivateBus.Result refused = bus.busctl("call", NAME, path, interfaceName, method.name(), "nnn", "1", "2", "3");
        String words = method.name() + " takes (" + method.signature("in") + "), not (nnn)";
        assertTrue(refused.err().contains(words), refused.all());
    }

    private boolean returnsAsDescribed(String path, String interfaceName, Description.Member method) throws Exception {
        String returned = method.signature("out");
        if (returned.isEmpty() || (interfaceName.equals(PROPERTIES) && !path.equals(ROOT))) {
            return false;
        }
        List<String> command = new ArrayList<>(List.of("call", NAME, path, interfaceName, method.name()));
        command.addAll(CALLS.get(method.name()));
        String answer = bus.busctl(command.toArray(String[]::new)).all();
        assertTrue(answer.startsWith(returned + " "), method.name() + ": " + answer);
        return true;
    }

    @Test
    void propertiesAreThoseThatAreDescribedWithTheirTypesAndCannotBeSet() throws Exception {
        show(view(7, "bound", options(7)));
        for (Map.Entry<String, String> object : OBJECTS.entrySet()) {
            String all = bus.busctl(
                            "--json=short", "call", NAME, object.getValue(), PROPERTIES, "GetAll", "s", object.getKey())
                    .out();
            Description description = at(object.getValue());
            Set<String> described = new TreeSet<>();
            for (Description.Member property : description.members(object.getKey(), "property")) {
                Description.Argument value = property.arguments().get(0);
                assertEquals("read", value.direction(), property.name());
                String shown = get(object.getValue(), object.getKey(), property.name());
                assertTrue(shown.startsWith(value.type() + " "), property.name() + " has another type: " + shown);
                assertReadOnly(object, property.name());
                described.add(property.name());
            }
            assertEquals(described, names(all.substring(all.indexOf("[{"))), all);
        }
    }

    private void assertReadOnly(Map.Entry<String, String> object, String property) throws Exception {
        PrivateBus.Result refused = bus.busctl(
                "call", NAME, object.getValue(), PROPERTIES, "Set", "ssv", object.getKey(), property, "s", "x");
        assertTrue(refused.err().contains(property + " cannot be set"), refused.all());
    }

    /** The names of our properties, which begin with capitals, in a dictionary of variants as JSON. */
    private static Set<String> names(String json) {
        return Pattern.compile("\"([A-Z]\\w*)\":\\{\"type\":")
                .matcher(json)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A life in which everything happens that can: what changes is told, and what is const stays. */
    private List<ClientView> life() {
        ClientView selecting = view(7, "selecting", Map.of());
        ClientView bound = view(7, "bound", options(7));
        Map<String, String> moved = new TreeMap<>(options(8));
        ClientView other = view(8, "renewing", moved);
        return List.of(
                selecting,
                bound,
                with(bound, "veth7", "renewing", List.of(), bound, 3),
                with(bound, "lan0", "bound", List.of("a warning"), other, 4),
                with(bound, "lan0", "selecting", List.of("a warning"), selecting, 5));
    }

    private static ClientView with(
            ClientView one, String name, String state, List<String> warnings, ClientView lease, long sent) {
        return new ClientView(
                one.number(),
                name,
                state,
                one.profile(),
                one.route(),
                lease.address(),
                lease.server(),
                lease.times(),
                lease.expiry().isPresent() ? OptionalLong.of(1_800_000_000L + sent) : lease.expiry(),
                one.suppressed(),
                warnings,
                lease.options(),
                sent,
                Map.of(DropReason.OTHER_SERVER, sent));
    }

    @Test
    void whatIsConstStaysAndWhateverElseChangesIsTold() throws Exception {
        Path log = directory.resolve("monitor");
        Process monitor = bus.begin(log, "busctl", "--json=short", "--address=" + bus.address(), "monitor");
        try {
            eventually("\"Ping\"", () -> {
                bus.busctl("call", NAME, ROOT, PEER, "Ping");
                return Files.readString(log);
            });
            List<ClientView> life = life();
            show(life.get(0));
            Set<String> changed = changedDuring(life.subList(1, life.size()));
            profiles = List.of("strict", "mine");
            service.reloaded();
            eventually("mine", () -> get(ROOT, MANAGER, "Profiles"));
            changed.add(MANAGER + " Profiles");
            service.gone(7);
            eventually("InterfacesRemoved", () -> Files.readString(log));
            eventually("\"Clients\":{\"type\":\"ao\",\"data\":[]}", () -> Files.readString(log));
            changed.add(MANAGER + " Clients");
            assertEquals(notConst(), changed, "what is not const changed in this life, and nothing else");
            assertEquals(changed, told(Files.readString(log)), "and each was told");
            assertSignals(Files.readString(log));
        } finally {
            monitor.destroy();
        }
    }

    private Set<String> changedDuring(List<ClientView> life) throws Exception {
        Set<String> changed = new TreeSet<>();
        SortedMap<String, String> before = values();
        for (ClientView next : life) {
            service.changed(next);
            service.told(7, new LeaseNews(LeaseReason.RENEW, new TreeMap<>(next.options()), new TreeMap<>()));
            eventually("t " + next.sent(), () -> get(ROOT + "/Client/7", CLIENT, "Sent"));
            for (Map.Entry<String, String> now : values().entrySet()) {
                if (!now.getValue().equals(before.put(now.getKey(), now.getValue()))) {
                    changed.add(now.getKey());
                }
            }
        }
        return changed;
    }

    private static Set<String> notConst() throws Exception {
        Set<String> names = new TreeSet<>();
        for (String interfaceName : OBJECTS.keySet()) {
            installed(interfaceName).members(interfaceName, "property").stream()
                    .filter(property -> !property.isConst())
                    .forEach(property -> names.add(interfaceName + " " + property.name()));
        }
        return names;
    }

    /** Of all objects, by interface and name. */
    private SortedMap<String, String> values() throws Exception {
        SortedMap<String, String> values = new TreeMap<>();
        for (Map.Entry<String, String> object : OBJECTS.entrySet()) {
            for (Description.Member property : installed(object.getKey()).members(object.getKey(), "property")) {
                values.put(
                        object.getKey() + " " + property.name(),
                        get(object.getValue(), object.getKey(), property.name()));
            }
        }
        return values;
    }

    /** What PropertiesChanged told, by interface and name. */
    private static Set<String> told(String log) {
        Set<String> told = new TreeSet<>();
        for (String line : log.lines().toList()) {
            Matcher signal = Pattern.compile(
                            "\"member\":\"PropertiesChanged\",\"payload\":\\{\"type\":\"sa\\{sv\\}as\",\"data\":\\[\"([^\"]+)\"")
                    .matcher(line);
            if (signal.find()) {
                names(line).forEach(name -> told.add(signal.group(1) + " " + name));
            }
        }
        return told;
    }

    /** Each signal that is described was there, with the types that are described, and no other. */
    private static void assertSignals(String log) throws Exception {
        Set<String> described = new TreeSet<>();
        List<Description> all =
                List.of(Description.of(STANDARD), installed(MANAGER), installed(CLIENT), installed(CONFIG));
        for (Description description : all) {
            description
                    .interfaces()
                    .keySet()
                    .forEach(face -> description
                            .members(face, "signal")
                            .forEach(signal ->
                                    described.add(face + " " + signal.name() + " " + signal.signature("out"))));
        }
        Pattern signal = Pattern.compile("\"type\":\"signal\".*\"path\":\"/org/dhcpcanon1[^\"]*\""
                + ".*\"interface\":\"([^\"]+)\".*\"member\":\"([^\"]+)\".*?\"payload\":\\{\"type\":\"([^\"]*)\"");
        Set<String> seen = log.lines()
                .map(signal::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1) + " " + found.group(2) + " " + found.group(3))
                .collect(Collectors.toCollection(TreeSet::new));
        assertFalse(seen.isEmpty());
        assertEquals(described, seen);
    }
}
