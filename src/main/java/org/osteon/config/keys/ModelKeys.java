package org.osteon.config.keys;

import java.nio.file.Path;
import java.util.List;
import org.osteon.config.value.Setting;
import org.osteon.config.value.ValueTypes;

/** Which version answers, where it comes from, what it is held against. */
public final class ModelKeys {
  static final KeyGroup KEYS = new KeyGroup();

  public static final Setting<String> PATH =
      KEYS.add(
          new Setting<>(
              "model.path",
              null,
              ValueTypes.text("(?s).+", "a path"),
              "A model version: its folder, `models/<name>/<version>`, `s3://bucket/prefix/version` or `oci://host/repository:tag`.",
              "A version whose digests or golden outputs do not match is refused at start."));

  public static final Setting<List<String>> S3_BUCKETS =
      KEYS.add(
          new Setting<>(
              "model.s3.buckets",
              null,
              ValueTypes.list(
                  "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^,\\s]*)?", "bucket or bucket/prefix"),
              "Buckets that model versions may be fetched from, at fetch.s3.endpoint; with a prefix, only keys that begin with it.",
              "A version is code: name none that publishers of images may write to."));

  public static final Setting<Path> CACHE =
      KEYS.add(
          new Setting<>(
              "model.cache",
              null,
              ValueTypes.path(),
              "Folder where versions from S3 and from registries are kept, the four used last; without it osteon-models below the temporary folder.",
              "Lost with the container, it is filled again at the next start, which then needs the store."));

  public static final Setting<List<String>> TRUSTED_KEYS =
      KEYS.add(
          new Setting<>(
              "model.trusted.keys",
              null,
              ValueTypes.list("[^,]+", "path of an Ed25519 public key in PEM"),
              "Whose signatures count: a version without one of these keys' beside its manifest is refused, wherever it comes from.",
              "Without it versions are not held to signatures; TorchScript is code."));

  public static final Setting<Boolean> DEPLOYMENTS =
      KEYS.add(
          new Setting<>(
              "model.deployments",
              "follow",
              ValueTypes.either("follow", "ignore"),
              "Whether replicas run what topics.models names, at start and while they run, or model.path alone.",
              "With ignore, `osteon model deploy` changes nothing here; a roll-out is a restart."));

  public static final Setting<Integer> CANDIDATE_MEMORY_MB =
      KEYS.add(
          new Setting<>(
              "model.candidate.memory.mb",
              "1024",
              ValueTypes.whole(64, 65_536),
              "MiB that a version may take, beside engine and JVM, in the process that it is tried in before it is deployed, or that it runs in as shadow or canary; on a CPU.",
              "The container's limit must hold it once, and 300 MiB for engine and JVM; a version that needs more is refused or withdrawn."));

  public static final Setting<Double> SHADOW_SHARE =
      KEYS.add(
          new Setting<>(
              "model.shadow.share",
              "0.1",
              ValueTypes.share(),
              "Share of the images that a version deployed as SHADOW is asked about as well, chosen by their digests; 0 runs none.",
              "It is asked when the device has nothing else to do, so a busy replica compares fewer; it needs the memory of a second model."));

  public static final Setting<Integer> DRIFT_WINDOW =
      KEYS.add(
          new Setting<>(
              "drift.window",
              "2000",
              ValueTypes.whole(100, 100_000),
              "The last images of a replica that are held against what the version was made from.",
              "Few make the index noisy, by about the number of bins over it; many notice a change late."));

  public static final Setting<Integer> DRIFT_FACILITIES =
      KEYS.add(
          new Setting<>(
              "drift.facilities",
              "50",
              ValueTypes.whole(0, 1000),
              "Facilities whose last images are held against it by themselves as well, those that come first; 0 for none.",
              "Each costs eight series of metrics and some hundred kilobytes with the window's default."));

  private ModelKeys() {}
}
