package org.dhcpcanon.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets in, and what everybody else is told. */
@Timeout(60)
class AttachIT extends BusFixture {
    @Test
    void descriptorsAreRefusedAndTheServiceLives() throws Exception {
        PrivateBus.Result alone = bus.busctl("call", NAME, ROOT, MANAGER, "Attach", "h", "0");
        assertFalse(alone.err().isEmpty(), alone.all());
        PrivateBus.Result wrapped =
                bus.busctl("call", NAME, ROOT, PROPERTIES, "Set", "ssv", MANAGER, "Version", "h", "0");
        assertFalse(wrapped.err().isEmpty(), wrapped.all());
        assertEquals("s \"1.2.3\"", get(ROOT, MANAGER, "Version"));
        assertTrue(attached.isEmpty());
    }

    @Test
    void aDescriptorThatDoesNotComeIsRefusedAndTheServiceLives() throws Exception {
        try (RawCaller caller = new RawCaller(bus.address())) {
            Message alone = caller.callWithoutTheDescriptor(ROOT, MANAGER, "Attach", "u", 0);
            assertEquals("org.freedesktop.DBus.Error.InvalidArgs", alone.getName());
            Message wrapped = caller.callWithoutTheDescriptor(
                    ROOT, PROPERTIES, "Set", "ssv", MANAGER, "Version", new Variant<>(0, "u"));
            assertEquals("org.freedesktop.DBus.Error.PropertyReadOnly", wrapped.getName(), "the value was read");
        }
        assertEquals("s \"1.2.3\"", get(ROOT, MANAGER, "Version"));
    }

    @Test
    void anInterfaceMayBeLeftOut() throws Exception {
        try (RawCaller caller = new RawCaller(bus.address())) {
            assertEquals("s", caller.callWithoutInterface(ROOT, "Introspect").getSig());
            assertEquals(
                    "org.freedesktop.DBus.Error.UnknownMethod",
                    caller.callWithoutInterface(ROOT, "Nothing").getName());
        }
    }

    @Test
    void theSettingsAreReadAnewOrTheMistakeIsNamed() throws Exception {
        assertEquals(0, bus.busctl("call", NAME, ROOT, MANAGER, "Reload").status());
        mistake = Optional.of("dhcpcanon.conf line 2: expected something else");
        PrivateBus.Result result =
                bus.run("dbus-send", "--system", "--print-reply", "--dest=" + NAME, ROOT, MANAGER + ".Reload");
        assertTrue(
                result.err().contains("org.dhcpcanon1.Error.BadSettings: dhcpcanon.conf line 2: expected"),
                result.all());
    }

    @Test
    void rootIsAttachedOnTheLoopThread() throws Exception {
        PrivateBus.Result result = bus.busctl("call", NAME, ROOT, MANAGER, "Attach", "s", "/run/dhcpcanon/shim.1");
        assertEquals(0, result.status(), result.all());
        assertEquals(List.of("/run/dhcpcanon/shim.1"), attached);
    }

    @Test
    void attachAnswersOnlyWhenTheLoopHasDoneIt() throws Exception {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        posted.add(gate::join);
        Process call = bus.begin(
                directory.resolve("out"),
                "busctl",
                "--address=" + bus.address(),
                "call",
                NAME,
                ROOT,
                MANAGER,
                "Attach",
                "s",
                "/a");
        assertFalse(call.waitFor(400, TimeUnit.MILLISECONDS), "answered before the loop had a look");
        assertEquals("s \"1.2.3\"", get(ROOT, MANAGER, "Version"), "others wait for the loop");
        gate.complete(null);
        assertTrue(call.waitFor(5, TimeUnit.SECONDS));
        assertEquals(0, call.exitValue());
    }

    @ParameterizedTest
    @EnumSource(AttachRefusedException.Kind.class)
    void refusedAttachSaysWhy(AttachRefusedException.Kind kind) throws Exception {
        refusal = kind;
        PrivateBus.Result result = bus.run(
                "dbus-send",
                "--system",
                "--print-reply",
                "--dest=" + NAME,
                ROOT,
                MANAGER + ".Attach",
                "string:/run/refused");
        String name = kind.name().replace("_", "");
        assertTrue(
                result.err()
                        .toLowerCase(java.util.Locale.ROOT)
                        .contains(("org.dhcpcanon1.Error." + name).toLowerCase(java.util.Locale.ROOT)),
                result.all());
        assertTrue(result.err().contains("not this one"), result.all());
    }

    @Test
    void aMistakeOfOursIsAnErrorReply() throws Exception {
        PrivateBus.Result result = bus.run(
                "dbus-send",
                "--system",
                "--print-reply",
                "--dest=" + NAME,
                ROOT,
                MANAGER + ".Attach",
                "string:/run/bug");
        assertTrue(result.err().contains("org.freedesktop.DBus.Error.Failed"), result.all());
        assertEquals("s \"1.2.3\"", get(ROOT, MANAGER, "Version"));
    }

    @Test
    void theInstalledPolicyKeepsOthersFromAttaching() throws Exception {
        PrivateBus.Result result = bus.busctlAsNobody("call", NAME, ROOT, MANAGER, "Attach", "s", "/run/dhcpcanon/x");
        assertTrue(result.err().contains("Access") || result.err().contains("rejected"), result.all());
        assertTrue(attached.isEmpty());
    }

    @Test
    void evenWithAnOpenPolicyOnlyRootIsAttached() throws Exception {
        Path other = Files.createDirectory(directory.resolve("other"));
        try (PrivateBus open = PrivateBus.open(other);
                BusService second = service(open)) {
            second.start().get(10, TimeUnit.SECONDS);
            PrivateBus.Result result = open.runAsNobody(
                    "dbus-send", "--system", "--print-reply", "--dest=" + NAME, ROOT, MANAGER + ".Attach", "string:/x");
            assertTrue(
                    result.err().contains("org.freedesktop.DBus.Error.AccessDenied: only root may attach"),
                    result.all());
            assertTrue(attached.isEmpty());
            PrivateBus.Result reload = open.runAsNobody(
                    "dbus-send", "--system", "--print-reply", "--dest=" + NAME, ROOT, MANAGER + ".Reload");
            assertTrue(
                    reload.err().contains("org.freedesktop.DBus.Error.AccessDenied: only root may let the settings"),
                    reload.all());
            assertEquals(
                    0,
                    open.busctl("call", NAME, ROOT, MANAGER, "Attach", "s", "/y")
                            .status());
        }
    }

    @Test
    void aHundredCallsAtOnceAreAllAnswered() throws Exception {
        List<Process> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            calls.add(bus.begin(
                    directory.resolve("call" + i),
                    "dbus-send",
                    "--system",
                    "--print-reply",
                    "--dest=" + NAME,
                    ROOT,
                    MANAGER + ".Attach",
                    "string:/run/" + i));
        }
        for (Process call : calls) {
            assertTrue(call.waitFor(30, TimeUnit.SECONDS));
            assertEquals(0, call.exitValue());
        }
        assertEquals(100, Set.copyOf(attached).size());
    }
}
