package org.dhcpcanon.unlinkability;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.dhcpcanon.client.Entropy;
import org.dhcpcanon.client.Policy;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.settings.Profiles;

/** Clients that are known to be linkable. */
final class OtherClients {
    private static final SecureRandom SECURE = new SecureRandom();
    private static final byte[] NETWORK_MANAGER_LIST = {
        1, 2, 6, 12, 15, 26, 28, 121, 3, 33, 40, 41, 42, 119, (byte) 249, (byte) 252, 17
    };

    private OtherClients() {}

    /** NetworkManager's own client as it comes: with the host name, and asking for the address of the last time. */
    static Recording networkManager(Machine machine, Recording session) {
        Ipv4 remembered = Ipv4.of(192, 168, 1, 10 + machine.number);
        return session.with(sent -> {
            Map<Integer, byte[]> options = kept(sent, 53, 61);
            options.put(55, NETWORK_MANAGER_LIST);
            options.put(57, new byte[] {2, 64});
            options.put(50, sent.options().getOrDefault(50, remembered.octets()));
            options.putAll(kept(sent, 54));
            options.put(12, Machine.ascii(machine.hostName));
            return with(sent, options);
        });
    }

    /** dhcpcd as it comes: a DUID of the machine in option 61, and all options in ascending order. */
    static Recording dhcpcd(Machine machine, Recording session) {
        return session.with(sent -> {
            Map<Integer, byte[]> options = kept(sent, 50, 53, 54);
            options.put(55, new byte[] {1, 3, 6, 12, 15, 26, 28, 33, 42, 51, 54, 58, 59, 119, 121});
            options.put(61, identity(machine));
            Map<Integer, byte[]> ascending = new LinkedHashMap<>();
            options.keySet().stream().sorted().forEach(code -> ascending.put(code, kept(options, code)));
            return with(sent, ascending);
        });
    }

    /** Ours, but for option 61, which is a DUID of the machine. */
    static Recording withMachineIdentifier(Machine machine, Recording session) {
        return session.with(sent -> {
            Map<Integer, byte[]> options = sent.options();
            options.computeIfPresent(61, (code, value) -> identity(machine));
            return with(sent, options);
        });
    }

    /** Ours, but for the timer between its ARP packets, which is late by as much as only this machine's is. */
    static Recording withSlowProbes(Machine machine, Recording session) {
        return session.delayed(number -> 100_000_000L * number * machine.number);
    }

    private static byte[] identity(Machine machine) {
        return ByteBuffer.allocate(23)
                .put(new byte[] {(byte) 255, 0, 0, 0, 1, 0, 4})
                .put(Machine.bytes(machine.productUuid))
                .array();
    }

    /** Ours, but for the xids: they come from the generator of {@code java.util.Random}, seeded when the machine was started. */
    static Machine withWeakXids(int number) {
        Random weak = new Random(SECURE.nextLong());
        return new Machine(number, entropy(weak::nextInt, SECURE::nextInt), Policy.of(Profiles.strict()));
    }

    /** Ours, but for the shuffles: they begin with the same seed each time. */
    static Machine withFixedShuffles(int number) {
        long seed = SECURE.nextLong();
        SplittableRandom[] current = {new SplittableRandom(seed)};
        Entropy mixed = entropy(SECURE::nextInt, () -> current[0].nextInt());
        return new Machine(number, mixed, Policy.of(Profiles.strict())) {
            @Override
            long bootClock() {
                current[0] = new SplittableRandom(seed);
                return super.bootClock();
            }
        };
    }

    /** Of whole numbers, such as xids, and of choices. */
    static Entropy entropy(Entropy whole, Entropy choices) {
        return new Entropy() {
            @Override
            public int bits() {
                return whole.bits();
            }

            @Override
            public int below(int bound) {
                return choices.below(bound);
            }
        };
    }

    private static Map<Integer, byte[]> kept(Sent sent, int... codes) {
        Map<Integer, byte[]> kept = new LinkedHashMap<>();
        Map<Integer, byte[]> all = sent.options();
        Arrays.stream(codes).filter(all::containsKey).forEach(code -> kept.put(code, kept(all, code)));
        return kept;
    }

    private static byte[] kept(Map<Integer, byte[]> options, int code) {
        return java.util.Objects.requireNonNull(options.get(code));
    }

    /** The frame with other options; sums and lengths are left as they were, as nobody looks at them here. */
    static Sent with(Sent sent, Map<Integer, byte[]> options) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(sent.frame(), 0, Sent.OPTIONS);
        options.forEach((code, value) -> {
            bytes.write(code);
            bytes.write(value.length);
            bytes.writeBytes(value);
        });
        bytes.write(255);
        return new Sent(sent.at(), sent.latency(), bytes.toByteArray());
    }
}
