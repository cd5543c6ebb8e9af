package org.osteon.config.keys;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.osteon.config.value.Setting;
import org.osteon.config.value.ValueTypes;

/** Images by reference: where they may lie. */
public final class FetchKeys {
  static final KeyGroup KEYS = new KeyGroup();

  public static final Setting<List<String>> S3_BUCKETS =
      KEYS.add(
          new Setting<>(
              "fetch.s3.buckets",
              null,
              ValueTypes.list(
                  "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^,\\s]*)?", "bucket or bucket/prefix"),
              "Buckets whose objects references may name; with a prefix, only keys that begin with it.",
              "A bucket that is not named here is FORBIDDEN_URI; end a prefix with a slash, or its siblings are allowed too."));

  public static final Setting<URI> S3_ENDPOINT =
      KEYS.add(
          new Setting<>(
              "fetch.s3.endpoint",
              null,
              ValueTypes.uri("https?://[^\\s,/@?#]+(/[^\\s,@?#]*)?", "an http or https address"),
              "The S3-compatible store, also for uploads; without it Amazon's.",
              "In plain http, images and what they are signed with can be read on the way."));

  public static final Setting<String> S3_REGION =
      KEYS.add(
          new Setting<>(
              "fetch.s3.region",
              null,
              ValueTypes.text("[a-z0-9-]{2,40}", "the name of a region"),
              "Region of the buckets; without it AWS's provider chain says.",
              "Without any, nothing starts; a store of one's own takes us-east-1."));

  public static final Setting<Boolean> S3_PATH_STYLE =
      KEYS.add(
          new Setting<>(
              "fetch.s3.path.style",
              "false",
              ValueTypes.either("true", "false"),
              "Whether a bucket is part of the path instead of the host's name.",
              "Most stores of one's own need true: otherwise bucket.host does not resolve."));

  public static final Setting<List<String>> HTTPS_HOSTS =
      KEYS.add(
          new Setting<>(
              "fetch.https.hosts",
              null,
              ValueTypes.list("[a-zA-Z0-9.-]+(:\\d{1,5})?", "host or host:port"),
              "Hosts whose https addresses references may name.",
              "Anyone who controls that name decides what is read; no redirect away from it is followed."));

  public static final Setting<List<String>> HTTP_HOSTS =
      KEYS.add(
          new Setting<>(
              "fetch.http.hosts",
              null,
              ValueTypes.list("[a-zA-Z0-9.-]+(:\\d{1,5})?", "host or host:port"),
              "The same in plain http, for hosts of an intranet that have nothing else.",
              "Anyone on the way can read the images; the digest still tells whether they were changed."));

  public static final Setting<List<String>> PRIVATE_NETWORKS =
      KEYS.add(
          new Setting<>(
              "fetch.private.networks",
              null,
              ValueTypes.list("[0-9a-fA-F.:]+(/\\d{1,3})?", "network in CIDR notation"),
              "Loopback, link-local and private addresses that fetch.https.hosts and fetch.http.hosts may lead to.",
              "Name the archive's own network, never all: 169.254.0.0/16 hands out a cloud's credentials."));

  public static final Setting<List<String>> FILE_ROOTS =
      KEYS.add(
          new Setting<>(
              "fetch.file.roots",
              null,
              ValueTypes.list("/[^,]+", "absolute path"),
              "Folders below which file addresses may lead; no symbolic link below them is followed.",
              "Everything below them can be read by any publisher of events."));

  public static final Setting<Duration> TIMEOUT_MS =
      KEYS.add(
          new Setting<>(
              "fetch.timeout.ms",
              "30000",
              ValueTypes.millis(100, 600_000),
              "Milliseconds that an image has to be fetched, all attempts, from the moment it was taken up.",
              "Half of memory.budget.mb must come over the link within it; it lengthens the transaction timeout, where anything may be fetched."));

  public static final Setting<Integer> THREADS =
      KEYS.add(
          new Setting<>(
              "fetch.threads",
              "512",
              ValueTypes.whole(1, 1024),
              "Images that are fetched at once at most; threads are started as the stores' latency asks for them.",
              "Too few leave the link idle: for 500 images a second a store that answers in 50 ms needs 25, and one that answers in 500 ms 250 and more, since a commit waits for all of them. Lower it for a store that takes fewer connections."));

  public static final Setting<Duration> PATIENCE_MINUTES =
      KEYS.add(
          new Setting<>(
              "fetch.patience.minutes",
              "15",
              ValueTypes.minutes(0, 1440),
              "Minutes for which a store that answers no request is waited for, unready and with nothing committed.",
              "After them its images become dead letters, STORE_UNAVAILABLE, until it answers; images elsewhere on the same partitions wait too."));

  private FetchKeys() {}
}
