package org.dhcpcanon.unlinkability;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.dhcpcanon.client.Policy;
import org.dhcpcanon.lease.RoutePolicy;
import org.dhcpcanon.settings.Profiles;

/** Some machines, and what each of them has sent in all of its sessions. */
record Population(List<Machine> machines, List<List<Recording>> sessions) {
    static final int MACHINES = 10;
    static final int SESSIONS = Integer.getInteger("unlinkability.sessions", 200);

    /** Machines with the default profile that find out themselves whether an address is free. */
    static final String PROBING = "strict with probing";

    /** How the machines may behave: as each profile, and probing. */
    static final List<String> NAMES =
            Stream.concat(Profiles.NAMES.stream(), Stream.of(PROBING)).toList();

    private static final Map<String, Population> VISITS = new ConcurrentHashMap<>();

    /** @param name of {@link #NAMES} */
    static Policy policy(String name) {
        return name.equals(PROBING)
                ? new Policy(Profiles.strict(), RoutePolicy.ALL, Policy.Release.ON_REQUEST, true, false, List.of())
                : Policy.of(Profiles.byName(name));
    }

    static Population real(String name) {
        return of(number -> Machine.real(number, policy(name)));
    }

    /** The same for all tests: to make the sessions takes longer than to look at them. */
    static Population visits(String name) {
        return VISITS.computeIfAbsent(name, Population::real);
    }

    /** @param maker makes the machine of that number */
    static Population of(IntFunction<Machine> maker) {
        SplittableRandom networks = new SplittableRandom(new SecureRandom().nextLong());
        List<Machine> machines = new ArrayList<>();
        List<List<Recording>> sessions = new ArrayList<>();
        for (int number = 0; number < MACHINES; number++) {
            Machine machine = maker.apply(number);
            List<Recording> own = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                own.add(VirtualSession.of(machine, networks.split()));
            }
            machines.add(machine);
            sessions.add(own);
        }
        return new Population(machines, sessions);
    }

    /** The same visits by another client: each session changed, given the machine. */
    Population by(BiFunction<Machine, Recording, Recording> change) {
        List<List<Recording>> changed = new ArrayList<>();
        for (int number = 0; number < machines.size(); number++) {
            Machine machine = machines.get(number);
            changed.add(sessions.get(number).stream()
                    .map(session -> change.apply(machine, session))
                    .toList());
        }
        return new Population(machines, changed);
    }

    Linking linking() {
        return Linking.of(sessions.stream()
                .map(own -> own.stream().map(Traits::of).toList())
                .toList());
    }
}
