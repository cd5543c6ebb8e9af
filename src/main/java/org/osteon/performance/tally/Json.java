package org.osteon.performance.tally;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Values of stores and internal topics in JSON, which a console consumer can read and a later
 * version can add to.
 */
public final class Json {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Json() {}

  public static <T> Serde<T> serde(Class<T> type) {
    return Serdes.serdeFrom(
        (topic, value) -> {
          try {
            return value == null ? null : JSON.writeValueAsBytes(value);
          } catch (JsonProcessingException e) {
            throw new IllegalStateException("A " + type.getSimpleName() + " cannot be written.", e);
          }
        },
        (topic, bytes) -> {
          try {
            return bytes == null ? null : JSON.readValue(bytes, type);
          } catch (IOException e) {
            throw new IllegalStateException(
                "What a store holds is no " + type.getSimpleName() + ".", e);
          }
        });
  }
}
