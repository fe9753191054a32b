package org.dhcpcanon.command;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.dhcpcanon.audit.Audit;
import org.dhcpcanon.audit.BadCaptureException;
import org.dhcpcanon.audit.Capture;
import org.dhcpcanon.audit.CaptureReader;
import org.dhcpcanon.audit.Frame;
import org.dhcpcanon.linux.FrameCapture;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dhcpcanon packets}: reads captures, or makes one, has them judged, shows the result. */
@Command(
        name = "packets",
        description = {
            "Reads captures (pcap, pcapng) of any DHCP client, and shows for each hardware address which requirements of RFC 7844"
                    + " and of the RFCs around it are kept, which packet shows it, and what identifies the client beyond them.",
            "",
            "With an interface, captures DHCP and ARP on it first, until Ctrl-C or for so many seconds.",
            "",
            "Exit status: 0 no MUST is broken, 1 one is, 2 wrong arguments, what cannot be read, or no DHCP in it, 4 not allowed."
        },
        versionProvider = Dhcpcanon.Version.class,
        mixinStandardHelpOptions = true)
final class Packets implements Callable<Integer> {
    private static final int BROKEN = 1;
    private static final int UNUSABLE = 2;
    /** It is read as a whole. */
    private static final int LARGEST = 256 << 20;

    @Parameters(
            paramLabel = "FILE|IFACE",
            arity = "1..*",
            description = {
                "captures, the oldest first, - for standard input; or one interface, if there is no such file and the name neither"
                        + " has a slash nor ends in .pcap or .pcapng"
            })
    private List<String> files = List.of();

    @Option(names = "--json", description = "one JSON object, as dhcpcanon(1) describes it")
    private boolean json;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "auto (on a terminal, unless NO_COLOR is set), always, never")
    private Colour.When colour = Colour.When.AUTO;

    @Option(names = "--seconds", paramLabel = "N", description = "how long an interface is captured, 1 or more")
    private Optional<Integer> seconds = Optional.empty();

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description = "a new file for what is captured on an interface, in the format pcap")
    private Optional<Path> written = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        boolean live = files.stream().anyMatch(Packets::isInterface);
        require(!live || files.size() == 1, "an interface is captured alone");
        require(live || (seconds.isEmpty() && written.isEmpty()), "--seconds and --write are for an interface");
        require(seconds.orElse(1) > 0, "--seconds is 1 or more");
        return live ? capture(files.get(0)) : read();
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new CommandLine.ParameterException(spec.commandLine(), otherwise);
        }
    }

    private static boolean isInterface(String name) {
        boolean named = name.equals("-") || name.contains("/") || name.endsWith(".pcap") || name.endsWith(".pcapng");
        return !named && !new File(name).exists();
    }

    private int capture(String interfaceName) throws Failure {
        Recording recording = new Recording(interfaceName, LARGEST);
        Optional<PrintWriter> lines =
                json ? Optional.empty() : Optional.of(spec.commandLine().getOut());
        try {
            recording.run(seconds.orElse(0), written, lines);
        } catch (FrameCapture.NotAllowedException e) {
            throw Failure.notAllowed(e.getMessage() + "; try it as root (sudo)");
        } catch (FrameCapture.NoInterfaceException e) {
            return refuse(interfaceName + ": there is no such file, and " + e.getMessage());
        } catch (IOException e) {
            return refuse(interfaceName + ": " + e.getMessage());
        }
        return show(new Audited(files, recording.warnings(), Audit.of(recording.frames()), true));
    }

    private int read() {
        List<Frame> frames = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (String file : files) {
            try {
                Capture capture = CaptureReader.read(file, bytes(file));
                frames.addAll(capture.frames());
                capture.warnings().forEach(warning -> warnings.add(file + ": " + warning));
            } catch (IOException | BadCaptureException e) {
                return refuse(file + ": " + reason(e));
            }
        }
        return show(new Audited(files, warnings, Audit.of(frames), false));
    }

    private static byte[] bytes(String file) throws IOException {
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException(
                        "more than 256 MiB: take out what matters, with tcpdump -r FILE -w SMALLER 'arp or udp port 67 or 68'");
            }
            return bytes;
        } catch (java.nio.file.InvalidPathException e) {
            throw new IOException("not a file name", e);
        }
    }

    private static String reason(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return e instanceof java.nio.file.AccessDeniedException ? "may not be read" : String.valueOf(e.getMessage());
    }

    private int refuse(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("dhcpcanon: " + Terminal.safe(text));
        err.flush();
        return UNUSABLE;
    }

    private int show(Audited audited) {
        audited.warnings().forEach(this::refuse);
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? JsonReport.of(audited) : new TextReport(audited, Colour.of(colour)).text());
        out.flush();
        if (audited.audit().clients().isEmpty()) {
            return refuse("no DHCP client sends anything in " + String.join(", ", files));
        }
        return audited.audit().clients().stream().anyMatch(Audit.Report::isBroken) ? BROKEN : 0;
    }
}
