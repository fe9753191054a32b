package org.dhcpcanon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.dhcpcanon.client.Replies;
import org.dhcpcanon.client.SinkAnswer;
import org.junit.jupiter.api.Test;

/** What the bus calls const does not change in the life of a client. */
class ConstantsTest {
    private final Stage stage = new Stage();

    private record Constants(int number, String profile, String route, List<String> suppressed) {}

    @Test
    void profileRouteAndSuppressedStayTheSame() throws Exception {
        stage.bound("eth0");
        Stage.FakeLink link = stage.link("eth0");
        stage.due();
        link.receive(Replies.ack(link.xid(), 3600));
        stage.sink("eth0").answer(SinkAnswer.UNHEARD);
        link.listener.renamed("lan0");
        link.setCarrier(false);
        link.setCarrier(true);
        stage.due();
        link.receive(Replies.nak(link.xid()));
        link.listener.identityChanged();
        Set<Constants> constants = stage.shown.stream()
                .map(view -> new Constants(view.number(), view.profile(), view.route(), view.suppressed()))
                .collect(Collectors.toSet());
        assertEquals(Set.of(new Constants(1, "strict", "dhclient", List.of("host-name (12)"))), constants);
        Set<String> states = stage.shown.stream().map(ClientView::state).collect(Collectors.toSet());
        assertTrue(states.containsAll(Set.of("selecting", "requesting", "bound", "renewing")), states::toString);
    }
}
