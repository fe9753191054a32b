package org.dhcpcanon.command;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.dhcpcanon.audit.Frame;
import org.dhcpcanon.audit.Glance;
import org.dhcpcanon.audit.LinkType;
import org.dhcpcanon.audit.PcapWriter;
import org.dhcpcanon.linux.FrameCapture;
import org.dhcpcanon.linux.Signals;
import org.dhcpcanon.packet.Octets;

/** What passes on an interface, kept, written and shown as it comes. */
final class Recording {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final long SECOND = 1_000_000_000L;

    private final String interfaceName;
    private final int most;
    private final List<Frame> frames = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private int octets;

    /** @param most how many octets of frames are kept; it ends with them */
    Recording(String interfaceName, int most) {
        this.interfaceName = interfaceName;
        this.most = most;
    }

    List<Frame> frames() {
        return frames;
    }

    List<String> warnings() {
        return warnings;
    }

    /**
     * Returns when the time is over, or the user ends it.
     *
     * @param seconds 0 for no end
     * @param file a new one, which is there as soon as nothing is missed any more
     * @param lines one for each DHCP message, if there is a writer
     * @throws IOException with words for the user, also if the interface cannot be captured
     */
    void run(int seconds, Optional<Path> file, Optional<PrintWriter> lines) throws IOException {
        try (FrameCapture capture = FrameCapture.open(interfaceName);
                OutputStream out = file.isEmpty() ? OutputStream.nullOutputStream() : create(file.get())) {
            Signals.handle("INT", capture::end);
            Signals.handle("TERM", capture::end);
            out.write(PcapWriter.head());
            lines.ifPresent(writer -> say(writer, "capturing on " + interfaceName + ", Ctrl-C ends it"));
            capture.listen(seconds, (at, outgoing, bytes) -> {
                Frame frame = keep(at, outgoing, bytes);
                out.write(PcapWriter.packet(frame));
                lines.ifPresent(writer -> show(frame, writer));
                endIfFull(capture);
            });
            if (capture.lost() > 0) {
                warnings.add("more passed than could be captured: the counts are too low");
            }
        }
    }

    /** It tells where this machine is, and is made by root. */
    private static OutputStream create(Path file) throws IOException {
        try {
            return Channels.newOutputStream(Files.newByteChannel(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
        } catch (FileAlreadyExistsException e) {
            throw new IOException(file + " is there already", e);
        } catch (java.nio.file.FileSystemException e) {
            throw new IOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private Frame keep(long at, boolean outgoing, byte[] bytes) {
        octets += bytes.length;
        Frame frame = new Frame(interfaceName, frames.size() + 1, at, LinkType.ETHERNET, Octets.of(bytes), outgoing);
        frames.add(frame);
        return frame;
    }

    private void endIfFull(FrameCapture capture) {
        if (octets > most) {
            warnings.add("ended early, with " + octets + " octets");
            capture.end();
        }
    }

    private static void show(Frame frame, PrintWriter writer) {
        Glance.at(frame).ifPresent(seen -> {
            Instant at = Instant.ofEpochSecond(frame.at() / SECOND, frame.at() % SECOND);
            String direction = frame.outgoing() ? "out" : "in";
            String message = String.format(
                    Locale.ROOT, "%-3s %-8s 0x%08x %s", direction, seen.type(), seen.xid(), seen.hardware());
            say(writer, CLOCK.format(at) + " " + message);
        });
    }

    private static void say(PrintWriter writer, String line) {
        writer.println(line);
        writer.flush();
    }
}
