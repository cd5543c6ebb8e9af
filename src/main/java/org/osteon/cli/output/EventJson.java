package org.osteon.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Events as plain JSON: unions without a wrapper, times as ISO 8601, bytes as Base64. Avro's own
 * JSON wraps each optional value in an object, which no one wants to read.
 */
public final class EventJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** One line. */
  public static String of(SpecificRecord event) {
    return node(event).toString();
  }

  /** The same as a node, to stand within another. */
  public static JsonNode node(@Nullable Object value) {
    if (value == null) {
      return JSON.nullNode();
    }
    if (value instanceof SpecificRecord inner) {
      ObjectNode object = JSON.objectNode();
      for (Schema.Field field : inner.getSchema().getFields()) {
        object.set(field.name(), node(inner.get(field.pos())));
      }
      return object;
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = JSON.objectNode();
      map.forEach((key, inner) -> object.set(String.valueOf(key), node(inner)));
      return object;
    }
    if (value instanceof Collection<?> items) {
      ArrayNode array = JSON.arrayNode();
      items.forEach(item -> array.add(node(item)));
      return array;
    }
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return JSON.binaryNode(bytes);
    }
    if (value instanceof Boolean truth) {
      return JSON.booleanNode(truth);
    }
    if (value instanceof Integer || value instanceof Long) {
      return JSON.numberNode(((Number) value).longValue());
    }
    if (value instanceof Number number) {
      return JSON.numberNode(number.doubleValue());
    }
    return JSON.textNode(value.toString());
  }

  private EventJson() {}
}
