package org.dhcpcanon.bus;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * What introspection data says of an object.
 *
 * @param interfaces their members, by name
 * @param children the names of nodes below
 */
record Description(SortedMap<String, List<Member>> interfaces, SortedSet<String> children) {
    private static final String EMITS = "org.freedesktop.DBus.Property.EmitsChangedSignal";

    /**
     * A method, signal or property.
     *
     * @param arguments of a property, its own type and access
     * @param annotations by name, with those that hold by default
     */
    record Member(String kind, String name, List<Argument> arguments, Map<String, String> annotations) {
        String signature(String direction) {
            return arguments.stream()
                    .filter(argument -> argument.direction().equals(direction))
                    .map(Argument::type)
                    .collect(Collectors.joining());
        }

        boolean isConst() {
            return "const".equals(annotations.get(EMITS));
        }
    }

    /** @param direction in or out; of a property, its access */
    record Argument(String name, String type, String direction) {}

    static Description of(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Element root = factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
        SortedMap<String, List<Member>> interfaces = new TreeMap<>();
        children(root, "interface").forEach(face -> interfaces.put(face.getAttribute("name"), members(face)));
        SortedSet<String> below = new TreeSet<>();
        children(root, "node").forEach(node -> below.add(node.getAttribute("name")));
        return new Description(interfaces, below);
    }

    private static List<Member> members(Element face) {
        List<Member> members = new ArrayList<>();
        children(face, "method").forEach(method -> members.add(member(method, "in")));
        children(face, "signal").forEach(signal -> members.add(member(signal, "out")));
        children(face, "property").forEach(property -> members.add(property(property, annotations(face))));
        return members;
    }

    private static Member member(Element element, String direction) {
        List<Argument> arguments = children(element, "arg")
                .map(argument -> new Argument(
                        argument.getAttribute("name"),
                        argument.getAttribute("type"),
                        argument.hasAttribute("direction") ? argument.getAttribute("direction") : direction))
                .toList();
        return new Member(element.getTagName(), element.getAttribute("name"), arguments, annotations(element));
    }

    /** The annotation of an interface holds for its properties; "true" is what holds without any. */
    private static Member property(Element element, Map<String, String> inherited) {
        Map<String, String> annotations = new TreeMap<>(Map.of(EMITS, inherited.getOrDefault(EMITS, "true")));
        annotations.putAll(annotations(element));
        String name = element.getAttribute("name");
        Argument value = new Argument(name, element.getAttribute("type"), element.getAttribute("access"));
        return new Member("property", name, List.of(value), annotations);
    }

    private static Map<String, String> annotations(Element element) {
        return children(element, "annotation")
                .collect(Collectors.toMap(
                        annotation -> annotation.getAttribute("name"), annotation -> annotation.getAttribute("value")));
    }

    private static Stream<Element> children(Element parent, String tag) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element && element.getTagName().equals(tag)) {
                found.add(element);
            }
        }
        return found.stream();
    }

    List<Member> members(String interfaceName, String kind) {
        return interfaces.getOrDefault(interfaceName, List.of()).stream()
                .filter(member -> member.kind().equals(kind))
                .toList();
    }
}
