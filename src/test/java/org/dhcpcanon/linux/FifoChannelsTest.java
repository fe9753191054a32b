package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dhcpcanon.runtime.Channel;
import org.dhcpcanon.runtime.ChannelListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
final class FifoChannelsTest {
    private static final long MILLI = 1_000_000L;

    private final BootClock clock = new BootClock();
    private final List<String> heard = new ArrayList<>();
    private final ChannelListener listener = new ChannelListener() {
        @Override
        public void line(String line) {
            heard.add(line);
        }

        @Override
        public void ended() {
            heard.add("(ended)");
        }
    };

    @TempDir
    private Path directory;

    private Path toOther;
    private Path fromOther;
    private Poller poller;
    private FifoChannels channels;

    @BeforeEach
    void makeFifos() throws IOException {
        toOther = fifo("to");
        fromOther = fifo("from");
        poller = new Poller();
        channels = new FifoChannels(poller);
    }

    @AfterEach
    void close() {
        poller.close();
    }

    private Path fifo(String name) {
        Path path = directory.resolve(name);
        assertEquals(0, TestLibc.C.mkfifo(path.toString(), 0600));
        return path;
    }

    /** Opened for both, as a shim does it, so that opening does not wait for us. */
    private static RandomAccessFile bothWays(Path path) throws IOException {
        return new RandomAccessFile(path.toFile(), "rw");
    }

    private void settle() {
        long deadline = clock.now() + 100 * MILLI;
        while (clock.now() < deadline) {
            poller.await(deadline);
        }
    }

    private static void write(RandomAccessFile file, String text) throws IOException {
        file.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void linesGoBothWays() throws IOException {
        try (RandomAccessFile reader = bothWays(toOther);
                RandomAccessFile writer = bothWays(fromOther);
                Channel channel = channels.open(toOther, fromOther, listener)) {
            channel.send("run 1 /run/env");
            channel.send("message \u00fc");
            assertEquals("run 1 /run/env", reader.readLine());
            assertEquals("message \u00c3\u00bc", reader.readLine());
            write(writer, "1 0\n2");
            settle();
            write(writer, "3 9\n");
            settle();
        }
        assertEquals(List.of("1 0", "23 9"), heard);
    }

    @Test
    void writerThatHasNotComeYetIsNoEnd() throws IOException {
        try (RandomAccessFile reader = bothWays(toOther);
                Channel channel = channels.open(toOther, fromOther, listener)) {
            settle();
            assertEquals(List.of(), heard);
            channel.send("exit 0");
            assertEquals("exit 0", reader.readLine());
        }
    }

    @Test
    void endOfTheReaderIsTheEnd() throws IOException {
        RandomAccessFile reader = bothWays(toOther);
        try (RandomAccessFile writer = bothWays(fromOther);
                Channel channel = channels.open(toOther, fromOther, listener)) {
            reader.close();
            channel.send("lost");
            settle();
            write(writer, "nobody hears this\n");
            settle();
            channel.send("lost as well");
        }
        assertEquals(List.of("(ended)"), heard);
    }

    @Test
    void endOfTheWriterIsTheEndAfterItsLastLine() throws IOException {
        try (RandomAccessFile reader = bothWays(toOther)) {
            RandomAccessFile writer = bothWays(fromOther);
            channels.open(toOther, fromOther, listener);
            write(writer, "1 0\nhalf a li");
            writer.close();
            settle();
            assertTrue(reader.getFD().valid());
        }
        assertEquals(List.of("1 0", "(ended)"), heard);
    }

    @Test
    void otherSideReadsTheEndWhenWeClose() throws IOException {
        RandomAccessFile both = bothWays(toOther);
        Channel channel = channels.open(toOther, fromOther, listener);
        try (RandomAccessFile reader = new RandomAccessFile(toOther.toFile(), "r")) {
            both.close();
            channel.send("exit 0");
            channel.close();
            channel.close();
            assertEquals("exit 0", reader.readLine());
            assertEquals(-1, reader.read());
        }
        settle();
        assertEquals(List.of(), heard);
    }

    @Test
    void linesBeyondWhatTheOtherEndReadsAreDropped() throws IOException {
        try (RandomAccessFile reader = bothWays(toOther);
                Channel channel = channels.open(toOther, fromOther, listener)) {
            String line = "x".repeat(1023);
            for (int i = 0; i < 100; i++) {
                channel.send(line);
            }
            for (int i = 0; i < 64; i++) {
                assertEquals(line, reader.readLine());
            }
            channel.send("next");
            assertEquals("next", reader.readLine());
        }
    }

    @Test
    void lineThatCouldBeTornIsNotSent() throws IOException {
        try (RandomAccessFile reader = bothWays(toOther);
                Channel channel = channels.open(toOther, fromOther, listener)) {
            channel.send("y".repeat(4096));
            assertThrows(IllegalArgumentException.class, () -> channel.send("two\nlines"));
            channel.send("next");
            assertEquals("next", reader.readLine());
        }
    }

    @Test
    void listenerMayCloseInTheMiddle() throws IOException {
        List<Channel> opened = new ArrayList<>();
        ChannelListener closing = new ChannelListener() {
            @Override
            public void line(String line) {
                heard.add(line);
                opened.get(0).close();
            }

            @Override
            public void ended() {
                heard.add("(ended)");
            }
        };
        try (RandomAccessFile reader = bothWays(toOther);
                RandomAccessFile writer = bothWays(fromOther)) {
            opened.add(channels.open(toOther, fromOther, closing));
            write(writer, "first\nsecond\n");
            settle();
            assertTrue(reader.getFD().valid());
        }
        assertEquals(List.of("first"), heard);
    }

    @Test
    void fifoWithoutReaderIsRefused() throws IOException {
        assertRefused("nobody reads " + toOther, toOther, fromOther);
    }

    @Test
    void plainFileIsRefused() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertRefused(file + " is not a fifo", file, fromOther);
        try (RandomAccessFile reader = bothWays(toOther)) {
            assertRefused(file + " is not a fifo", toOther, file);
            assertTrue(reader.getFD().valid());
        }
    }

    @Test
    void symbolicLinkIsRefusedEvenToAFifo() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), toOther);
        try (RandomAccessFile reader = bothWays(toOther)) {
            assertRefused(link + " is a symbolic link", link, fromOther);
            assertTrue(reader.getFD().valid());
        }
    }

    @Test
    void missingFifoIsRefusedWithItsName() throws IOException {
        Path missing = directory.resolve("missing");
        assertRefused("open " + missing + ": No such file or directory (errno 2)", missing, fromOther);
    }

    private void assertRefused(String words, Path to, Path from) throws IOException {
        int before = OpenDescriptors.count(directory.toString());
        IOException refused = assertThrows(IOException.class, () -> channels.open(to, from, listener));
        assertEquals(words, refused.getMessage());
        assertEquals(before, OpenDescriptors.count(directory.toString()));
    }

    @Test
    void noDescriptorIsLeftAfterTwoHundredChannels() throws IOException {
        int before = OpenDescriptors.count(directory.toString());
        for (int i = 0; i < 200; i++) {
            RandomAccessFile reader = bothWays(toOther);
            channels.open(toOther, fromOther, listener);
            reader.close();
            poller.await(clock.now() + 1000 * MILLI);
        }
        assertEquals(before, OpenDescriptors.count(directory.toString()));
        assertEquals(200, heard.size());
    }
}
