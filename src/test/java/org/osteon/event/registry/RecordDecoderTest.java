package org.osteon.event.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.osteon.event.EventClasses;
import org.osteon.event.InlineImage;
import org.osteon.event.XRayEvent;
import org.osteon.testing.Events;

class RecordDecoderTest {
  /** Every kind of value there is, so that what is skipped and what is read are both tried. */
  private static final Schema EVERYTHING =
      SchemaBuilder.record("Everything")
          .fields()
          .requiredBoolean("b")
          .requiredInt("i")
          .requiredLong("l")
          .requiredFloat("f")
          .requiredDouble("d")
          .requiredString("s")
          .requiredBytes("y")
          .name("x")
          .type()
          .fixed("Five")
          .size(5)
          .noDefault()
          .name("e")
          .type()
          .enumeration("E")
          .symbols("A", "B")
          .noDefault()
          .name("a")
          .type()
          .array()
          .items()
          .stringType()
          .noDefault()
          .name("m")
          .type()
          .map()
          .values()
          .longType()
          .noDefault()
          .optionalString("o")
          .endRecord();

  @Test
  void readsWhatAvroWrites() throws Exception {
    for (Object datum : new RandomData(EVERYTHING, 200, 7L, true)) {
      byte[] bytes = write(EVERYTHING, datum, false);
      assertThat(read(bytes, EVERYTHING, EVERYTHING)).isEqualTo(datum);
      byte[] blocked = write(EVERYTHING, datum, true);
      assertThat(read(blocked, EVERYTHING, EVERYTHING)).isEqualTo(datum);
    }
  }

  @Test
  void skipsWhatTheReaderDoesNotWant() throws Exception {
    Schema last = SchemaBuilder.record("Everything").fields().optionalString("o").endRecord();
    for (Object datum : new RandomData(EVERYTHING, 50, 8L, true)) {
      Object wanted = ((GenericData.Record) datum).get("o");
      for (boolean blocking : new boolean[] {false, true}) {
        GenericData.Record got =
            (GenericData.Record) read(write(EVERYTHING, datum, blocking), EVERYTHING, last);
        assertThat(got.get("o")).isEqualTo(wanted);
      }
    }
  }

  @Test
  void anImageIsAViewAndNotACopy() throws Exception {
    EventClasses.trust();
    XRayEvent event = Events.event("e", 1000, 3);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new SpecificDatumWriter<>(XRayEvent.class).write(event, encoder);
    encoder.flush();
    byte[] bytes = out.toByteArray();
    XRayEvent read =
        new SpecificDatumReader<>(XRayEvent.class).read(null, new RecordDecoder(bytes, 0));
    assertThat(read).isEqualTo(event);
    assertThat(((InlineImage) read.getImage()).getData().array()).isSameAs(bytes);
  }

  @Test
  void aLengthOfTwoGigabytesIsNotBelieved() throws Exception {
    byte[] claims = longs(Integer.MAX_VALUE - 8L);
    assertThatThrownBy(() -> new RecordDecoder(claims, 0).readBytes(null))
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> new RecordDecoder(claims, 0).readString())
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> new RecordDecoder(longs(-5), 0).readBytes(null))
        .isInstanceOf(EOFException.class);
    for (long count : List.of(1L << 31, 1L << 62, Long.MIN_VALUE)) {
      byte[] counted = longs(count, 1);
      assertThatThrownBy(() -> new RecordDecoder(counted, 0).readMapStart())
          .isInstanceOf(AvroRuntimeException.class);
    }
  }

  @Test
  void brokenBytesEndInAnExceptionAndNothingElse() throws Exception {
    Random random = new Random(5);
    for (Object datum : new RandomData(EVERYTHING, 300, 9L, true)) {
      byte[] bytes = write(EVERYTHING, datum, false);
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      try {
        read(cut, EVERYTHING, EVERYTHING);
      } catch (Exception expected) {
        assertThat(expected).isNotNull();
      }
    }
  }

  private static byte[] longs(long... values) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    for (long value : values) {
      encoder.writeLong(value);
    }
    encoder.flush();
    return out.toByteArray();
  }

  private static byte[] write(Schema schema, Object datum, boolean blocking) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EncoderFactory factory = new EncoderFactory().configureBlockSize(64);
    BinaryEncoder encoder =
        blocking ? factory.blockingBinaryEncoder(out, null) : factory.binaryEncoder(out, null);
    new GenericDatumWriter<>(schema).write(datum, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static Object read(byte[] bytes, Schema writer, Schema reader) throws Exception {
    return new GenericDatumReader<>(writer, reader)
        .read(null, new RecordDecoder(ByteBuffer.wrap(bytes).array(), 0));
  }
}
