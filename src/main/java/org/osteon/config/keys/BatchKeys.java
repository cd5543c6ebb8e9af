package org.osteon.config.keys;

import java.time.Duration;
import org.osteon.config.value.Setting;
import org.osteon.config.value.ValueTypes;

/** Batches and the device that they go to. */
public final class BatchKeys {
  static final KeyGroup KEYS = new KeyGroup();

  public static final Setting<Integer> BATCH_MAX_SIZE =
      KEYS.add(
          new Setting<>(
              "batch.max.size",
              "16",
              ValueTypes.whole(1, 1024),
              "Images in one call of the model at most.",
              "Too small leaves a GPU idle; too large delays each image and may exhaust the device's memory."));

  public static final Setting<Duration> BATCH_MAX_DELAY_MS =
      KEYS.add(
          new Setting<>(
              "batch.max.delay.ms",
              "20",
              ValueTypes.millis(0, 10_000),
              "Milliseconds that the oldest image waits for others, counted from its arrival; not at all where none is to be expected, and while others wait to be decoded up to "
                  + BatchDelays.BEHIND_A_BACKLOG
                  + " times as long.",
              "A quiet stream pays this on every image; 0 sends each batch as soon as the device is free."));

  public static final Setting<String> INFERENCE_DEVICE =
      KEYS.add(
          new Setting<>(
              "inference.device",
              "auto",
              ValueTypes.text("auto|cpu|gpu|gpu:\\d{1,3}", "auto, cpu, gpu or gpu:N"),
              "Where the model runs; auto takes a GPU when the engine sees one.",
              "gpu without a visible GPU refuses to start instead of falling back to a crawl."));

  public static final Setting<String> INFERENCE_PRECISION =
      KEYS.add(
          new Setting<>(
              "inference.precision",
              "auto",
              ValueTypes.text("auto|f32|bf16|fp16|int8", "auto, f32, bf16, fp16 or int8"),
              "Which variant of the version answers; auto measures them at start and takes the fastest.",
              "Replicas on different machines may choose differently, and then differ within the version's tolerance; name one where they must not."));

  public static final Setting<Integer> INFERENCE_THREADS =
      KEYS.add(
          new Setting<>(
              "inference.threads",
              "0",
              ValueTypes.whole(0, 256),
              "Threads that call the model, each with a predictor of its own; 0 measures at start how CPUs are best shared between them and threads inside a call.",
              "Each call gets the CPUs over this number. More than the device serves costs memory for each and gains nothing."));

  public static final Setting<Duration> INFERENCE_TIMEOUT_MS =
      KEYS.add(
          new Setting<>(
              "inference.timeout.ms",
              "10000",
              ValueTypes.millis(100, 600_000),
              "Milliseconds after which a call of the model counts as hung.",
              "Too short takes a slow device for a dead one; too long delays the moment someone is told, and lengthens the transaction timeout derived from it."));

  private BatchKeys() {}
}
