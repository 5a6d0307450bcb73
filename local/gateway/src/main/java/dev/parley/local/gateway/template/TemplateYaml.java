package dev.parley.local.gateway.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * YAML with CloudFormation's short tags as plain maps, lists and scalars: {@code !Ref X} becomes {@code {"Ref": "X"}}, {@code !Sub t}
 * becomes {@code {"Fn::Sub": "t"}}, as CloudFormation itself reads them.
 */
final class TemplateYaml {
    private final String source;

    private TemplateYaml(String source) {
        this.source = source;
    }

    /** @throws TemplateException when the text is not YAML or its top is not a mapping */
    static Map<String, Object> read(String source, String text) {
        try {
            Node top = new Compose(LoadSettings.builder().setLabel(source).build())
                    .composeString(text)
                    .orElseThrow(() -> new TemplateException(source + " is empty"));
            if (!(top instanceof MappingNode mapping)) {
                throw new TemplateException(source + " is not a mapping");
            }
            return new TemplateYaml(source).mapping(mapping);
        } catch (YamlEngineException e) {
            throw new TemplateException(source + " is not YAML: " + e.getMessage(), e);
        }
    }

    private Object value(Node node) {
        Object plain = switch (node) {
            case MappingNode mapping -> mapping(mapping);
            case SequenceNode sequence ->
                sequence.getValue().stream().map(this::value).toList();
            case ScalarNode scalar -> scalar(scalar);
            default -> throw new TemplateException("Unknown YAML" + place(node));
        };
        String tag = node.getTag().getValue();
        if (!tag.startsWith("!") || tag.length() == 1) {
            return plain;
        }
        String name = tag.substring(1);
        if (name.equals("GetAtt") && plain instanceof String path) {
            int dot = path.indexOf('.');
            if (dot < 0) {
                throw new TemplateException("!GetAtt needs Resource.Attribute" + place(node));
            }
            plain = List.of(path.substring(0, dot), path.substring(dot + 1));
        }
        return Map.of(name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name, plain);
    }

    private Map<String, Object> mapping(MappingNode node) {
        var map = new LinkedHashMap<String, Object>();
        for (NodeTuple entry : node.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw new TemplateException("A key must be a text" + place(entry.getKeyNode()));
            }
            if (map.put(key.getValue(), value(entry.getValueNode())) != null) {
                throw new TemplateException("Key " + key.getValue() + " stands twice" + place(key));
            }
        }
        return map;
    }

    private Object scalar(ScalarNode node) {
        Tag tag = node.getTag();
        String text = node.getValue();
        if (tag.equals(Tag.BOOL)) {
            return Boolean.valueOf(text);
        }
        if (tag.equals(Tag.INT)) {
            return Long.decode(text);
        }
        if (tag.equals(Tag.FLOAT)) {
            return Double.valueOf(text);
        }
        return tag.equals(Tag.NULL) ? "" : text;
    }

    private String place(Node node) {
        return node.getStartMark()
                .map(mark -> " (" + source + " line " + (mark.getLine() + 1) + ")")
                .orElse(" (" + source + ")");
    }
}
