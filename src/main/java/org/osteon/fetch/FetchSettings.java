package org.osteon.fetch;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osteon.config.Settings;
import org.osteon.config.keys.FetchKeys;
import org.osteon.config.value.ConfigException;

/**
 * What may be fetched, and how long it is tried.
 *
 * @param buckets {@code bucket} or {@code bucket/prefix} of S3
 * @param s3 how S3 is reached
 * @param httpsHosts {@code host} or {@code host:port}
 * @param httpHosts the same, in plain HTTP
 * @param privateNetworks in CIDR notation: addresses inside that may be connected to
 * @param roots absolute paths of folders
 * @param timeout from the first attempt to the last byte, all attempts together
 * @param threads that fetch at once
 * @param patience how long a store that answers no request is waited for
 */
public record FetchSettings(
    List<String> buckets,
    S3 s3,
    List<String> httpsHosts,
    List<String> httpHosts,
    List<String> privateNetworks,
    List<Path> roots,
    Duration timeout,
    int threads,
    Duration patience) {

  /**
   * How S3 is reached.
   *
   * @param endpoint of a store other than Amazon's
   * @param region empty to let the provider chain say
   * @param pathStyle {@code endpoint/bucket/key} instead of {@code bucket.endpoint/key}
   */
  public record S3(Optional<URI> endpoint, Optional<String> region, boolean pathStyle) {
    /** As configured. */
    public static S3 of(Settings settings) {
      return new S3(
          settings.find(FetchKeys.S3_ENDPOINT),
          settings.find(FetchKeys.S3_REGION),
          settings.get(FetchKeys.S3_PATH_STYLE));
    }
  }

  /** Told when a store goes and comes; quick and without blocking. */
  public interface Watch {
    /** Tells no one. */
    Watch NONE =
        new Watch() {
          @Override
          public void away(String store, String because) {}

          @Override
          public void settled(String store) {}
        };

    /** It answers no request, and is waited for. */
    void away(String store, String because);

    /** It answers again, or is no longer waited for. */
    void settled(String store);
  }

  /**
   * As configured.
   *
   * @throws ConfigException a root is no folder, or a network none
   */
  public static FetchSettings of(Settings settings) {
    List<String> networks = settings.list(FetchKeys.PRIVATE_NETWORKS);
    try {
      Networks.check(networks);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("fetch.private.networks: " + e.getMessage(), e);
    }
    return new FetchSettings(
        settings.list(FetchKeys.S3_BUCKETS),
        S3.of(settings),
        settings.list(FetchKeys.HTTPS_HOSTS),
        settings.list(FetchKeys.HTTP_HOSTS),
        networks,
        settings.list(FetchKeys.FILE_ROOTS).stream().map(FetchSettings::root).toList(),
        settings.get(FetchKeys.TIMEOUT_MS),
        settings.get(FetchKeys.THREADS),
        settings.get(FetchKeys.PATIENCE_MINUTES));
  }

  /** Whether anything may be fetched at all. */
  public boolean any() {
    return !(buckets.isEmpty() && httpsHosts.isEmpty() && httpHosts.isEmpty() && roots.isEmpty());
  }

  private static Path root(String text) {
    Path root = Path.of(text).normalize();
    if (!root.isAbsolute() || root.getNameCount() == 0 || !Files.isDirectory(root)) {
      throw new ConfigException(
          "fetch.file.roots names %s, which is no folder here: give absolute paths of folders."
              .formatted(text));
    }
    return root;
  }
}
