package org.dhcpcanon.unlinkability;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.dhcpcanon.client.Entropy;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.runtime.ClientRequest;
import org.dhcpcanon.runtime.VirtualLoop;

/** One computer: all that it has and another has not, drawn from its number; and its disk, which outlives a session. */
class Machine {
    private static final SecureRandom SECURE = new SecureRandom();
    private static final long DAY = 86_400_000_000_000L;

    final int number;
    final String hostName;
    final String machineId;
    final String productUuid;
    final MacAddress permanent;
    final String user;
    final VirtualLoop.Disk disk = new VirtualLoop.Disk();
    /** How much faster than true its clock goes: up to 50 millionths either way, as quartz does. */
    final double drift;

    private final SplittableRandom random;
    private final Entropy entropy;
    private long uptime;
    private int sessions;

    Machine(int number, Entropy entropy) {
        this.number = number;
        this.entropy = entropy;
        random = new SplittableRandom(0x6d61_6368_696e_65L + number);
        hostName = "canary-" + Integer.toHexString(random.nextInt()) + "-laptop";
        machineId = uuid().replace("-", "");
        productUuid = uuid();
        permanent = new MacAddress(0x3c97_0e00_0000L | random.nextInt(1 << 24));
        user = "user" + Integer.toHexString(random.nextInt());
        drift = (random.nextDouble() - 0.5) * 1e-4;
        uptime = random.nextLong(30 * DAY);
    }

    /** A machine with the entropy of production. */
    static Machine real(int number) {
        return new Machine(number, SECURE::nextInt);
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

    /** What NetworkManager on this machine would ask for: the name is in it. */
    ClientRequest request() {
        return VirtualLoop.request(
                "wlp" + number + "s0", 1000 + number * 100 + ++sessions, productUuid, List.of("host-name " + hostName));
    }

    /** What must be in nothing that is sent, by name. */
    Map<String, byte[]> canaries() {
        Map<String, byte[]> canaries = new LinkedHashMap<>();
        canaries.put("host name", ascii(hostName));
        canaries.put("machine-id", ascii(machineId));
        canaries.put("machine-id, binary", bytes(machineId));
        canaries.put("product uuid", ascii(productUuid));
        canaries.put("product uuid, binary", bytes(productUuid));
        canaries.put("permanent MAC", permanent.octets());
        canaries.put("permanent MAC, text", ascii(permanent.toString()));
        canaries.put("user", ascii(user));
        return canaries;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String hexadecimal) {
        return java.util.HexFormat.of().parseHex(hexadecimal.replace("-", ""));
    }

    /** A new locally administered address, as NetworkManager draws one for each connection. */
    static MacAddress freshHardware() {
        return new MacAddress((SECURE.nextLong() & 0xfcff_ffff_ffffL) | 0x0200_0000_0000L);
    }
}
