package org.dhcpcanon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every state meets every event, and the table of what happens is compared with the committed one, so that a change of behaviour
 * is seen as a change of that file. To accept one: run with {@code -Dfsm.write=true} and read the difference.
 */
class FsmTableTest {
    private static final Path TABLE = Path.of("test-fixtures/fsm-table.md");

    @Test
    void theTableIsTheCommittedOne() throws IOException {
        String table = table();
        if (Boolean.getBoolean("fsm.write")) {
            Files.writeString(TABLE, table);
        }
        assertEquals(Files.readString(TABLE), table);
    }

    /** Each as it is entered on an ordinary way. */
    static Map<String, Supplier<Script>> states() {
        Map<String, Supplier<Script>> states = new LinkedHashMap<>();
        states.put("stopped", Script::strict);
        states.put(
                "rebooting",
                () -> Script.strict().reboot(Script.bound(3600).state().held().orElseThrow()));
        states.put("selecting", () -> Script.strict().start());
        states.put("requesting", () -> Script.strict().start().offer(3600));
        states.put(
                "probing", () -> Script.strict().probing().start().offer(3600).ack(3600));
        states.put("checking", () -> Script.strict().start().offer(3600).ack(3600));
        states.put("bound", () -> Script.bound(3600));
        states.put("renewing", () -> Script.bound(3600).due());
        states.put("rebinding", () -> Script.bound(3600).later(3200));
        states.put("waiting", () -> Script.strict().start().offer(60).ack(60).answer(SinkAnswer.REFUSED));
        states.put("offline", () -> Script.strict().withoutCarrier().start());
        states.put("offline, with a lease", () -> Script.bound(3600).carrier(false));
        states.put(
                "selecting, with a lease",
                () -> Script.bound(3600).carrier(false).carrier(true));
        return states;
    }

    private static Map<String, Function<Script, Script>> events() {
        Map<String, Function<Script, Script>> events = new LinkedHashMap<>();
        events.put("start", script -> script.apply(new Event.Start(Optional.empty(), Optional.empty())));
        events.put(
                "start with a lease",
                script ->
                        script.apply(new Event.Start(Script.bound(3600).state().held(), Optional.empty())));
        events.put(
                "start with a former lease",
                script -> script.apply(new Event.Start(
                        Optional.empty(), Script.bound(3600).state().held())));
        events.put("OFFER", script -> script.offer(3600));
        events.put("ACK", script -> script.ack(3600));
        events.put("NAK", Script::nak);
        events.put("deadline", script -> script.state().deadline() == Long.MAX_VALUE ? script.later(1) : script.due());
        events.put("after T2", script -> script.later(3200));
        events.put("after the end", script -> script.later(4000));
        for (Command command : Command.values()) {
            events.put(command.name(), script -> script.command(command));
        }
        for (SinkAnswer answer : SinkAnswer.values()) {
            events.put("sink: " + answer, script -> script.answer(answer));
        }
        for (Verdict verdict : Verdict.values()) {
            events.put("ARP: " + verdict, script -> script.verdict(verdict));
        }
        events.put("link lost", script -> script.carrier(false));
        events.put("link back", script -> script.carrier(true));
        events.put("link back after long", script -> script.unwatched(60).carrier(true));
        return events;
    }

    private static String table() {
        List<String> names = List.copyOf(states().keySet());
        StringBuilder table = new StringBuilder();
        table.append("# What happens in every state\n\n");
        table.append("Generated from the code by FsmTableTest (a lease of an hour) and compared in every build;\n");
        table.append("written anew with `mvn test -Dtest=FsmTableTest -Dfsm.write=true`.\n");
        table.append("A cell: the next state, where it is another one, then the effects in order; `-` is nothing.\n\n");
        table.append("| event | ").append(String.join(" | ", names)).append(" |\n");
        table.append("|---".repeat(names.size() + 1)).append("|\n");
        events().forEach((name, event) -> table.append("| ")
                .append(name)
                .append(" | ")
                .append(states().values().stream()
                        .map(state -> cell(state.get(), event))
                        .collect(Collectors.joining(" | ")))
                .append(" |\n"));
        return table.toString();
    }

    private static String cell(Script script, Function<Script, Script> event) {
        String before = script.state().title();
        Script after = event.apply(script);
        String effects = after.effects().stream().map(Script::name).collect(Collectors.joining(", "));
        String next = after.state().title();
        String[] parts = {next.equals(before) ? "" : "**" + next + "**", effects};
        String cell = Arrays.stream(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(" "));
        return cell.isEmpty() ? "-" : cell;
    }
}
