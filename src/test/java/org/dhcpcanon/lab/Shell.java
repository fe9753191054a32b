package org.dhcpcanon.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end. */
public final class Shell {
    private static final long LIMIT_SECONDS = 240;

    /** What a program left behind; {@code text} is its standard output and then its standard error. */
    public record Output(List<String> command, int status, String text) {
        /** The text of a program that was to succeed. */
        public String ok() {
            if (status != 0) {
                throw new AssertionError(command + " ended with " + status + ": " + text);
            }
            return text;
        }
    }

    private Shell() {}

    public static Output run(List<String> command) {
        try {
            Path out = Files.createTempFile("lab", ".out");
            Path err = Files.createTempFile("lab", ".err");
            try {
                int status = finish(command, out, err);
                return new Output(command, status, read(out) + read(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Files and not pipes: a program that a lab leaves running must not hold up the test.
    private static int finish(List<String> command, Path out, Path err) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end in " + LIMIT_SECONDS + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String read(Path path) throws IOException {
        return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    }
}
