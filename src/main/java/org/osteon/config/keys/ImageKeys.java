package org.osteon.config.keys;

import java.time.Duration;
import java.util.List;
import org.osteon.config.value.Setting;
import org.osteon.config.value.ValueTypes;

/** What is taken for an image, and what decoding it may cost. */
public final class ImageKeys {
  static final KeyGroup KEYS = new KeyGroup();

  public static final Setting<Integer> DECODE_THREADS =
      KEYS.add(
          new Setting<>(
              "decode.threads",
              "0",
              ValueTypes.whole(0, 256),
              "Threads that decode images; 0 derives it from the CPUs this process may use.",
              "Too few starve the device; more than there are CPUs take turns and hold more memory."));

  public static final Setting<Boolean> DECODE_ISOLATION =
      KEYS.add(
          new Setting<>(
              "decode.isolation",
              "process",
              ValueTypes.either("process", "none"),
              "Where images are decoded: in processes of their own, one for each decode thread, without network, environment or other memory; or in the service's own.",
              "With none, a file that crashes a decoder ends the replica, and every replica after it."));

  public static final Setting<Integer> DECODE_HEAP_MB =
      KEYS.add(
          new Setting<>(
              "decode.heap.mb",
              "256",
              ValueTypes.whole(64, 16_384),
              "MiB of Java heap of each decode process; an image that needs more is a dead letter, DECODE_TOO_LARGE.",
              "Large JPEG 2000 pictures need most: about twenty bytes a pixel. Each process may take it, beside memory.budget.mb."));

  public static final Setting<Integer> DECODE_NATIVE_MB =
      KEYS.add(
          new Setting<>(
              "decode.native.mb",
              "512",
              ValueTypes.whole(192, 65_536),
              "MiB of other memory that each decode process may take; an image that needs more is a dead letter, DECODE_TOO_LARGE.",
              "The container's limit must hold it once for each decode thread."));

  public static final Setting<Duration> IMAGE_DECODE_TIMEOUT_MS =
      KEYS.add(
          new Setting<>(
              "image.decode.timeout.ms",
              "15000",
              ValueTypes.millis(100, 600_000),
              "Milliseconds that decoding one image may take; then it is a dead letter, DECODE_TIMEOUT, and its process is replaced. Only with decode.isolation=process.",
              "Too short and large pictures on a busy machine become dead letters, which redrive brings back; too long lengthens the transaction timeout derived from it, and with it the wait after a kill."));

  public static final Setting<Long> IMAGE_MAX_BYTES =
      KEYS.add(
          new Setting<>(
              "image.max.bytes",
              "33554432",
              ValueTypes.wholeLong(1024, 512L << 20),
              "Largest image file in bytes; a larger one becomes a dead letter, TOO_MANY_BYTES.",
              "Raise it and the topics must be raised too: `osteon topics` says which and how."));

  public static final Setting<Long> IMAGE_MAX_PIXELS =
      KEYS.add(
          new Setting<>(
              "image.max.pixels",
              "100000000",
              ValueTypes.wholeLong(1, Integer.MAX_VALUE),
              "Largest width times height; a larger one becomes a dead letter, TOO_MANY_PIXELS.",
              "Each decode thread may hold this many pixels at once, up to four bytes each."));

  public static final Setting<Long> MEMORY_BUDGET_MB =
      KEYS.add(
          new Setting<>(
              "memory.budget.mb",
              "256",
              ValueTypes.mebibytes(64, 1 << 20),
              "MiB for images that were fetched and are not finished, over all threads.",
              "Of the Java heap: above six tenths of it, or below four of the largest images, it is refused."));

  public static final Setting<List<String>> MODALITIES =
      KEYS.add(
          new Setting<>(
              "modalities",
              "CR, DX, RG, MG",
              ValueTypes.list("[A-Z]{2,16}", "DICOM's term for a modality"),
              "Modalities (0008,0060) that are radiographs, for the event's word and for the DICOM header's.",
              "The model was trained on bones in CR, DX and RG; what else is named here gets its answer as if it were one."));

  public static final Setting<Boolean> MODALITIES_OTHERS =
      KEYS.add(
          new Setting<>(
              "modalities.others",
              "refer",
              ValueTypes.either("dead-letter", "refer"),
              "What becomes of others: a result that a person decides (UNSUPPORTED_MODALITY), or a dead letter of that reason.",
              "A client that reads results alone does not see a dead letter."));

  private ImageKeys() {}
}
