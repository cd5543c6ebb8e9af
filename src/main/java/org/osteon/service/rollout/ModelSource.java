package org.osteon.service.rollout;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.ModelKeys;
import org.osteon.config.keys.OperationKeys;
import org.osteon.config.value.ConfigException;
import org.osteon.event.ModelDeployment;
import org.osteon.fetch.FetchSettings;
import org.osteon.fetch.ModelRegistry;
import org.osteon.fetch.ObjectReader;
import org.osteon.model.ModelRefusedException;
import org.osteon.model.ModelVersion;
import org.osteon.model.TrustedKeys;
import org.osteon.model.VersionCache;

/**
 * Finds the version that a deployment or the configuration names, in a folder, in S3 or in an OCI
 * registry: signed by whom the configuration trusts, its digests checked.
 *
 * <p><b>Threading.</b> Any.
 */
public final class ModelSource implements AutoCloseable {
  private static final String OBJECTS = "s3://";
  private static final String REGISTRY = "oci://";

  private final TrustedKeys trusted;
  private final @Nullable ObjectReader objects;
  private final @Nullable VersionCache fromObjects;
  private final @Nullable VersionCache fromRegistries;

  /**
   * @throws ConfigException a trusted key is none
   */
  public ModelSource(Settings settings) {
    List<Path> keys = settings.list(ModelKeys.TRUSTED_KEYS).stream().map(Path::of).toList();
    try {
      trusted = new TrustedKeys(keys);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("model.trusted.keys: " + e.getMessage(), e);
    }
    List<String> buckets = settings.list(ModelKeys.S3_BUCKETS);
    objects =
        buckets.isEmpty()
            ? null
            : new ObjectReader(FetchSettings.S3.of(settings), buckets, ModelKeys.S3_BUCKETS.key());
    fromObjects = objects == null ? null : new VersionCache(cacheFolder(settings), objects::copy);
    fromRegistries =
        settings.list(OperationKeys.OCI_REPOSITORIES).isEmpty()
            ? null
            : new VersionCache(cacheFolder(settings), registry(settings)::copy);
  }

  /** The registries that the configuration names. */
  public static ModelRegistry registry(Settings settings) {
    return new ModelRegistry(
        settings.list(OperationKeys.OCI_REPOSITORIES),
        OperationKeys.OCI_REPOSITORIES.key(),
        settings.find(OperationKeys.OCI_CREDENTIALS).orElse(null),
        settings.get(OperationKeys.OCI_PLAIN));
  }

  private static Path cacheFolder(Settings settings) {
    return settings
        .find(ModelKeys.CACHE)
        .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "osteon-models"));
  }

  /**
   * @throws ModelRefusedException where it cannot be had or is not what was deployed
   */
  public ModelVersion of(ModelDeployment deployment) {
    ModelVersion version = find(deployment.getUri(), deployment.getSha256());
    if (!version.sha256().equals(deployment.getSha256())) {
      throw new ModelRefusedException(
          "Model version %s is refused: its manifest in %s is not the one that was deployed."
              .formatted(version.label(), version.folder()));
    }
    return version;
  }

  /**
   * @param where a path, a {@code file:} URI, {@code s3://bucket/prefix/version} or {@code
   *     oci://host/repository:tag}
   * @throws ModelRefusedException where it cannot be had or is not what it says
   */
  public ModelVersion at(String where) {
    return find(where, null);
  }

  /** Whether it lies in a store, and so for every replica at the same address. */
  public static boolean isRemote(String where) {
    return where.startsWith(OBJECTS) || where.startsWith(REGISTRY);
  }

  @Override
  public void close() {
    if (objects != null) {
      objects.close();
    }
  }

  private ModelVersion find(String where, @Nullable String sha256) {
    if (!isRemote(where)) {
      ModelVersion version = ModelVersion.read(folder(where));
      trusted.check(version.folder());
      return version;
    }
    boolean inRegistry = where.startsWith(REGISTRY);
    VersionCache cache = inRegistry ? fromRegistries : fromObjects;
    if (cache == null) {
      throw new ModelRefusedException(
          "The model version at %s is refused: name its %s."
              .formatted(
                  where,
                  inRegistry
                      ? "repository in model.oci.repositories"
                      : "bucket in model.s3.buckets"));
    }
    try {
      return cache.get(where, sha256, trusted);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelRefusedException("Fetching " + where + " was interrupted.", e);
    }
  }

  private static Path folder(String where) {
    try {
      URI uri = where.startsWith("file:") ? URI.create(where) : null;
      return uri == null ? Path.of(where) : Path.of(uri);
    } catch (RuntimeException e) {
      throw new ModelRefusedException(
          "The model version at %s is refused: that is no folder of this machine and in no store."
              .formatted(where),
          e);
    }
  }
}
