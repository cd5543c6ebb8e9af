package org.osteon.event;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaUtils;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** A generated class's schema as other languages see it. */
public final class WireSchema {
  /**
   * Goes the serializer's own way, so that what is registered is what it will look up.
   *
   * @return the schema without {@code avro.java.string}
   */
  public static Schema of(Schema generated) {
    return AvroSchemaUtils.getSchema(new GenericData.Record(generated), false, false, true);
  }

  private WireSchema() {}
}
