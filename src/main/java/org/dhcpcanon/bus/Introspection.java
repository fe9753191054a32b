package org.dhcpcanon.bus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** What the objects say about themselves: the installed descriptions, and the standard interfaces. */
final class Introspection {
    private static final String DOCTYPE = """
            <!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"
             "http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">
            """;

    private static final String EVERYWHERE = """
              <interface name="org.freedesktop.DBus.Introspectable">
                <method name="Introspect"><arg name="xml_data" type="s" direction="out"/></method>
              </interface>
              <interface name="org.freedesktop.DBus.Peer">
                <method name="Ping"/>
                <method name="GetMachineId"><arg name="machine_uuid" type="s" direction="out"/></method>
              </interface>
              <interface name="org.freedesktop.DBus.Properties">
                <method name="Get">
                  <arg name="interface_name" type="s" direction="in"/>
                  <arg name="property_name" type="s" direction="in"/>
                  <arg name="value" type="v" direction="out"/>
                </method>
                <method name="GetAll">
                  <arg name="interface_name" type="s" direction="in"/>
                  <arg name="props" type="a{sv}" direction="out"/>
                </method>
                <method name="Set">
                  <arg name="interface_name" type="s" direction="in"/>
                  <arg name="property_name" type="s" direction="in"/>
                  <arg name="value" type="v" direction="in"/>
                </method>
                <signal name="PropertiesChanged">
                  <arg name="interface_name" type="s"/>
                  <arg name="changed_properties" type="a{sv}"/>
                  <arg name="invalidated_properties" type="as"/>
                </signal>
              </interface>
            """;

    private static final String OBJECT_MANAGER = """
              <interface name="org.freedesktop.DBus.ObjectManager">
                <method name="GetManagedObjects">
                  <arg name="objpath_interfaces_and_properties" type="a{oa{sa{sv}}}" direction="out"/>
                </method>
                <signal name="InterfacesAdded">
                  <arg name="object_path" type="o"/>
                  <arg name="interfaces_and_properties" type="a{sa{sv}}"/>
                </signal>
                <signal name="InterfacesRemoved">
                  <arg name="object_path" type="o"/>
                  <arg name="interfaces" type="as"/>
                </signal>
              </interface>
            """;

    private static final Pattern COMMENT = Pattern.compile("\\s*<!--.*?-->", Pattern.DOTALL);

    private final Map<String, String> descriptions = new ConcurrentHashMap<>();

    /** The description of a node. */
    String of(Catalogue objects, String path) {
        StringBuilder xml = new StringBuilder(DOCTYPE).append("<node>\n").append(EVERYWHERE);
        if (path.equals(Names.ROOT)) {
            xml.append(OBJECT_MANAGER);
        }
        for (Face face : objects.at(path)) {
            xml.append("  ").append(describe(face.name())).append('\n');
        }
        appendChildren(xml, objects.children(path));
        return xml.append("</node>\n").toString();
    }

    private static void appendChildren(StringBuilder xml, List<String> children) {
        for (String child : children) {
            xml.append("  <node name=\"").append(child).append("\"/>\n");
        }
    }

    private String describe(String interfaceName) {
        return descriptions.computeIfAbsent(interfaceName, Introspection::read);
    }

    private static String read(String interfaceName) {
        String file = interfaceName + ".xml";
        try (InputStream in = Introspection.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the program was built without " + file);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String bare = COMMENT.matcher(text).replaceAll("");
            return bare.substring(bare.indexOf("<interface "), bare.indexOf("</interface>") + "</interface>".length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
