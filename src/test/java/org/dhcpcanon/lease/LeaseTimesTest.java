package org.dhcpcanon.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LeaseTimesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final OptionalLong NONE = OptionalLong.empty();

    private static LeaseTimes times(long seconds, OptionalLong t1, OptionalLong t2) {
        return LeaseTimes.of(0, seconds, t1, t2, 0);
    }

    private static void assertTimes(double renew, double rebind, LeaseTimes times) {
        assertEquals(renew, times.renewAt() / 1e9, 1e-6);
        assertEquals(rebind, times.rebindAt() / 1e9, 1e-6);
    }

    @Test
    void withoutT1AndT2TheyAreHalfAndSevenEighths() {
        assertTimes(1800, 3150, times(3600, NONE, NONE));
    }

    @Test
    void theServersTimesCountWhenTheyAreInOrder() {
        assertTimes(200, 300, times(3600, OptionalLong.of(200), OptionalLong.of(300)));
    }

    @Test
    void aServerCannotKeepUsRenewingAllTheTime() {
        assertTimes(1800, 3150, times(3600, OptionalLong.of(1), OptionalLong.of(2)));
        assertTimes(1800, 3150, times(3600, OptionalLong.of(111), OptionalLong.of(200)));
        assertTimes(112, 200, times(3600, OptionalLong.of(112), OptionalLong.of(200)));
        assertTimes(10, 60, times(120, OptionalLong.of(10), OptionalLong.of(60)));
        assertTimes(10, 17.5, times(20, OptionalLong.of(0), OptionalLong.of(15)));
    }

    @Test
    void timesOutOfOrderAreRepairedTogether() {
        long[][] wrong = {{300, 200}, {200, 200}, {0, 200}, {200, 3600}, {200, 4000}, {3600, 3700}, {0xffff_ffffL, 0}};
        for (long[] pair : wrong) {
            assertTimes(1800, 3150, times(3600, OptionalLong.of(pair[0]), OptionalLong.of(pair[1])));
        }
        assertTimes(1800, 3150, times(3600, OptionalLong.of(200), NONE));
        assertTimes(1800, 3150, times(3600, NONE, OptionalLong.of(200)));
    }

    @Test
    void everyLeaseTimeGivesTimesInOrderWhateverTheFuzz() {
        long[] leases = {1, 2, 3, 19, 20, 59, 60, 3600, 0x7fff_ffffL, 0x8000_0000L, 0xffff_fffeL};
        long[] fuzzes = {-2 * SECOND, -SECOND, -1, 0, 1, SECOND, 2 * SECOND};
        for (long lease : leases) {
            for (long fuzz : fuzzes) {
                LeaseTimes times = LeaseTimes.of(7 * SECOND, lease, NONE, NONE, fuzz);
                assertTrue(times.renewAt() > times.startedAt(), "T1 must be in the future: " + lease);
                assertTrue(times.renewAt() <= times.rebindAt() && times.rebindAt() <= times.expiresAt());
                assertEquals(7 * SECOND + lease * SECOND, times.expiresAt());
            }
        }
    }

    @Test
    void fuzzMovesT1AndT2ButIsBoundedInAShortLease() {
        LeaseTimes times = LeaseTimes.of(0, 3600, NONE, NONE, SECOND);
        assertTimes(1801, 3151, times);
        LeaseTimes brief = LeaseTimes.of(0, 8, NONE, NONE, SECOND);
        assertTimes(4.5, 7.5, brief);
    }

    @Test
    void anInfiniteLeaseHasNoTimes() {
        LeaseTimes times = times(LeaseTimes.INFINITE, OptionalLong.of(1), OptionalLong.of(2));
        assertEquals(Long.MAX_VALUE, times.renewAt());
        assertEquals(Long.MAX_VALUE, times.expiresAt());
    }

    @Test
    void aLeaseOfNoTimeCannotBeMade() {
        assertThrows(IllegalArgumentException.class, () -> times(0, NONE, NONE));
    }

    @Test
    void timesMayCoincideButNotGoBack() {
        assertEquals(5, new LeaseTimes(5, 1, 5, 5, 5).expiresAt());
        assertThrows(IllegalArgumentException.class, () -> new LeaseTimes(6, 1, 5, 5, 5));
        assertThrows(IllegalArgumentException.class, () -> new LeaseTimes(5, 1, 6, 5, 5));
        assertThrows(IllegalArgumentException.class, () -> new LeaseTimes(5, 1, 5, 6, 5));
    }
}
