package org.osteon.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.testing.Verdicts;

/** Readers of the last release read today's records, and today's readers theirs. */
class SchemaEvolutionTest {
  static {
    EventClasses.trust();
  }

  private static final String LAST_RELEASE = "/schemas/0.1.0/";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Alert",
        "ClassificationResult",
        "DeadLetter",
        "ModelDeployment",
        "StudyAssessment",
        "XRayEvent"
      })
  void eachSchemaReadsTheOthersRecords(String name) throws Exception {
    Schema before = before(name);
    Schema now = now(name);
    assertThat(compatibility(now, before)).as("today's reader").isEqualTo(COMPATIBLE);
    assertThat(compatibility(before, now)).as("the last release's").isEqualTo(COMPATIBLE);
  }

  @Test
  void anOldReaderSeesTodaysResult() throws Exception {
    ClassificationResult result =
        ClassificationResult.newBuilder(Verdicts.result("e", "s", 0.7, 0.1))
            .setAccessionNumber("A-1")
            .build();
    GenericRecord read =
        read(
            write(result, result.getSchema()),
            now("ClassificationResult"),
            before("ClassificationResult"));
    assertThat(read.get("label")).hasToString("FRACTURED");
    assertThat(read.getSchema().getField("finding")).isNull();
  }

  @Test
  void anOldReaderSeesASymbolThatItDoesNotKnowAsUnknown() throws Exception {
    Alert alert =
        Alert.newBuilder()
            .setAlertId("a")
            .setSeverity(Severity.REVIEW)
            .setProbability(0.5)
            .setEventId("e")
            .setStudyInstanceUid("s")
            .setFacility("f")
            .setMessage("m")
            .setModel(new ModelRef("m", "1", "00"))
            .setRaisedAt(java.time.Instant.EPOCH)
            .build();
    GenericRecord read = read(write(alert, alert.getSchema()), now("Alert"), before("Alert"));
    assertThat(read.get("severity")).hasToString("UNKNOWN");
  }

  @Test
  void todaysReaderSeesAnOldVerdict() throws Exception {
    Schema old = before("StudyAssessment");
    GenericRecord record = new GenericData.Record(old);
    record.put("studyInstanceUid", "s");
    record.put("facility", "f");
    record.put("label", new GenericData.EnumSymbol(old.getField("label").schema(), "FRACTURED"));
    record.put("probability", 0.7);
    record.put("decision", new GenericData.EnumSymbol(old.getField("decision").schema(), "REPORT"));
    record.put("images", 1);
    record.put("eventIds", java.util.List.of("e"));
    GenericRecord model = new GenericData.Record(old.getField("model").schema());
    model.put("name", "m");
    model.put("version", "1");
    model.put("sha256", "00");
    record.put("model", model);
    record.put("updatedAt", 0L);
    GenericRecord read = read(write(record, old), old, now("StudyAssessment"));
    assertThat(read.get("finding")).hasToString("UNKNOWN");
    assertThat(read.get("settled")).isEqualTo(false);
    assertThat(read.get("attributes")).isEqualTo(java.util.Map.of());
  }

  private static final SchemaCompatibilityType COMPATIBLE = SchemaCompatibilityType.COMPATIBLE;

  private static SchemaCompatibilityType compatibility(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType();
  }

  private static Schema before(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            SchemaEvolutionTest.class.getResourceAsStream(LAST_RELEASE + name + ".avsc"))) {
      return new Schema.Parser().parse(in);
    }
  }

  private static Schema now(String name) throws Exception {
    return switch (name) {
      case "Alert" -> Alert.getClassSchema();
      case "ClassificationResult" -> ClassificationResult.getClassSchema();
      case "DeadLetter" -> DeadLetter.getClassSchema();
      case "ModelDeployment" -> ModelDeployment.getClassSchema();
      case "StudyAssessment" -> StudyAssessment.getClassSchema();
      default -> XRayEvent.getClassSchema();
    };
  }

  private static byte[] write(Object record, Schema schema) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    GenericData data =
        record instanceof org.apache.avro.specific.SpecificRecordBase specific
            ? specific.getSpecificData()
            : GenericData.get();
    data.createDatumWriter(schema).write(cast(record), encoder);
    encoder.flush();
    return out.toByteArray();
  }

  @SuppressWarnings("unchecked") // a writer takes whatever its schema describes
  private static <T> T cast(Object record) {
    return (T) record;
  }

  private static GenericRecord read(byte[] bytes, Schema writer, Schema reader) throws IOException {
    return new GenericDatumReader<GenericRecord>(writer, reader)
        .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
  }
}
