package org.dhcpcanon.shim;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The service's ends of the two fifos of a shim, on real fifos with a thread that reads. */
final class FifoService implements AutoCloseable {
    private static final String END = "(end of file)";

    private final FileChannel toShim;
    private final FileChannel fromShim;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    FifoService(Path directory) throws IOException {
        this(directory.resolve("to-shim"), directory.resolve("from-shim"));
        reader(lines::add, () -> lines.add(END));
    }

    /** Without the thread. Opening does not wait, since the shim has both fifos open for reading and writing. */
    FifoService(Path toShim, Path fromShim) throws IOException {
        this.toShim = FileChannel.open(toShim, StandardOpenOption.WRITE);
        this.fromShim = FileChannel.open(fromShim, StandardOpenOption.READ);
    }

    void reader(Consumer<String> onLine, Runnable onEnd) {
        Thread thread = new Thread(() -> read(onLine, onEnd), "from-shim");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(Consumer<String> onLine, Runnable onEnd) {
        // Not Channels.newReader, which waits until its buffer is full when the channel is a file's.
        try (Reader in = new InputStreamReader(Channels.newInputStream(fromShim), StandardCharsets.UTF_8);
                BufferedReader buffered = new BufferedReader(in)) {
            for (String line = buffered.readLine(); line != null; line = buffered.readLine()) {
                onLine.accept(line);
            }
        } catch (IOException closed) {
            // Closed by us, which is an end too.
        }
        onEnd.run();
    }

    void send(String line) {
        try {
            toShim.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line, or that there is none in 10 s, or no more. */
    String hear() throws InterruptedException {
        String line = lines.poll(10, TimeUnit.SECONDS);
        return line == null ? "(nothing)" : line;
    }

    /** For as long as an end that has come would need to be seen. */
    boolean hearsNothing() throws InterruptedException {
        return lines.poll(100, TimeUnit.MILLISECONDS) == null;
    }

    boolean hearsTheEnd() throws InterruptedException {
        return hear().equals(END);
    }

    /** As if the service died. */
    @Override
    public void close() {
        try {
            toShim.close();
            fromShim.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
