package org.osteon.event.registry;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Avro binary out of one record's bytes. Beside Avro's own decoder it promises two things: bytes
 * come as a view, so an image is never copied; and no length or count that exceeds what is left of
 * the record is believed, so a broken prefix allocates nothing.
 *
 * <p><b>Threading.</b> For one thread and one record.
 */
final class RecordDecoder extends Decoder {
  private final ByteBuffer in;

  RecordDecoder(byte[] record, int offset) {
    this.in =
        ByteBuffer.wrap(record, offset, record.length - offset)
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN);
  }

  int remaining() {
    return in.remaining();
  }

  @Override
  public void readNull() {}

  @Override
  public boolean readBoolean() throws IOException {
    return next() == 1;
  }

  @Override
  public int readInt() throws IOException {
    long value = readLong();
    if (value != (int) value) {
      throw new InvalidNumberEncodingException("Not an int.");
    }
    return (int) value;
  }

  @Override
  public long readLong() throws IOException {
    long zigzag = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      byte b = next();
      zigzag |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
      }
    }
    throw new InvalidNumberEncodingException("A number of more than ten bytes.");
  }

  @Override
  public float readFloat() throws IOException {
    need(Float.BYTES);
    return in.getFloat();
  }

  @Override
  public double readDouble() throws IOException {
    need(Double.BYTES);
    return in.getDouble();
  }

  @Override
  public Utf8 readString(@Nullable Utf8 old) throws IOException {
    return new Utf8(readString());
  }

  @Override
  public String readString() throws IOException {
    return StandardCharsets.UTF_8.decode(view()).toString();
  }

  @Override
  public void skipString() throws IOException {
    view();
  }

  @Override
  public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
    return view().order(ByteOrder.BIG_ENDIAN);
  }

  @Override
  public void skipBytes() throws IOException {
    view();
  }

  @Override
  public void readFixed(byte[] bytes, int start, int length) throws IOException {
    need(length);
    in.get(bytes, start, length);
  }

  @Override
  public void skipFixed(int length) throws IOException {
    need(length);
    in.position(in.position() + length);
  }

  @Override
  public int readEnum() throws IOException {
    return readInt();
  }

  @Override
  public int readIndex() throws IOException {
    return readInt();
  }

  @Override
  public long readArrayStart() throws IOException {
    return items();
  }

  @Override
  public long arrayNext() throws IOException {
    return items();
  }

  @Override
  public long skipArray() throws IOException {
    return skippedItems();
  }

  @Override
  public long readMapStart() throws IOException {
    return items();
  }

  @Override
  public long mapNext() throws IOException {
    return items();
  }

  @Override
  public long skipMap() throws IOException {
    return skippedItems();
  }

  /** A negative count says that the block's size in bytes comes next. */
  private long items() throws IOException {
    long count = readLong();
    if (count < 0) {
      count = -count;
      readLong();
    }
    if (count < 0 || count > in.remaining()) {
      throw new AvroRuntimeException("A block of more items than there are bytes.");
    }
    return count;
  }

  private long skippedItems() throws IOException {
    long count = readLong();
    while (count < 0) {
      skipFixed(length(readLong()));
      count = readLong();
    }
    if (count > in.remaining()) {
      throw new AvroRuntimeException("A block of more items than there are bytes.");
    }
    return count;
  }

  private ByteBuffer view() throws IOException {
    int length = length(readLong());
    ByteBuffer view = in.slice(in.position(), length);
    in.position(in.position() + length);
    return view;
  }

  private int length(long length) throws IOException {
    if (length < 0 || length > in.remaining()) {
      throw new EOFException("A length beyond the end of the record.");
    }
    return (int) length;
  }

  private byte next() throws IOException {
    need(1);
    return in.get();
  }

  private void need(int bytes) throws IOException {
    if (bytes < 0 || bytes > in.remaining()) {
      throw new EOFException("The record ends too soon.");
    }
  }
}
