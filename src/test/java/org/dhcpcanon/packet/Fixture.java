package org.dhcpcanon.packet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One packet of {@code test-fixtures/packets}: a whole Ethernet frame. */
record Fixture(String name, Octets octets) {
    private static final Path DIRECTORY = Path.of("test-fixtures", "packets");

    /** All of them, in the order of their names. */
    static Stream<Fixture> all() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".hex"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .sorted()
                    .toList();
            return names.stream().map(Fixture::named);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    static Fixture named(String name) {
        String hex =
                lines(name + ".hex").map(line -> line.replaceAll("#.*|\\s", "")).collect(Collectors.joining());
        return new Fixture(name, Octets.of(HexFormat.of().parseHex(hex)));
    }

    private static Stream<String> lines(String file) {
        try {
            return Files.readAllLines(DIRECTORY.resolve(file)).stream();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** What tshark calls the fields, with its values; options are left out. */
    Map<String, String> fieldsByTshark() {
        return lines(name + ".tshark")
                .filter(line -> !line.startsWith("option "))
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    /** The options that tshark sees, the pieces of a split option one by one. */
    List<OptionByTshark> optionsByTshark() {
        List<OptionByTshark> options = new ArrayList<>();
        lines(name + ".tshark").filter(line -> line.startsWith("option ")).forEach(line -> {
            String[] parts = line.split(" ", 5);
            Octets value = Octets.of(HexFormat.of().parseHex(parts[2]));
            options.add(new OptionByTshark(Integer.parseInt(parts[1]), value, parts.length == 5 ? parts[4] : ""));
        });
        return options;
    }

    /** dnsmasq sends with the kernel's UDP, which on a veth leaves the checksum to a device that is not there. */
    boolean checksumReady() {
        return !name.startsWith("dnsmasq");
    }

    /** A fresh copy. */
    byte[] frame() {
        return octets.toArray();
    }

    UdpFrame parsed() throws MalformedPacketException {
        return UdpFrame.parse(frame(), octets.length(), checksumReady());
    }

    byte[] payload() throws MalformedPacketException {
        return parsed().payload().toArray();
    }

    Message message() throws MalformedPacketException {
        byte[] payload = payload();
        return MessageReader.read(payload, 0, payload.length);
    }

    @Override
    public String toString() {
        return name;
    }

    /** One option as tshark shows it; the text is empty if tshark shows only octets. */
    record OptionByTshark(int code, Octets value, String text) {}
}
