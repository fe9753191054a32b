package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.dhcpcanon.packet.Prefix;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.dhcpcanon.runtime.AttachRefusedException.Kind;
import org.dhcpcanon.runtime.Caller;
import org.dhcpcanon.runtime.ClientRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShimDoorwayTest extends DoorwayStage {
    private Caller attached() throws Exception {
        doorway().attach(shim(PID, "-d", "eth0").toString());
        return clients.caller();
    }

    private void refused(Kind kind, String directory) {
        AttachRefusedException e =
                assertThrows(AttachRefusedException.class, () -> doorway().attach(directory), directory);
        assertEquals(kind, e.kind(), e.getMessage());
        assertEquals(List.of(), clients.events);
    }

    @Test
    void aShimGetsTheClientThatItsArgumentsAndItsFileAskFor() throws Exception {
        Path conf = Files.writeString(base.resolve("conf"), "timeout 61; reject 192.0.2.1; send host-name \"x\"; bad;");
        String lease = "/l/dhclient-11111111-2222-3333-4444-555555555555-eth0.lease";
        doorway()
                .attach(shim(PID, "-d", "-C", "id", "-B", "-sf", "/s", "-lf", lease, "-cf", conf.toString(), "eth0")
                        .toString());
        ClientRequest request = clients.requests.get(0);
        assertEquals("eth0", request.interfaceName());
        assertEquals(PID, request.processId());
        assertEquals("dhclient", request.route());
        assertEquals(
                "11111111-2222-3333-4444-555555555555", request.connection().orElseThrow());
        assertEquals("/s", request.script().orElseThrow());
        assertEquals(List.of(Prefix.parse("192.0.2.1").orElseThrow()), request.rejected());
        assertEquals(OptionalLong.of(61), request.failAfterSeconds());
        assertEquals(
                List.of("dhcp-client-identifier (61) from flag -C", "host-name (12) from " + conf + " line 1"),
                request.suppressed());
        assertEquals(2, request.warnings().size());
    }

    @Test
    void theFlagForTheTimeoutBeatsTheFile() throws Exception {
        Path conf = Files.writeString(base.resolve("conf"), "timeout 61;");
        doorway()
                .attach(shim(PID, "--timeout", "5", "-cf", conf.toString(), "eth0")
                        .toString());
        assertEquals(OptionalLong.of(5), clients.requests.get(0).failAfterSeconds());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/etc",
                "shim.4711",
                "BASE",
                "BASE/",
                "BASE/shim.0",
                "BASE/shim.-1",
                "BASE/shim.x",
                "BASE/shim.04711",
                "BASE/shim.4711/",
                "BASE//shim.4711",
                "BASE/../BASE/shim.4711",
                "BASE/shim.4711/../shim.4711",
                "BASE/shim.4711\n",
                "BASE/./shim.4711",
                "BASE/shim.99999999999",
                "BASE/shim.4294967295",
                "BASE/sub/shim.4711",
                "BASE/shim.4712"
            })
    void aDirectoryElsewhereIsRefused(String text) throws Exception {
        shim(PID, "eth0");
        refused(Kind.BAD_DIRECTORY, text.replace("BASE", base.toString()));
    }

    @Test
    void aLinkToAGoodDirectoryIsRefused() throws Exception {
        Path link = Files.createSymbolicLink(base.resolve("shim.5"), shim(PID, "eth0"));
        refused(Kind.BAD_DIRECTORY, link.toString());
    }

    @Test
    void aFileIsRefused() throws Exception {
        refused(Kind.BAD_DIRECTORY, Files.createFile(base.resolve("shim.5")).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwx--x---", "rwx-----x", "rwxr-xr-x", "rwx-w----"})
    void aDirectoryThatOthersCanEnterIsRefused(String mode) throws Exception {
        Path directory = shim(PID, "eth0");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
        refused(Kind.BAD_DIRECTORY, directory.toString());
    }

    @Test
    void aDirectoryOfSomebodyElseIsRefused() throws Exception {
        owner++;
        refused(Kind.BAD_DIRECTORY, shim(PID, "eth0").toString());
    }

    @Test
    void aMissingArgumentFileIsRefused() throws Exception {
        Path directory = shim(PID, "eth0");
        Files.delete(directory.resolve("argv"));
        refused(Kind.BAD_DIRECTORY, directory.toString());
    }

    @Test
    void aTruncatedArgumentFileIsRefused() throws Exception {
        Path directory = shim(PID, "-d", "eth0");
        Files.write(directory.resolve("argv"), "2\0dhclient\0-d\0et".getBytes(StandardCharsets.UTF_8));
        refused(Kind.BAD_ARGUMENTS, directory.toString());
    }

    @Test
    void fifosThatNobodyReadsAreRefused() throws Exception {
        channels.broken = true;
        refused(Kind.BAD_DIRECTORY, shim(PID, "eth0").toString());
    }

    @Test
    void aRefusedClientClosesTheFifosAndNobodyHearsOfItAgain() throws Exception {
        clients.refusing = true;
        refused(Kind.NO_INTERFACE, shim(PID, "eth0").toString());
        assertTrue(channels.last().closed);
        channels.last().listener.ended();
        assertEquals(List.of(), clients.events);
    }

    @Test
    void aReleaseRunReleasesAndEndsTheShim() throws Exception {
        doorway().attach(shim(PID, "-r", "eth0").toString());
        assertEquals(List.of("release eth0"), clients.events);
        assertEquals(List.of("exit 0"), channels.last().sent);
    }

    @Test
    void aReleaseCountsThoughItsShimIsGone() throws Exception {
        channels.broken = true;
        Path directory = shim(PID, "-r", "eth0");
        doorway().attach(directory.toString());
        assertEquals(List.of("release eth0"), clients.events);
        assertFalse(Files.exists(directory));
    }

    @Test
    void whenTheShimEndsItsClientIsToldOnceAndTheDirectoryGoes() throws Exception {
        attached();
        channels.last().listener.ended();
        channels.last().listener.ended();
        assertEquals(List.of("start eth0", "ended 0"), clients.events);
        assertFalse(Files.exists(base.resolve("shim." + PID)));
        assertTrue(channels.last().closed);
    }

    @Test
    void aShimThatAttachesAgainReplacesItselfAndKeepsItsDirectory() throws Exception {
        ShimDoorway doorway = doorway();
        Path directory = shim(PID, "eth0");
        doorway.attach(directory.toString());
        doorway.attach(directory.toString());
        channels.opened.get(0).listener.ended();
        assertEquals(List.of("start eth0", "ended 0", "start eth0"), clients.events);
        assertTrue(channels.opened.get(0).closed);
        assertTrue(Files.exists(directory.resolve("argv")));
    }

    @Test
    void aShimThatAttachesAgainFindsItsLease() throws Exception {
        ShimDoorway doorway = doorway();
        Path directory = shim(PID, "eth0");
        doorway.attach(directory.toString());
        Path lease = Files.writeString(directory.resolve("lease"), "a lease");
        doorway.attach(directory.toString());
        clients.callers.get(0).store().forget();
        assertEquals("a lease", Files.readString(lease));
        clients.caller().store().forget();
        assertFalse(Files.exists(lease));
    }

    @Test
    void aShimThatCannotBeHeardAgainKeepsTheClientThatItHas() throws Exception {
        ShimDoorway doorway = doorway();
        Path directory = shim(PID, "eth0");
        doorway.attach(directory.toString());
        channels.broken = true;
        assertThrows(AttachRefusedException.class, () -> doorway.attach(directory.toString()));
        assertEquals(List.of("start eth0"), clients.events);
        assertTrue(Files.exists(directory));
    }

    @Test
    void aStatusForTheCallerBeforeIsNotTakenForOneOfTheCallerAfter() throws Exception {
        ShimDoorway doorway = doorway();
        Path directory = shim(PID, "eth0");
        doorway.attach(directory.toString());
        List<String> statuses = new ArrayList<>();
        clients.caller().scripts().run(new TreeMap<>(), status -> statuses.add("before " + status));
        doorway.attach(directory.toString());
        assertFalse(Files.exists(directory.resolve("env.1")));
        clients.caller().scripts().run(new TreeMap<>(), status -> statuses.add("after " + status));
        channels.last().listener.line("1 7");
        assertEquals(List.of("before -1"), statuses);
        channels.last().listener.line("2 0");
        assertEquals(List.of("before -1", "after 0"), statuses);
    }

    @Test
    void messagesAreOneLineEach() throws Exception {
        Caller caller = attached();
        caller.message("a\nexit 1\u001b ü");
        caller.message("x".repeat(9999));
        caller.exit(3);
        assertEquals("message a?exit 1? ü", channels.last().sent.get(0));
        assertEquals(1008, channels.last().sent.get(1).length());
        assertEquals("exit 3", channels.last().sent.get(2));
    }

    @Test
    void aScriptGetsAPrivateFileThatAShellReadsBack() throws Exception {
        Caller caller = attached();
        List<Integer> statuses = new ArrayList<>();
        TreeMap<String, String> environment = new TreeMap<>();
        environment.put("reason", "BOUND");
        environment.put("new_domain_name", "it's $(id) `id` \"x\" \\");
        environment.put("bad-name", "x");
        environment.put("new_bad", "a\nb");
        caller.scripts().run(environment, statuses::add);
        Path file = base.resolve("shim." + PID).resolve("env.1");
        assertEquals(List.of("run 1 env.1"), channels.last().sent);
        assertEquals("new_domain_name='it'\\''s $(id) `id` \"x\" \\'\nreason='BOUND'\n", Files.readString(file));
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
        channels.last().listener.line("1 7");
        channels.last().listener.line("1 8");
        assertEquals(List.of(7), statuses);
        assertFalse(Files.exists(file));
    }

    @Test
    void whatTheCallerNamesForItsScriptGoesThereToo() throws Exception {
        doorway()
                .attach(shim(PID, "-e", "IF_METRIC=7", "-e", "reason=x", "eth0").toString());
        clients.caller().scripts().run(new TreeMap<>(java.util.Map.of("reason", "BOUND")), status -> {});
        assertEquals("IF_METRIC='7'\nreason='BOUND'\n", Files.readString(base.resolve("shim.4711/env.1")));
    }

    @Test
    void anEnvironmentFileIsNeverWrittenThroughALink() throws Exception {
        Caller caller = attached();
        Path target = Files.writeString(base.resolve("target"), "kept");
        Files.createSymbolicLink(base.resolve("shim.4711/env.1"), target);
        caller.scripts().run(new TreeMap<>(), status -> {});
        assertEquals("kept", Files.readString(target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1 ", " 1 0", "1 0 0", "x 0", "1 x", "99999999999 0", "1 1000", "1 -2", "2 0"})
    void otherLinesOfAShimChangeNothing(String line) throws Exception {
        Caller caller = attached();
        List<Integer> statuses = new ArrayList<>();
        caller.scripts().run(new TreeMap<>(), statuses::add);
        channels.last().listener.line(line);
        assertEquals(List.of(), statuses);
    }

    @Test
    void scriptsThatAreRunningWhenTheShimEndsGetAnAnswer() throws Exception {
        Caller caller = attached();
        List<Integer> statuses = new ArrayList<>();
        caller.scripts().run(new TreeMap<>(), statuses::add);
        caller.scripts().run(new TreeMap<>(), statuses::add);
        channels.last().listener.ended();
        caller.scripts().run(new TreeMap<>(), statuses::add);
        assertEquals(List.of(-1, -1, -1), statuses);
    }

    @Test
    void aScriptWhoseFileCannotBeWrittenGetsAnAnswer() throws Exception {
        Caller caller = attached();
        Files.createDirectories(base.resolve("shim.4711/env.1/full"));
        List<Integer> statuses = new ArrayList<>();
        caller.scripts().run(new TreeMap<>(), statuses::add);
        assertEquals(List.of(-1), statuses);
    }

    @Test
    void theDirectoriesOfDeadShimsAreSweptAndNothingElse() throws Exception {
        Path dead = shim(1001, "eth0");
        Path alive = shim(1002, "eth0");
        Path kept = Files.createDirectory(base.resolve("kept"));
        Path inside = Files.createFile(kept.resolve("argv"));
        Path link = Files.createSymbolicLink(base.resolve("shim.1003"), kept);
        Files.createDirectory(base.resolve("shim.x"));
        Set<Integer> running = Set.of(1002);
        new ShimDoorway(base, owner, channels, clients, running::contains);
        assertFalse(Files.exists(dead));
        assertTrue(Files.exists(alive) && Files.exists(inside) && Files.exists(base.resolve("shim.x")));
        assertTrue(Files.isSymbolicLink(link));
    }

    @Test
    void aShimThatWasKilledBeforeItsCallArrivedLeavesNothing() throws Exception {
        ShimDoorway doorway = new ShimDoorway(base, owner, channels, clients, pid -> false);
        Path directory = shim(PID, "eth0");
        channels.broken = true;
        assertThrows(AttachRefusedException.class, () -> doorway.attach(directory.toString()));
        assertFalse(Files.exists(directory));
    }

    @Test
    void aShimThatWasKilledBeforeItCalledLeavesNothingLongerThanUntilTheNextCall() throws Exception {
        ShimDoorway doorway = new ShimDoorway(base, owner, channels, clients, pid -> false);
        Path killed = shim(1001, "eth0");
        Path held = shim(PID, "eth0");
        doorway.attach(held.toString());
        assertFalse(Files.exists(killed));
        assertTrue(Files.exists(held), "the one that a client belongs to ends with its fifos");
    }

    @Test
    void whatIsNotOursInADirectoryStays() throws Exception {
        attached();
        Path stranger = Files.createFile(base.resolve("shim.4711/stranger"));
        channels.last().listener.ended();
        assertTrue(Files.exists(stranger));
        assertFalse(Files.exists(base.resolve("shim.4711/argv")));
    }

    @Test
    void aDirectoryThatTheShimHasRemovedIsNoMistake() throws Exception {
        attached();
        for (String name : List.of("argv", "to-shim", "from-shim")) {
            Files.delete(base.resolve("shim.4711").resolve(name));
        }
        Files.delete(base.resolve("shim.4711"));
        channels.last().listener.ended();
        assertEquals(List.of("start eth0", "ended 0"), clients.events);
    }
}
