package dev.parley.local.gateway.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves CloudFormation's intrinsic functions: Ref, Sub, GetAtt, Join, Select, Split, If with conditions. A reference to a resource is
 * its logical id, or a queue's URL; an attribute is an ARN that ends in it, or in a queue's name. Values are resolved when they are read, so that what only AWS needs (subnets,
 * roles) may stay open locally.
 */
final class Intrinsics {
    static final String REGION = "us-east-1";
    static final String ACCOUNT = "123456789012";
    /** The parameter that says where SQS is, when it is not AWS's. */
    private static final String SQS_ENDPOINT = "SqsEndpoint";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([A-Za-z0-9:_.]+)}");

    private final Map<String, String> parameters;
    private final Map<String, Object> conditions;
    private final Map<String, Object> resources;

    Intrinsics(Map<String, String> parameters, Map<String, Object> conditions, Map<String, Object> resources) {
        this.parameters = new LinkedHashMap<>(Map.of(
                "AWS::Region", REGION,
                "AWS::AccountId", ACCOUNT,
                "AWS::Partition", "aws",
                "AWS::StackName", "local",
                "AWS::URLSuffix", "amazonaws.com"));
        this.parameters.putAll(parameters);
        this.conditions = conditions;
        this.resources = resources;
    }

    /** The value with every intrinsic function in it replaced. {@code AWS::NoValue} leaves its key out. */
    Object resolve(Object value) {
        if (value instanceof List<?> list) {
            var resolved = new ArrayList<>();
            list.forEach(item -> resolved.add(resolve(item)));
            return resolved;
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        if (map.size() == 1) {
            Map.Entry<?, ?> only = map.entrySet().iterator().next();
            String name = String.valueOf(only.getKey());
            if (name.equals("Ref") || name.startsWith("Fn::")) {
                return call(name, only.getValue());
            }
        }
        var resolved = new LinkedHashMap<String, Object>();
        map.forEach((key, item) -> {
            if (!isNoValue(item)) {
                resolved.put(String.valueOf(key), resolve(item));
            }
        });
        return resolved;
    }

    String text(Object value) {
        return String.valueOf(resolve(value));
    }

    boolean condition(String name) {
        Object definition = conditions.get(name);
        if (definition == null) {
            throw new TemplateException("Condition " + name + " is not defined");
        }
        return holds(definition);
    }

    private Object call(String name, Object argument) {
        return switch (name) {
            case "Ref" -> reference(String.valueOf(argument));
            case "Fn::Sub" -> substitute(argument);
            case "Fn::GetAtt" -> attribute(argument);
            case "Fn::Join" -> join(items(name, argument, 2));
            case "Fn::If" -> {
                List<?> branches = items(name, argument, 3);
                yield resolve(condition(String.valueOf(branches.getFirst())) ? branches.get(1) : branches.get(2));
            }
            case "Fn::Select" -> {
                List<?> choice = items(name, argument, 2);
                yield ((List<?>) resolve(choice.get(1))).get(Integer.parseInt(text(choice.getFirst())));
            }
            case "Fn::Split" -> {
                List<?> parts = items(name, argument, 2);
                yield List.of(text(parts.get(1)).split(Pattern.quote(text(parts.getFirst())), -1));
            }
            default ->
                throw new TemplateException("The intrinsic function " + name + " is not known to the local gateway");
        };
    }

    private String reference(String name) {
        String parameter = parameters.get(name);
        if (parameter != null) {
            return parameter;
        }
        if (resources.containsKey(name)) {
            return QueueReader.name(name, resources.get(name))
                    .map(this::queueUrl)
                    .orElse(name);
        }
        throw new TemplateException("'" + name + "' is neither a resource nor a parameter with a value");
    }

    private String attribute(Object argument) {
        List<?> path = items("Fn::GetAtt", argument, 2);
        String resource = String.valueOf(path.getFirst());
        if (!resources.containsKey(resource)) {
            throw new TemplateException("!GetAtt names resource " + resource + ", which does not exist");
        }
        Optional<String> queue = QueueReader.name(resource, resources.get(resource));
        if (queue.isPresent()) {
            return switch (String.valueOf(path.get(1))) {
                case "QueueName" -> queue.get();
                case "QueueUrl" -> queueUrl(queue.get());
                default -> "arn:aws:sqs:" + REGION + ":" + ACCOUNT + ":" + queue.get();
            };
        }
        return "arn:aws:lambda:" + REGION + ":" + ACCOUNT + ":function:" + resource;
    }

    private String queueUrl(String queue) {
        String endpoint = parameters.getOrDefault(SQS_ENDPOINT, "");
        return (endpoint.isEmpty() ? "https://sqs." + REGION + ".amazonaws.com" : endpoint) + "/" + ACCOUNT + "/"
                + queue;
    }

    private String substitute(Object argument) {
        Map<?, ?> own = Map.of();
        Object text = argument;
        if (argument instanceof List<?> pair) {
            text = items("Fn::Sub", pair, 2).getFirst();
            own = (Map<?, ?>) pair.get(1);
        }
        Matcher matcher = PLACEHOLDER.matcher(String.valueOf(text));
        var result = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(2);
            String replacement;
            if (!matcher.group(1).isEmpty()) {
                replacement = "${" + name + "}";
            } else if (own.containsKey(name)) {
                replacement = text(own.get(name));
            } else if (name.contains(".")) {
                int dot = name.indexOf('.');
                replacement = attribute(List.of(name.substring(0, dot), name.substring(dot + 1)));
            } else {
                replacement = reference(name);
            }
            matcher.appendReplacement(result, Matcher.quoteReplacement(replacement));
        }
        return matcher.appendTail(result).toString();
    }

    private String join(List<?> argument) {
        var texts = new ArrayList<String>();
        ((List<?>) resolve(argument.get(1))).forEach(item -> texts.add(String.valueOf(item)));
        return String.join(text(argument.getFirst()), texts);
    }

    private boolean holds(Object definition) {
        if (definition instanceof Map<?, ?> map && map.size() == 1) {
            Map.Entry<?, ?> only = map.entrySet().iterator().next();
            Object argument = only.getValue();
            switch (String.valueOf(only.getKey())) {
                case "Condition" -> {
                    return condition(String.valueOf(argument));
                }
                case "Fn::Equals" -> {
                    List<?> sides = items("Fn::Equals", argument, 2);
                    return text(sides.getFirst()).equals(text(sides.get(1)));
                }
                case "Fn::Not" -> {
                    return !holds(items("Fn::Not", argument, 1).getFirst());
                }
                case "Fn::And" -> {
                    return ((List<?>) argument).stream().allMatch(this::holds);
                }
                case "Fn::Or" -> {
                    return ((List<?>) argument).stream().anyMatch(this::holds);
                }
                default -> throw new TemplateException("Unknown condition function " + only.getKey());
            }
        }
        throw new TemplateException("A condition must be one function, not " + definition);
    }

    private static boolean isNoValue(Object value) {
        return value instanceof Map<?, ?> map && "AWS::NoValue".equals(map.get("Ref"));
    }

    private static List<?> items(String function, Object argument, int count) {
        if (argument instanceof List<?> list && list.size() == count) {
            return list;
        }
        throw new TemplateException(function + " needs a list of " + count + ", not " + argument);
    }
}
