package org.dhcpcanon.unlinkability;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.dhcpcanon.app.ServiceEntropy;
import org.dhcpcanon.client.Entropy;
import org.dhcpcanon.client.Policy;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.runtime.ClientRequest;
import org.dhcpcanon.runtime.VirtualLoop;
import org.dhcpcanon.settings.Profiles;

/** One computer: all that it has and another has not, drawn from its number; and its disk, which outlives a session. */
class Machine {
    private static final Entropy PRODUCTION = ServiceEntropy.create();
    private static final long DAY = 86_400_000_000_000L;

    final int number;
    final String hostName;
    final String machineId;
    final String productUuid;
    final MacAddress permanent;
    final String user;
    final String network;
    final String bootId;
    final Policy policy;
    final VirtualLoop.Disk disk = new VirtualLoop.Disk();
    /** How much faster than true its clock goes: up to 50 millionths either way, as quartz does. */
    final double drift;

    private final SplittableRandom random;
    private final Entropy entropy;
    private long uptime;
    private int sessions;

    Machine(int number, Entropy entropy, Policy policy) {
        this.number = number;
        this.entropy = entropy;
        this.policy = policy;
        random = new SplittableRandom(0x6d61_6368_696e_65L + number);
        hostName = "canary-" + Integer.toHexString(random.nextInt()) + "-laptop";
        machineId = uuid().replace("-", "");
        productUuid = uuid();
        permanent = new MacAddress(0x3c97_0e00_0000L | random.nextInt(1 << 24));
        user = "user" + Integer.toHexString(random.nextInt());
        network = "home-of-" + Integer.toHexString(random.nextInt());
        bootId = uuid();
        drift = (random.nextDouble() - 0.5) * 1e-4;
        uptime = random.nextLong(30 * DAY);
    }

    /** A machine with the entropy of production that behaves as by default. */
    static Machine real(int number) {
        return real(number, Policy.of(Profiles.strict()));
    }

    static Machine real(int number, Policy policy) {
        return new Machine(number, PRODUCTION, policy);
    }

    private String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    Entropy entropy() {
        return entropy;
    }

    /** Its boot clock at the start of the next session: it has gone on meanwhile. */
    long bootClock() {
        uptime += random.nextLong(DAY);
        return uptime;
    }

    /** What a program on this machine might ask for: all that names it is in it. */
    ClientRequest request() {
        return VirtualLoop.request(
                "wlp" + number + "s0",
                1000 + number * 100 + ++sessions,
                productUuid,
                List.of(
                        "host-name " + hostName,
                        "user-class " + user,
                        "vendor-class " + network,
                        "client-identifier " + machineId,
                        "option 97 " + bootId,
                        "hardware " + permanent));
    }

    /** What must be in nothing that is sent. */
    List<Canary> canaries() {
        return List.of(
                Canary.text("host name", hostName),
                Canary.text("machine-id", machineId),
                Canary.binary("machine-id, binary", bytes(machineId)),
                Canary.text("product uuid", productUuid),
                Canary.binary("product uuid, binary", bytes(productUuid)),
                Canary.text("boot id", bootId),
                Canary.binary("boot id, binary", bytes(bootId)),
                Canary.binary("permanent MAC", permanent.octets()),
                Canary.text("permanent MAC, text", permanent.toString()),
                Canary.text("user", user),
                Canary.text("SSID", network));
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] bytes(String hexadecimal) {
        return java.util.HexFormat.of().parseHex(hexadecimal.replace("-", ""));
    }

    /** A new locally administered address, as NetworkManager draws one for each connection. */
    static MacAddress freshHardware() {
        long bits = ((long) PRODUCTION.bits() << 32) ^ PRODUCTION.bits();
        return new MacAddress((bits & 0xfcff_ffff_ffffL) | 0x0200_0000_0000L);
    }
}
