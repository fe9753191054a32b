package org.dhcpcanon.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The service and all its clients at one moment.
 *
 * @param version of the service; empty if it is not running, or does not say
 */
record Overview(boolean running, Optional<String> version, List<ClientStatus> clients) {
    static final Overview NOT_RUNNING = new Overview(false, Optional.empty(), List.of());

    Overview {
        clients = List.copyOf(clients);
    }

    /**
     * With the clients of these interfaces only, in their order.
     *
     * @throws Failure if one has none
     */
    Overview of(List<String> interfaces) throws Failure {
        List<ClientStatus> chosen = new java.util.ArrayList<>();
        for (String name : interfaces) {
            List<ClientStatus> found = clients.stream()
                    .filter(client -> client.interfaceName().equals(name))
                    .toList();
            if (found.isEmpty()) {
                throw Failure.noClient(absent(name));
            }
            chosen.addAll(found);
        }
        return new Overview(running, version, chosen);
    }

    private String absent(String name) {
        if (!name.contains("/") && !Files.exists(Path.of("/sys/class/net", name))) {
            return "there is no interface " + name;
        }
        if (!running) {
            return Daemon.NOT_RUNNING;
        }
        String others = clients.isEmpty()
                ? "none"
                : clients.stream()
                        .map(ClientStatus::interfaceName)
                        .collect(Collectors.toCollection(TreeSet::new))
                        .stream()
                        .collect(Collectors.joining(", "));
        return "dhcpcanon does not run on " + name + "; interfaces that it runs on: " + others;
    }
}
