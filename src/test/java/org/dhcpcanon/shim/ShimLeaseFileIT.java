package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the shim does with the lease file of {@code -lf}. */
class ShimLeaseFileIT extends WithBothShells {
    private int entries;

    private void tell(Process shim, FifoService service, String word, String text) throws Exception {
        String name = "entry." + ++entries;
        Files.writeString(stage.directory(shim).resolve(name), text);
        service.send("lease " + word + " " + name);
    }

    /** What was said before has been done. */
    private void settle(Process shim, FifoService service) throws Exception {
        Files.writeString(stage.directory(shim).resolve("env.99"), "");
        service.send("run 99 env.99");
        assertEquals("99 -1", service.hear());
    }

    private List<String> names(Path directory) throws Exception {
        try (var files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void anEntryIsAppendedOrTakesThePlaceOfAll() throws Exception {
        Path file = Files.writeString(root.resolve("a lease file"), "older\n");
        Process shim = stage.start("-d", "-lf", file.toString(), "eth0");
        FifoService service = stage.serve();
        tell(shim, service, "append", "one\n");
        settle(shim, service);
        assertEquals("older\none\n", Files.readString(file));
        tell(shim, service, "replace", "two $(id)\n");
        tell(shim, service, "append", "three\n");
        settle(shim, service);
        assertEquals("two $(id)\nthree\n", Files.readString(file));
        assertEquals(PosixFilePermissions.fromString("rw-r--r--"), Files.getPosixFilePermissions(file));
        assertFalse(names(stage.directory(shim)).toString().contains("entry"));
        assertEquals(
                "", stage.errors().replace("dhclient: " + root.resolve("none") + " is not an executable file.\n", ""));
        stage.terminate(shim);
    }

    private static String lease(String name, String address) {
        return "lease {\n  interface \"" + name + "\";\n  fixed-address " + address + ";\n}\n";
    }

    /** ISC's writes one file for all of its interfaces. */
    @Test
    void theLeasesOfOtherInterfacesStay() throws Exception {
        String others = lease("eth1", "192.0.2.1") + lease("eth0x", "$(id)") + lease("eth1", "192.0.2.2");
        Path file = Files.writeString(
                root.resolve("leases"),
                lease("eth0", "192.0.2.3") + others + "lease {\n  interface \"eth2\";\n" + lease("eth0", "192.0.2.4")
                        + "junk\n");
        Process shim = stage.start("-d", "-lf", file.toString(), "eth0");
        FifoService service = stage.serve();
        tell(shim, service, "replace", lease("eth0", "192.0.2.5"));
        settle(shim, service);
        assertEquals(others + lease("eth0", "192.0.2.5"), Files.readString(file));
        tell(shim, service, "replace", "");
        settle(shim, service);
        assertEquals(others, Files.readString(file));
        assertFalse(Files.exists(root.resolve("leases.new")));
        stage.terminate(shim);
    }

    @Test
    void severalInterfacesDoNotLoseEachOthersLeases() throws Exception {
        Path file = root.resolve("leases");
        Process one = stage.start("-d", "-lf", file.toString(), "eth0");
        FifoService first = stage.serve();
        Process two = stage.start("-d", "-lf", file.toString(), "eth1");
        FifoService second = stage.serve();
        for (int i = 0; i < 5; i++) {
            tell(one, first, "replace", lease("eth0", "192.0.2." + i));
            tell(two, second, "replace", lease("eth1", "192.0.2." + i));
        }
        settle(one, first);
        settle(two, second);
        String left = Files.readString(file);
        assertEquals(lease("eth0", "192.0.2.4").length() * 2, left.length(), left);
        assertTrue(left.contains(lease("eth0", "192.0.2.4")) && left.contains(lease("eth1", "192.0.2.4")), left);
        stage.terminate(one);
        stage.terminate(two);
    }

    /** Of a shim that was killed meanwhile. */
    @Test
    void whatIsLeftOfAnotherIsNotWaitedForForEver() throws Exception {
        Path file = root.resolve("leases");
        Files.createSymbolicLink(root.resolve("leases.new"), root.resolve("target"));
        Process shim = stage.start("-d", "-lf", file.toString(), "eth0");
        FifoService service = stage.serve();
        tell(shim, service, "replace", "one\n");
        settle(shim, service);
        assertEquals("one\n", Files.readString(file));
        assertFalse(Files.exists(root.resolve("target")));
        stage.terminate(shim);
    }

    @Test
    void aLinkAndADeviceStayWhatTheyAre() throws Exception {
        Path target = Files.writeString(root.resolve("target"), "older\n");
        Path link = Files.createSymbolicLink(root.resolve("link"), target);
        Process shim = stage.start("-d", "-lf", link.toString(), "eth0");
        FifoService service = stage.serve();
        tell(shim, service, "replace", "one\n");
        settle(shim, service);
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("older\n", Files.readString(target));
        assertTrue(stage.errors().contains("cannot write " + link + ": it is a link."), stage.errors());
        stage.terminate(shim);
        Process other = stage.start("-d", "-lf", "/dev/null", "eth0");
        service = stage.serve();
        tell(other, service, "replace", "one\n");
        tell(other, service, "append", "two\n");
        settle(other, service);
        assertFalse(Files.isRegularFile(Path.of("/dev/null")));
        assertFalse(stage.errors().contains("/dev/null"), stage.errors());
        stage.terminate(other);
    }

    @Test
    void aFileThatCannotBeWrittenIsSaidAndNothingIsLeft() throws Exception {
        Path file = root.resolve("none").resolve("leases");
        Process shim = stage.start("-d", "-lf", file.toString(), "eth0");
        FifoService service = stage.serve();
        tell(shim, service, "replace", "one\n");
        settle(shim, service);
        assertTrue(stage.errors().startsWith("dhclient: cannot write " + file + ".\n"), stage.errors());
        stage.terminate(shim);
    }

    @Test
    void otherNamesAndNoLeaseFileChangeNothing() throws Exception {
        Path file = Files.writeString(root.resolve("leases"), "older\n");
        Process shim = stage.start("-d", "-lf", file.toString(), "eth0");
        FifoService service = stage.serve();
        for (String line : List.of("lease", "lease append", "lease append ../argv", "lease append argv", "lease x y")) {
            service.send(line);
        }
        settle(shim, service);
        assertEquals("older\n", Files.readString(file));
        assertTrue(Files.exists(stage.directory(shim).resolve("argv")));
        stage.terminate(shim);
        Process without = stage.start("-d", "eth0");
        service = stage.serve();
        tell(without, service, "replace", "one\n");
        settle(without, service);
        assertFalse(stage.errors().contains("cannot write"), stage.errors());
        stage.terminate(without);
    }
}
