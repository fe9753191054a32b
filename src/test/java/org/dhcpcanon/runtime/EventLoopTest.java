package org.dhcpcanon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLoopTest {
    private final Stage stage = new Stage();
    private final List<Long> deadlines = new ArrayList<>();
    private final List<Long> beats = new ArrayList<>();
    private long beatAt = Long.MAX_VALUE;
    private final EventLoop loop = new EventLoop(
            stage,
            new Waiter() {
                /** Waits for nobody, and stops the loop after five turns. */
                @Override
                public void await(long deadline) {
                    deadlines.add(deadline);
                    if (deadlines.size() >= 5) {
                        loop.stop();
                    }
                }

                @Override
                public void wake() {}
            },
            new Heartbeat() {
                @Override
                public long deadline() {
                    return beatAt;
                }

                @Override
                public void beat(long now) {
                    beats.add(now);
                }
            });

    @Test
    void theLoopShowsThatItTurnsAndWaitsNoLongerThanThat() {
        beatAt = stage.now + 5;
        loop.run(stage.sessions);
        assertEquals(List.of(stage.now, stage.now, stage.now, stage.now, stage.now), beats);
        assertEquals(beatAt, deadlines.get(0));
    }

    @Test
    void tasksRunInTheOrderInWhichTheyWerePosted() {
        List<Integer> seen = new ArrayList<>();
        loop.post(() -> seen.add(1));
        loop.post(() -> seen.add(2));
        loop.run(stage.sessions);
        assertEquals(List.of(1, 2), seen);
    }

    @Test
    void aTaskThatFailsDoesNotStopTheOthers() {
        List<Integer> seen = new ArrayList<>();
        loop.post(() -> {
            throw new IllegalStateException("a defect that this test made");
        });
        loop.post(() -> seen.add(2));
        loop.run(stage.sessions);
        assertEquals(List.of(2), seen);
    }

    @Test
    void aTaskThatPostsAnotherForEverDoesNotKeepThePacketsWaiting() {
        loop.post(new Runnable() {
            @Override
            public void run() {
                loop.post(this);
            }
        });
        loop.run(stage.sessions);
        assertTrue(deadlines.size() >= 5);
        assertEquals(0, deadlines.get(0));
    }

    @Test
    void theLoopWaitsForTheEarliestClient() throws AttachRefusedException {
        stage.start("eth0");
        stage.start("eth1");
        loop.run(stage.sessions);
        assertEquals(stage.sessions.deadline(), deadlines.get(0));
    }
}
