package dev.parley.local.gateway.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One resource of a template as it stands there, nothing in it resolved, for whoever counts what a stack is made of.
 *
 * @param id its logical id
 * @param type such as {@code AWS::SQS::Queue}
 * @param properties by name; short tags stand as CloudFormation reads them, {@code {"Fn::GetAtt": [...]}}
 */
public record TemplateResource(String id, String type, Map<String, Object> properties) {
    /** Every resource, in the template's order. @throws TemplateException when it cannot be read */
    public static List<TemplateResource> all(Path template) {
        Object resources;
        try {
            resources = TemplateYaml.read(template.getFileName().toString(), Files.readString(template))
                    .get("Resources");
        } catch (IOException e) {
            throw new TemplateException("Cannot read " + template, e);
        }
        List<TemplateResource> all = new ArrayList<>();
        entries(resources).forEach((id, resource) -> {
            Map<String, Object> parts = entries(resource);
            all.add(new TemplateResource(id, String.valueOf(parts.get("Type")), entries(parts.get("Properties"))));
        });
        return all;
    }

    /** The mappings under a property, by name; none when it is not there. */
    public Map<String, Object> section(String property) {
        return entries(properties.get(property));
    }

    /** The entries of a mapping; none of anything else. */
    public static Map<String, Object> entries(Object value) {
        Map<String, Object> entries = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> entries.put(String.valueOf(key), entry));
        }
        return entries;
    }
}
