package org.dhcpcanon.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.SplittableRandom;
import org.dhcpcanon.client.Replies;
import org.dhcpcanon.packet.MalformedPacketException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaseTextTest {
    private Lease lease;

    @BeforeEach
    void read() throws MalformedPacketException {
        lease = LeaseReader.read(Replies.ack(1, 3600), Replies.asking(121, 6, 1, 3), 5_000_000_000L, 12345);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        assertEquals(Optional.of(lease), LeaseText.parse(LeaseText.write(lease)));
    }

    @Test
    void anInfiniteLeaseSurvives() throws MalformedPacketException {
        Lease infinite = LeaseReader.read(Replies.ack(1, 0xffff_ffffL), Replies.asking(), 5, 0);
        assertEquals(Optional.of(infinite), LeaseText.parse(LeaseText.write(infinite)));
    }

    @Test
    void everyTextThatWasCutShortIsNoLease() {
        String text = LeaseText.write(lease).stripTrailing();
        for (int length = 0; length < text.length(); length++) {
            assertEquals(Optional.empty(), LeaseText.parse(text.substring(0, length)), "cut at " + length);
        }
    }

    @Test
    void onlyCodesThatAnOptionCanHaveAreRead() {
        assertTrue(withOption(1).isPresent());
        assertTrue(withOption(254).isPresent());
        assertEquals(Optional.empty(), withOption(0));
        assertEquals(Optional.empty(), withOption(255));
    }

    private Optional<Lease> withOption(int code) {
        return LeaseText.parse(LeaseText.write(lease).replace("end\n", "option-" + code + " ff:ff:ff:00\nend\n"));
    }

    @Test
    void damageNeverThrows() {
        String text = LeaseText.write(lease);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            char[] damaged = text.toCharArray();
            damaged[random.nextInt(damaged.length)] = (char) random.nextInt(300);
            LeaseText.parse(new String(damaged)).ifPresent(read -> assertEquals(read, reread(read)));
        }
    }

    private static Lease reread(Lease lease) {
        return LeaseText.parse(LeaseText.write(lease)).orElseThrow();
    }
}
