package org.dhcpcanon.bus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.dhcpcanon.client.Command;
import org.dhcpcanon.dbus.BadArgumentsException;
import org.dhcpcanon.dbus.Bus;
import org.dhcpcanon.dbus.Call;
import org.dhcpcanon.dbus.ErrorName;
import org.freedesktop.dbus.types.Variant;
import org.tinylog.Logger;

/** Answers method calls. Path, interface, member and signature must all be right; whatever is not gets the error that says so. */
final class Methods {
    /** Does what a method does; the arguments have its signature, and are not read before it asks for them. */
    private interface Body {
        void run(Call call) throws BadArgumentsException;
    }

    private record Method(String interfaceName, String member, String signature, Body body) {}

    private final List<Method> table;
    private final Catalogue objects;
    private final Gate gate;
    private final Supplier<Optional<Bus>> joined;
    private final Introspection introspection = new Introspection();

    /**
     * @param gate gets the calls that not everybody may make, and answers them
     * @param joined the bus, once there is one
     */
    Methods(Catalogue objects, Gate gate, Supplier<Optional<Bus>> joined) {
        this.objects = objects;
        this.gate = gate;
        this.joined = joined;
        this.table = table();
    }

    private List<Method> table() {
        return List.of(
                new Method(Names.PEER, "Ping", "", call -> call.answer("")),
                new Method(Names.PEER, "GetMachineId", "", Methods::machineId),
                new Method(Names.INTROSPECTABLE, "Introspect", "", this::introspect),
                new Method(Names.PROPERTIES, "Get", "ss", this::get),
                new Method(Names.PROPERTIES, "GetAll", "s", this::getAll),
                new Method(Names.PROPERTIES, "Set", "ssv", this::set),
                new Method(Names.OBJECT_MANAGER, "GetManagedObjects", "", this::managed),
                new Method(Names.MANAGER, "Attach", "s", call -> onceJoined(call, bus -> gate.attach(bus, call))),
                new Method(Names.MANAGER, "Reload", "", call -> onceJoined(call, bus -> gate.reload(bus, call))),
                new Method(Names.MANAGER, "Start", "s", call -> onceJoined(call, bus -> start(bus, call))),
                new Method(Names.MANAGER, "Adopt", "s", call -> onceJoined(call, bus -> gate.adopt(bus, call))),
                new Method(
                        Names.MANAGER, "Unadopt", "s", call -> onceJoined(call, bus -> gate.unadopt(bus, call, true))),
                new Method(
                        Names.MANAGER,
                        "UnadoptLater",
                        "s",
                        call -> onceJoined(call, bus -> gate.unadopt(bus, call, false))),
                new Method(Names.MANAGER, "Stop", "s", call -> onceJoined(call, bus -> stop(bus, call))),
                client("Renew", Command.RENEW),
                client("Release", Command.RELEASE),
                client("Stop", Command.STOP));
    }

    /** A method of a client's object, which only has it while the client runs. */
    private Method client(String member, Command command) {
        return new Method(
                Names.CLIENT,
                member,
                "",
                call -> onceJoined(call, bus -> gate.command(bus, call, objects.clientAt(call.path()), command)));
    }

    void handle(Call call) {
        try {
            if (!objects.isNode(call.path())) {
                call.refuse(ErrorName.UNKNOWN_OBJECT, "there is no object " + call.path());
            } else if (!has(call.path(), call.interfaceName())) {
                call.refuse(ErrorName.UNKNOWN_INTERFACE, call.path() + " has no interface " + call.interfaceName());
            } else {
                find(call)
                        .ifPresentOrElse(
                                method -> invoke(method, call),
                                () -> call.refuse(
                                        ErrorName.UNKNOWN_METHOD, call.path() + " has no method " + call.member()));
            }
        } catch (RuntimeException e) {
            Logger.error(e, "{}.{} failed", call.interfaceName(), call.member());
            call.refuse(ErrorName.FAILED, "the service made a mistake; its log says more");
        }
    }

    private Optional<Method> find(Call call) {
        return table.stream()
                .filter(method -> method.member().equals(call.member()))
                .filter(method ->
                        call.interfaceName().isEmpty() || method.interfaceName().equals(call.interfaceName()))
                .filter(method -> has(call.path(), method.interfaceName()))
                .findFirst();
    }

    /** A caller may leave the interface out. */
    private boolean has(String path, String interfaceName) {
        return switch (interfaceName) {
            case "", Names.PEER, Names.INTROSPECTABLE, Names.PROPERTIES -> true;
            case Names.OBJECT_MANAGER -> path.equals(Names.ROOT);
            default -> face(path, interfaceName).isPresent();
        };
    }

    private Optional<Face> face(String path, String interfaceName) {
        return objects.at(path).stream()
                .filter(face -> face.name().equals(interfaceName))
                .findFirst();
    }

    private static void invoke(Method method, Call call) {
        if (!call.signature().equals(method.signature())) {
            call.refuse(
                    ErrorName.INVALID_ARGS,
                    method.member() + " takes (" + method.signature() + "), not (" + call.signature() + ")");
            return;
        }
        try {
            method.body().run(call);
        } catch (BadArgumentsException e) {
            call.refuse(ErrorName.INVALID_ARGS, method.member() + ": " + e.getMessage());
        }
    }

    private static void machineId(Call call) {
        try {
            call.answer(
                    "s",
                    Files.readString(Path.of("/etc/machine-id"), StandardCharsets.US_ASCII)
                            .strip());
        } catch (IOException e) {
            call.refuse(ErrorName.FAILED, "this machine has no id");
        }
    }

    private void introspect(Call call) {
        call.answer("s", introspection.of(objects, call.path()));
    }

    private void get(Call call) throws BadArgumentsException {
        List<?> arguments = call.arguments();
        Optional<Face> face = propertiesOf(call, arguments);
        Optional<Variant<?>> value = face.map(present -> present.properties().get((String) arguments.get(1)));
        if (value.isPresent()) {
            call.answer("v", value.get());
        } else if (face.isPresent()) {
            refuseProperty(call, arguments);
        }
    }

    private void getAll(Call call) throws BadArgumentsException {
        propertiesOf(call, call.arguments()).ifPresent(face -> call.answer("a{sv}", face.properties()));
    }

    /** The value, which anybody could have made large and deep, is not read: no property can be set. */
    private void set(Call call) throws BadArgumentsException {
        List<String> arguments = call.leadingTexts(2);
        Optional<Face> face = propertiesOf(call, arguments);
        if (face.isPresent() && face.get().properties().containsKey(arguments.get(1))) {
            call.refuse(ErrorName.PROPERTY_READ_ONLY, arguments.get(1) + " cannot be set");
        } else if (face.isPresent()) {
            refuseProperty(call, arguments);
        }
    }

    /** The properties that the first argument means; an empty name means those of all interfaces. Refuses if there are none. */
    private Optional<Face> propertiesOf(Call call, List<?> arguments) {
        String name = (String) arguments.get(0);
        if (name.isEmpty()) {
            Map<String, Variant<?>> all = new LinkedHashMap<>();
            objects.at(call.path()).forEach(face -> all.putAll(face.properties()));
            return Optional.of(new Face(name, all));
        }
        Optional<Face> face = face(call.path(), name);
        if (face.isEmpty() && has(call.path(), name)) {
            return Optional.of(new Face(name, Map.of()));
        }
        if (face.isEmpty()) {
            call.refuse(ErrorName.UNKNOWN_INTERFACE, call.path() + " has no interface " + name);
        }
        return face;
    }

    private static void refuseProperty(Call call, List<?> arguments) {
        call.refuse(ErrorName.UNKNOWN_PROPERTY, arguments.get(0) + " has no property " + arguments.get(1));
    }

    private void managed(Call call) {
        call.answer("a{oa{sa{sv}}}", objects.managed());
    }

    /** Does what a method does that needs to ask the bus something. */
    private interface BusBody {
        void run(Bus bus) throws BadArgumentsException;
    }

    private void onceJoined(Call call, BusBody body) throws BadArgumentsException {
        Optional<Bus> bus = joined.get();
        if (bus.isEmpty()) {
            call.refuse(ErrorName.FAILED, "the service is not on the bus yet");
        } else {
            body.run(bus.get());
        }
    }

    private void start(Bus bus, Call call) throws BadArgumentsException {
        String interfaceName = call.leadingTexts(1).get(0);
        gate.start(bus, call, interfaceName, () -> Names.client(objects.clientOf(interfaceName)));
    }

    /** A wrong name is told before anybody is asked for a password. */
    private void stop(Bus bus, Call call) throws BadArgumentsException {
        String interfaceName = call.leadingTexts(1).get(0);
        int number = objects.clientOf(interfaceName);
        if (number == 0) {
            call.refuse(Names.ERRORS + "NoClient", "no client runs on " + interfaceName);
        } else {
            gate.command(bus, call, number, Command.STOP);
        }
    }
}
