package org.dhcpcanon.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** A network namespace of its own, gone when it is closed. Needs root, and says so. */
public final class Namespace implements AutoCloseable {
    private final int fd;

    private Namespace(int fd) {
        this.fd = fd;
    }

    public static Namespace create() throws IOException {
        int home = ofThisThread();
        try {
            ErrnoException.check(TestLibc.C.unshare(TestLibc.CLONE_NEWNET), "unshare(CLONE_NEWNET) (needs root)");
            int fd = ofThisThread();
            enter(home);
            return new Namespace(fd);
        } finally {
            Libc.C.close(home);
        }
    }

    private static int ofThisThread() throws IOException {
        int flags = Linux.O_RDONLY | Linux.O_CLOEXEC;
        return ErrnoException.descriptor(Libc.C.open("/proc/thread-self/ns/net", flags), "open namespace");
    }

    private static void enter(int namespace) throws IOException {
        ErrnoException.check(TestLibc.C.setns(namespace, TestLibc.CLONE_NEWNET), "setns");
    }

    /** Runs the body in this namespace; sockets and processes that it makes stay there. */
    public <T> T call(Callable<T> body) throws Exception {
        int home = ofThisThread();
        enter(fd);
        try {
            return body.call();
        } finally {
            enter(home);
            Libc.C.close(home);
        }
    }

    /** For arguments of ip(8). */
    public String path() {
        return "/proc/" + ProcessHandle.current().pid() + "/fd/" + fd;
    }

    /** Runs ip(8) with these arguments, and returns what it prints. */
    public String ip(String... arguments) throws Exception {
        return run("ip", arguments);
    }

    public String run(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        return call(() -> {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(command + ": " + printed);
            }
            return printed;
        });
    }

    @Override
    public void close() {
        Libc.C.close(fd);
    }
}
