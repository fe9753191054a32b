package org.dhcpcanon.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What anybody on the machine may send, against a service with the heap that it has in production. */
@Timeout(60)
class FloodIT {
    private static final String NAME = BusFixture.NAME;

    /** {@code SOCKET set|nothing|signal OCTETS COUNT}: sends so many messages, then says how each was answered. */
    private static final String CALLER = """
            import collections, os, socket, struct, sys
            bus_socket, what, octets, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
            pad = lambda data, size: data + b"\\0" * (-len(data) % size)
            string = lambda text: struct.pack("<I", len(text)) + text.encode() + b"\\0"
            def message(kind, serial, to, path, interface, member, signature, body):
                header = b""
                for code, type, text in ((1, b"o", path), (2, b"s", interface), (3, b"s", member), (6, b"s", to)):
                    header = pad(header, 8) + struct.pack("<BB", code, 1) + type + b"\\0" + string(text)
                header = pad(header, 8) + b"\\x08\\x01g\\0" + bytes([len(signature)]) + signature.encode() + b"\\0"
                return pad(struct.pack("<cBBBIII", b"l", kind, 0, 1, len(body), serial, len(header)) + header, 8) + body
            bus = socket.socket(socket.AF_UNIX)
            bus.settimeout(15)
            bus.connect(bus_socket)
            bus.sendall(b"\\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\\r\\n")
            assert bus.recv(4096).startswith(b"OK")
            daemon = "org.freedesktop.DBus"
            bus.sendall(b"BEGIN\\r\\n" + message(1, 1, daemon, "/org/freedesktop/DBus", daemon, "Hello", "", b""))
            stream = bus.makefile("rb")
            name, root, properties = "org.dhcpcanon1", "/org/dhcpcanon1", "org.freedesktop.DBus.Properties"
            array = struct.pack("<I", octets) + b"x" * octets
            if what == "set":
                body = pad(string("org.dhcpcanon1.Manager"), 4) + string("Version") + b"\\x02ay\\0"
                sent = lambda n: message(1, n, name, root, properties, "Set", "ssv", pad(body, 4) + array)
            elif what == "nothing":
                sent = lambda n: message(1, n, name, root, properties, "Nothing", "ay", array)
            else:
                sent = lambda n: message(4, n, name, root, "org.example.Flood", "Flood", "ay", array)
            serials = range(2, 2 + count)
            bus.sendall(b"".join(map(sent, serials)))
            # Messages of one sender keep their order, so that the answer to this one says that all before were seen.
            bus.sendall(message(1, 2 + count, name, root, "org.freedesktop.DBus.Peer", "Ping", "", b""))
            answers = collections.Counter()
            while True:
                head = stream.read(16)
                assert len(head) == 16, "the bus closed the connection"
                length, _, fields = struct.unpack("<III", head[4:])
                rest = stream.read(fields + -fields % 8 + length)
                if head[1] not in (2, 3):
                    continue
                at = rest.index(b"\\x05\\x01u\\0")
                if struct.unpack("<I", rest[at + 4:at + 8])[0] == 2 + count:
                    break
                names = [e for e in ("LimitsExceeded", "UnknownMethod", "PropertyReadOnly", "InvalidArgs", "NoReply") if e.encode() in rest]
                answers[names[0] if names else "answered"] += 1
            answers.pop("answered", None)
            print(dict(answers))
            """;

    @TempDir
    Path directory;

    private PrivateBus bus;
    private Process service;
    private String owner;

    @BeforeEach
    void serve() throws Exception {
        bus = PrivateBus.asInstalled(directory);
        service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx24m",
                        "-Xss256k",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djnr.ffi.asm.enabled=false",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LonelyService.class.getName(),
                        bus.address())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("service.log").toFile())
                .start();
        BusFixture.eventually("1.2.3", this::version);
        owner = owner();
    }

    @AfterEach
    void end() throws Exception {
        service.destroyForcibly().waitFor();
        bus.close();
    }

    private String version() throws Exception {
        return bus.busctl("get-property", NAME, BusFixture.ROOT, BusFixture.MANAGER, "Version")
                .all();
    }

    private String owner() throws Exception {
        return bus.busctl(
                        "call",
                        "org.freedesktop.DBus",
                        "/org/freedesktop/DBus",
                        "org.freedesktop.DBus",
                        "GetNameOwner",
                        "s",
                        NAME)
                .all();
    }

    private String nobodySends(String what, int octets, int count) throws Exception {
        String socket = bus.address().substring("unix:path=".length());
        PrivateBus.Result result = bus.runAsNobody(
                "/usr/bin/python3", "-c", CALLER, socket, what, Integer.toString(octets), Integer.toString(count));
        assertEquals(0, result.status(), result.all());
        return result.out().strip();
    }

    private void expectUnharmed() throws Exception {
        assertEquals(owner, owner(), "the connection was lost");
        assertTrue(version().contains("1.2.3"));
        assertTrue(service.isAlive());
        String log = java.nio.file.Files.readString(directory.resolve("service.log"));
        assertFalse(log.contains("OutOfMemoryError") || log.contains("StackOverflowError"), log);
    }

    @Test
    void aCallOfSetWithMegabytesDoesNotTakeTheServiceOffTheBus() throws Exception {
        assertEquals("{'LimitsExceeded': 1}", nobodySends("set", 3_900_000, 1));
        expectUnharmed();
    }

    @Test
    void aCallLargerThanWeEverHoldIsRefusedAndTheConnectionStays() throws Exception {
        assertEquals("{'LimitsExceeded': 1}", nobodySends("set", 30_000_000, 1));
        expectUnharmed();
    }

    @Test
    void aLargeSignalIsPassedOverAndTheConnectionStays() throws Exception {
        for (int octets : List.of(1, 60_000, 3_900_000, 30_000_000)) {
            assertEquals("{}", nobodySends("signal", octets, 1));
        }
        assertEquals("{}", nobodySends("signal", 60_000, 300));
        expectUnharmed();
    }

    @Test
    void manyLargeCallsAtOnceDoNotFillTheHeap() throws Exception {
        String answers = nobodySends("set", 60_000, 1500);
        int answered = java.util.regex.Pattern.compile("(?<=: )[0-9]+")
                .matcher(answers)
                .results()
                .mapToInt(match -> Integer.parseInt(match.group()))
                .sum();
        assertEquals(1500, answered, answers);
        expectUnharmed();
    }

    @Test
    void setIsRefusedWithoutALookAtTheValue() throws Exception {
        assertEquals("{'PropertyReadOnly': 10}", nobodySends("set", 60_000, 10));
        assertEquals("{'UnknownMethod': 10}", nobodySends("nothing", 60_000, 10));
        expectUnharmed();
    }
}
