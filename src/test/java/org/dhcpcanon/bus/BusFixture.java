package org.dhcpcanon.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.client.Command;
import org.dhcpcanon.lease.LeaseTimes;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.dhcpcanon.runtime.ClientView;
import org.dhcpcanon.runtime.Control;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A service on a private bus, and a loop thread that takes callers in. */
abstract class BusFixture {
    static final String NAME = "org.dhcpcanon1";
    static final String ROOT = "/org/dhcpcanon1";
    static final String CLIENT = "org.dhcpcanon1.Client";
    static final String MANAGER = "org.dhcpcanon1.Manager";
    static final String CONFIG = "org.freedesktop.NetworkManager.DHCP4Config";
    static final String PROPERTIES = "org.freedesktop.DBus.Properties";

    private static final OptionalLong NONE = OptionalLong.empty();

    @TempDir
    Path directory;

    final LinkedBlockingQueue<Runnable> posted = new LinkedBlockingQueue<>();
    final List<String> attached = new CopyOnWriteArrayList<>();
    final Thread loop = new Thread(this::turn, "test-loop");
    volatile AttachRefusedException.Kind refusal = AttachRefusedException.Kind.BAD_DIRECTORY;
    PrivateBus bus;
    BusService service;
    volatile List<String> profiles = List.of("strict", "android");
    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile Control.Outcome outcome = Control.Outcome.DONE;
    volatile Optional<String> mistake = Optional.empty();
    final FakeAdoption adoption = new FakeAdoption();

    @BeforeEach
    void serve() throws Exception {
        bus = PrivateBus.asInstalled(directory);
        loop.setDaemon(true);
        loop.start();
        service = service(bus);
        service.start().get(10, TimeUnit.SECONDS);
    }

    BusService service(PrivateBus on) {
        Duties duties = new Duties(this::attach, this::begin, this::control, () -> mistake, () -> profiles, adoption);
        return new BusService(on.address(), duties, posted::add, "1.2.3");
    }

    void attach(String path) throws AttachRefusedException {
        assertEquals(loop, Thread.currentThread());
        attached.add(path);
        if (path.equals("/run/refused")) {
            throw new AttachRefusedException(refusal, "not this one");
        }
        if (path.equals("/run/bug")) {
            throw new IllegalStateException("a mistake");
        }
    }

    void begin(String interfaceName) throws AttachRefusedException {
        assertEquals(loop, Thread.currentThread());
        if (!interfaceName.startsWith("veth")) {
            throw new AttachRefusedException(AttachRefusedException.Kind.NO_INTERFACE, "no such interface");
        }
        asked.add("START " + interfaceName);
        service.appeared(view(Integer.parseInt(interfaceName.substring(4)), "selecting", Map.of()));
    }

    Control.Outcome control(int number, Command command) {
        assertEquals(loop, Thread.currentThread());
        asked.add(command + " " + number);
        return outcome;
    }

    void turn() {
        try {
            while (true) {
                posted.take().run();
            }
        } catch (InterruptedException e) {
            // The test is over.
        }
    }

    @AfterEach
    void end() throws Exception {
        service.close();
        loop.interrupt();
        bus.close();
    }

    static ClientView view(int number, String state, Map<String, String> options) {
        boolean bound = !options.isEmpty();
        return new ClientView(
                number,
                "veth" + number,
                state,
                "strict",
                "dhclient",
                bound ? Optional.of(Ipv4.of(192, 0, 2, number)) : Optional.empty(),
                bound ? Optional.of(Ipv4.of(192, 0, 2, 1)) : Optional.empty(),
                bound ? Optional.of(LeaseTimes.of(5_000_000_000L, 3600, NONE, NONE, 0)) : Optional.empty(),
                bound ? OptionalLong.of(1_800_000_000L) : NONE,
                List.of("host-name (12)"),
                List.of(),
                new TreeMap<>(options),
                bound ? 2 : 1,
                bound ? Map.of(DropReason.OTHER_SERVER, 3L) : Map.of());
    }

    static Map<String, String> options(int number) {
        return Map.of("ip_address", "192.0.2." + number, "dhcp_lease_time", "3600");
    }

    void show(ClientView view) throws Exception {
        service.appeared(view);
        eventually(
                "/" + view.number() + "\n",
                () -> bus.busctl("tree", "--list", NAME).out());
    }

    interface Question {
        String ask() throws Exception;
    }

    static void eventually(String part, Question question) throws Exception {
        String answer = question.ask();
        for (int i = 0; i < 200 && !answer.contains(part); i++) {
            Thread.sleep(20);
            answer = question.ask();
        }
        assertTrue(answer.contains(part), "never " + part + " in " + answer);
    }

    String get(String path, String interfaceName, String property) throws Exception {
        return bus.busctl("get-property", NAME, path, interfaceName, property)
                .all()
                .strip();
    }
}
