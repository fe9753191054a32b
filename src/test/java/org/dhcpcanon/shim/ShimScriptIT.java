package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real shim against a service that is played on the other ends of its fifos, with Debian's sh and with bash. */
class ShimScriptIT extends WithBothShells {
    private static String processFile(Process process, String name) throws Exception {
        return new String(Files.readAllBytes(Path.of("/proc", process.pid() + "", name)), StandardCharsets.UTF_8);
    }

    private void environment(Process shim, int sequence, String... lines) throws Exception {
        Files.write(stage.directory(shim).resolve("env." + sequence), List.of(lines));
    }

    @Test
    void networkManagerRecognisesItByNameAndPidFile() throws Exception {
        Path pidFile = root.resolve("pid file");
        Process shim = stage.start("-d", "-q", "-pf", pidFile.toString(), "eth0");
        FifoService service = stage.serve();
        service.send("message waiting");
        ShimStage.await("the message", () -> root.resolve("logged").toFile().exists());
        String name = processFile(shim, "cmdline").split("\0", 2)[0];
        assertEquals("dhclient", name.substring(name.lastIndexOf('/') + 1));
        assertEquals(shim.pid() + "\n", Files.readString(pidFile));
        stage.terminate(shim);
        assertTrue(Files.exists(pidFile), "ISC's dhclient leaves its pid file too");
    }

    @Test
    void whileItWaitsThereIsNoOtherProcessAndItsDirectoryIsPrivate() throws Exception {
        Process shim = stage.start("-d", "eth0");
        FifoService service = stage.serve();
        environment(shim, 1);
        service.send("run 1 env.1");
        assertEquals("1 -1", service.hear());
        assertEquals("", processFile(shim, "task/" + shim.pid() + "/children"));
        assertEquals(
                PosixFilePermissions.fromString("rwx------"), Files.getPosixFilePermissions(stage.directory(shim)));
        assertEquals(PosixFilePermissions.fromString("rwxr-xr-x"), Files.getPosixFilePermissions(stage.run));
        stage.terminate(shim);
        assertTrue(service.hearsTheEnd());
    }

    @Test
    void nothingOfItsCallersEnvironmentIsWrittenDown() throws Exception {
        Process shim = stage.start("-d", "eth0");
        String call = stage.nextCall();
        try (Stream<Path> files = Files.list(stage.directory(shim))) {
            assertEquals(
                    Set.of("argv", "to-shim", "from-shim", "answer"),
                    files.map(file -> String.valueOf(file.getFileName())).collect(Collectors.toSet()));
        }
        FifoService service = new FifoService(stage.directory(shim));
        stage.answer(call, "ok");
        stage.terminate(shim);
        assertTrue(service.hearsTheEnd());
    }

    private List<String> arguments(String... arguments) throws Exception {
        Process shim = stage.start(arguments);
        Path directory = Path.of(stage.directoryOf(stage.nextCall()));
        String[] strings = Files.readString(directory.resolve("argv")).split("\0", -1);
        stage.terminate(shim);
        return List.of(strings).subList(2, strings.length - 1);
    }

    /** As ISC's is: the usual file, that of the environment, that of the arguments, whichever of them comes last. */
    @Test
    void aConfigurationFileIsNamedThoughTheArgumentsNameNone() throws Exception {
        assertEquals(List.of("-d", "eth0"), arguments("-d", "eth0"));
        Path file = Files.createFile(root.resolve("usual conf"));
        stage.environment.put("PATH_DHCLIENT_CONF", file.toString());
        assertEquals(List.of("-cf", file.toString(), "-d", "eth0"), arguments("-d", "eth0"));
        assertEquals(List.of("-d", "-cf", "/nm.conf", "eth0"), arguments("-d", "-cf", "/nm.conf", "eth0"));
    }

    @Test
    void theServiceCanNameAnotherScript() throws Exception {
        Path script = stage.executable("other script", "#!/bin/sh\nprintf '%s' \"$0\" >'" + root + "/ran'\nexit 7\n");
        Process shim = stage.start("-d", "eth0");
        FifoService service = stage.serve();
        for (String line : List.of("script", "script relative", "script " + script)) {
            service.send(line);
        }
        environment(shim, 1);
        service.send("run 1 env.1");
        assertEquals("1 7", service.hear());
        assertEquals(script.toString(), Files.readString(root.resolve("ran")));
        stage.terminate(shim);
    }

    @Test
    void hostileArgumentsArriveUnchanged() throws Exception {
        String[] hostile = {
            "-d",
            "-H",
            "/tmp/a b\n'c'\"d\"$(id)`id`\\n%s*?[x]",
            "-F",
            "",
            "-e",
            "X=$(touch /tmp/never)",
            "-C",
            "-r",
            "-V",
            "ü\u00ff",
            "eth0; id"
        };
        Process shim = stage.start(hostile);
        String call = stage.nextCall();
        assertEquals(stage.directory(shim).toString(), stage.directoryOf(call));
        assertEquals(
                Arrays.asList(hostile),
                ArgumentFile.read(Path.of(stage.directoryOf(call), "argv")).arguments());
        stage.terminate(shim);
    }

    @Test
    void theCallIsTheOneThatTheBusAllows() throws Exception {
        Process shim = stage.start("-d", "eth0");
        assertEquals(
                root
                        + "/path/dbus-send --system --print-reply --reply-timeout=25000 --dest=org.dhcpcanon1 /org/dhcpcanon1"
                        + " org.dhcpcanon1.Manager.Attach string:" + stage.directory(shim),
                stage.lineOf(stage.nextCall()));
    }

    @Test
    void aScriptGetsExactlyTheEnvironmentThatTheServiceWrote() throws Exception {
        Path script = stage.executable(
                "it's a=b \"script\"", "#!/bin/sh\ncat /proc/$$/environ >'" + root + "/seen'\nexit 7\n");
        Process shim = stage.start("-d", "-sf", script.toString(), "eth0");
        FifoService service = stage.serve();
        environment(shim, 3, "new_x='it'\\''s $(id) `id` \"q\" \\ ~ *'", "new_y=''", "reason='BOUND'");
        service.send("run 3 env.3");
        assertEquals("3 7", service.hear());
        assertEquals(
                List.of("new_x=it's $(id) `id` \"q\" \\ ~ *", "new_y=", "reason=BOUND"),
                Arrays.asList(Files.readString(root.resolve("seen")).split("\0")));
        stage.terminate(shim);
    }

    @Test
    void aScriptHasNoPartInTheFifos() throws Exception {
        Path script = stage.executable("script", "#!/bin/sh\nls -l /proc/self/fd >'" + root + "/fds'\n");
        Process shim = stage.start("-d", "-sf", script.toString(), "eth0");
        FifoService service = stage.serve();
        environment(shim, 1, "reason='BOUND'");
        service.send("run 1 env.1");
        assertEquals("1 0", service.hear());
        assertFalse(Files.readString(root.resolve("fds")).contains("-shim"));
        stage.terminate(shim);
    }

    @Test
    void scriptsRunOneAfterTheOther() throws Exception {
        Path script = stage.executable("script", "#!/bin/sh\nsleep 0.05\necho $n >>'" + root + "/order'\nexit $n\n");
        Process shim = stage.start("-d", "-sf", script.toString(), "eth0");
        FifoService service = stage.serve();
        for (int i = 1; i <= 3; i++) {
            environment(shim, i, "n='" + i + "'", "PATH='/bin:/usr/bin'");
            service.send("run " + i + " env." + i);
        }
        assertEquals(List.of("1 1", "2 2", "3 3"), List.of(service.hear(), service.hear(), service.hear()));
        assertEquals(List.of("1", "2", "3"), Files.readAllLines(root.resolve("order")));
        stage.terminate(shim);
    }

    @Test
    void aScriptThatIsKilledGivesItsSignal() throws Exception {
        Process shim = stage.start(
                "-d",
                "-sf",
                stage.executable("script", "#!/bin/sh\nkill -9 $$\n").toString(),
                "eth0");
        FifoService service = stage.serve();
        environment(shim, 1);
        service.send("run 1 env.1");
        assertEquals("1 137", service.hear());
        stage.terminate(shim);
    }

    @Test
    void linesThatItDoesNotKnowChangeNothing() throws Exception {
        Process shim = stage.start("-d", "eth0");
        FifoService service = stage.serve();
        for (String line :
                List.of("", "bogus", "run", "run 1", "run 1 ../argv", "run 1 env.x", "run 1 argv", "exitt 1", "*")) {
            service.send(line);
        }
        environment(shim, 9);
        service.send("run 9 env.9");
        assertEquals("9 -1", service.hear());
        stage.terminate(shim);
    }

    @Test
    void theServiceEndsIt() throws Exception {
        Process shim = stage.start("-d", "eth0");
        stage.serve().send("exit 3");
        assertEquals(3, ShimStage.exitOf(shim));
        assertFalse(Files.exists(stage.directory(shim)));
    }

    @Test
    void messagesAreShownAndLogged() throws Exception {
        Process shim = stage.start("-d", "eth0");
        FifoService service = stage.serve();
        service.send("message bound to 192.0.2.7 -- renewal in 5 seconds. $(id) -n 'x");
        service.send("exit 0");
        assertEquals(0, ShimStage.exitOf(shim));
        assertEquals("bound to 192.0.2.7 -- renewal in 5 seconds. $(id) -n 'x\n", stage.errors());
        assertEquals("-t dhclient -p daemon.notice -- " + stage.errors(), stage.logged());
    }

    @Test
    void aRefusalIsShownAndEndsIt() throws Exception {
        Process shim = stage.start("-d", "-6", "eth0");
        stage.answer(stage.nextCall(), "Error org.dhcpcanon1.Error.NotSupported: DHCPv6 is not available yet");
        assertEquals(1, ShimStage.exitOf(shim));
        assertEquals("dhclient: DHCPv6 is not available yet\n", stage.errors());
        assertTrue(stage.logged().contains("DHCPv6 is not"));
        assertFalse(Files.exists(stage.directory(shim)));
    }

    @Test
    void aBusThatDoesNotAnswerIsAskedAgainAndMentionedOnce() throws Exception {
        Process shim = stage.start("-d", "eth0");
        for (int i = 0; i < 4; i++) {
            stage.answer(stage.nextCall(), ShimStage.SERVICE_GONE);
        }
        FifoService service = stage.serve();
        environment(shim, 1);
        service.send("run 1 env.1");
        assertEquals("1 -1", service.hear());
        assertEquals(
                1,
                stage.errors()
                        .lines()
                        .filter(line -> line.contains("does not answer"))
                        .count());
        stage.terminate(shim);
    }

    @Test
    void whenTheServiceDiesItAttachesAgain() throws Exception {
        Process shim = stage.start("-d", "eth0");
        for (int i = 0; i < 3; i++) {
            FifoService service = stage.serve();
            environment(shim, i);
            service.send("run " + i + " env." + i);
            assertEquals(i + " -1", service.hear());
            service.close();
        }
        FifoService last = stage.serve();
        last.send("exit 0");
        assertEquals(0, ShimStage.exitOf(shim));
    }

    /** Two interfaces come up at once; NetworkManager would not start the one again that gave up. */
    @Test
    void anotherShimMayMakeTheirDirectoryInTheMeantime() throws Exception {
        stage.executable(
                "path/mkdir",
                "#!/bin/sh\nfor last; do :; done\n[ \"$last\" != '" + stage.run
                        + "' ] || /bin/mkdir \"$last\"\nexec /bin/mkdir \"$@\"\n");
        Process shim = stage.start("-d", "eth0");
        stage.serve();
        assertEquals("", stage.errors());
        stage.terminate(shim);
    }

    @Test
    void anAnswerForADeadServiceIsNotGivenToTheNext() throws Exception {
        Path script = stage.executable("script", "#!/bin/sh\nsleep 0.2\nexit $n\n");
        Process shim = stage.start("-d", "-sf", script.toString(), "eth0");
        FifoService dying = stage.serve();
        environment(shim, 1, "n='4'", "PATH='/bin'");
        dying.send("run 1 env.1");
        dying.close();
        FifoService next = stage.serve();
        environment(shim, 1, "n='5'", "PATH='/bin'");
        next.send("run 1 env.1");
        assertEquals("1 5", next.hear());
        stage.terminate(shim);
    }

    @Test
    void whenTheAnswerToAttachIsLostTheServiceDoesNotTakeTheNextTryForTheEnd() throws Exception {
        Process shim = stage.start("-d", "eth0");
        String lost = stage.nextCall();
        FifoService service = new FifoService(Path.of(stage.directoryOf(lost)));
        stage.answer(lost, ShimStage.SERVICE_GONE);
        String again = stage.nextCall();
        assertTrue(service.hearsNothing(), "the service sees the shim end");
        stage.answer(again, "ok");
        stage.terminate(shim);
    }

    @Test
    void aScriptWhoseEnvironmentWasTakenBackDoesNotRun() throws Exception {
        Path script = stage.executable("script", "#!/bin/sh\n: >'" + root + "/ran'\n");
        Process shim = stage.start("-d", "-sf", script.toString(), "eth0");
        FifoService service = stage.serve();
        service.send("run 1 env.1");
        assertEquals("1 -1", service.hear());
        assertFalse(Files.exists(root.resolve("ran")));
        stage.terminate(shim);
    }

    @Test
    void aLostDirectoryIsMadeAgain() throws Exception {
        Process shim = stage.start("-d", "eth0");
        FifoService service = stage.serve();
        new AttachDirectory(stage.run, (int) shim.pid()).remove();
        service.close();
        String call = stage.nextCall();
        assertEquals(
                List.of("-d", "eth0"),
                ArgumentFile.read(Path.of(stage.directoryOf(call), "argv")).arguments());
        stage.terminate(shim);
    }

    @Test
    void aStaleDirectoryOfItsPidIsRemoved() throws Exception {
        Path before = stage.executable(
                "before",
                "#!/bin/sh\nmkdir -p \"$DHCPCANON_RUN/shim.$$\"\n: >\"$DHCPCANON_RUN/shim.$$/stale\"\nexec '" + root
                        + "/bin/dhclient' \"$@\"\n");
        Process shim = stage.startAs(before, "-d", "eth0");
        Path directory = Path.of(stage.directoryOf(stage.nextCall()));
        assertEquals(stage.directory(shim), directory);
        assertFalse(Files.exists(directory.resolve("stale")));
        stage.terminate(shim);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gdbus|Error: GDBus.Error:org.dhcpcanon1.Error.NotSupported: not yet",
                "busctl|Got message type=error error-name=org.dhcpcanon1.Error.NotSupported error-message=not yet"
            })
    void anotherToolDoesWhereDbusSendIsMissing(String tool, String refusal) throws Exception {
        stage.onlyTool(tool);
        Process shim = stage.start("-d", "eth0");
        String call = stage.nextCall();
        assertTrue(stage.lineOf(call).startsWith(root + "/path/" + tool + " call --system") || tool.equals("busctl"));
        assertEquals(stage.directory(shim).toString(), stage.directoryOf(call));
        stage.answer(call, "Error: org.freedesktop.DBus.Error.NoReply: gone");
        stage.answer(stage.nextCall(), refusal);
        assertEquals(1, ShimStage.exitOf(shim));
        assertTrue(stage.errors().endsWith("dhclient: not yet\n"), stage.errors());
    }

    @Test
    void withoutAnyToolItSaysWhatIsMissing() throws Exception {
        stage.onlyTool("unknown-bus-tool");
        assertEquals(1, ShimStage.exitOf(stage.start("-d", "eth0")));
        assertTrue(stage.errors().contains("needs dbus-send, gdbus or busctl"));
    }

    @Test
    void versionAndHelpNeedNoService() throws Exception {
        assertEquals(0, ShimStage.exitOf(stage.start("--help")));
        assertTrue(stage.errors().startsWith("Usage: dhclient"));
        assertEquals(0, ShimStage.exitOf(stage.start("--version")));
        Matcher version = Pattern.compile("<version>([0-9.]+)").matcher(Files.readString(Path.of("pom.xml")));
        assertTrue(version.find());
        assertEquals("isc-dhclient-4.4.3-compatible dhcpcanon " + version.group(1) + "\n", stage.errors());
        assertFalse(Files.exists(stage.run));
    }

    @Test
    void aFlagInThePlaceOfAValueIsNoFlag() throws Exception {
        Process shim = stage.start("-d", "-sf", "--version", "-cf", "-r", "eth0");
        stage.nextCall();
        stage.terminate(shim);
    }
}
