package org.osteon.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import land.oras.ArtifactType;
import land.oras.Config;
import land.oras.ContainerRef;
import land.oras.Descriptor;
import land.oras.Layer;
import land.oras.Manifest;
import land.oras.Registry;
import land.oras.auth.AuthStore;
import land.oras.auth.AuthStoreAuthenticationProvider;
import land.oras.exception.OrasException;
import org.jspecify.annotations.Nullable;
import org.osteon.limit.TimedCall;

/**
 * Folders as OCI artefacts: a layer for each file, named by its title, as {@code oras} pushes and
 * pulls them. Whatever is pulled is what its digest says; whether it may be used, others decide.
 *
 * <p><b>Threading.</b> Any number of threads.
 */
public final class ModelRegistry {
  private static final String TITLE = "org.opencontainers.image.title";
  private static final ArtifactType TYPE =
      ArtifactType.from("application/vnd.osteon.model.version.v1");
  private static final String LAYER_TYPE = "application/vnd.osteon.model.file.v1";
  private static final int NOT_FOUND = 404;

  /** Of one file, from the first question to the last byte, as {@link ObjectReader} has it. */
  private static final Duration MOST = Duration.ofMinutes(5);

  /** {@code oci://host:port/repository}, a tag or a digest, and perhaps a file of it. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "oci://([^/]+/[a-z0-9._/-]+)(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}|@sha256:[0-9a-f]{64})(?:/(.*))?");

  private final Map<String, Manifest> manifests = new ConcurrentHashMap<>();
  private final List<String> allowed;
  private final String setting;
  private final Registry registry;
  private final Duration most;

  /**
   * @param allowed {@code host/repository} or the beginning of one that ends with a slash
   * @param setting the key that names them, for messages
   * @param credentials Docker's {@code config.json}; null to ask without a name
   * @param plain whether by http
   */
  public ModelRegistry(
      List<String> allowed, String setting, @Nullable Path credentials, boolean plain) {
    this(allowed, setting, credentials, plain, MOST);
  }

  ModelRegistry(
      List<String> allowed,
      String setting,
      @Nullable Path credentials,
      boolean plain,
      Duration most) {
    this.most = most;
    this.allowed = allowed;
    this.setting = setting;
    Registry.Builder builder = Registry.builder();
    builder =
        credentials == null
            ? builder.insecure()
            : builder.withAuthProvider(
                new AuthStoreAuthenticationProvider(AuthStore.newStore(List.of(credentials))));
    this.registry = builder.withInsecure(plain).withSkipTlsVerify(false).build();
  }

  /**
   * Copies one file of an artefact. The first one that is asked for is its manifest's moment: what
   * a tag names then is what the others are taken from.
   *
   * @param address {@code oci://host/repository:tag/file}
   * @param target is written anew
   * @param mostBytes that it may have
   * @throws NoSuchFileException there is no such artefact, or no such file in it
   * @throws IOException it cannot be had; the message is a sentence without an end
   */
  public void copy(String address, Path target, long mostBytes)
      throws IOException, InterruptedException {
    Matcher parts = parts(address);
    try {
      var unused =
          TimedCall.of("osteon-model-pull", most, () -> copy(parts, address, target, mostBytes));
    } catch (TimeoutException e) {
      throw new IOException(
          "the registry of %s did not give it within %d s".formatted(address, most.toSeconds()), e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException known) {
        throw known;
      }
      throw new IOException("the registry's answer cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private Path copy(Matcher parts, String address, Path target, long mostBytes) throws IOException {
    ContainerRef ref = ContainerRef.parse(parts.group(1) + parts.group(2));
    String file = parts.group(3);
    try {
      Layer layer = layer(manifest(parts, ref), address, file);
      if (layer.getSize() > mostBytes) {
        throw new IOException(address + " has more than " + mostBytes + " bytes");
      }
      Files.deleteIfExists(target);
      registry.fetchBlob(ref.withDigest(layer.getDigest()), target);
      return target;
    } catch (OrasException e) {
      throw failure(address, ref, e);
    }
  }

  /**
   * Puts files there, under a tag that does not exist yet or has just these.
   *
   * @param address {@code oci://host/repository:tag}
   * @param files by the names that they have there
   * @return where they lie for good: the address with the artefact's digest in its tag's place
   * @throws IOException it cannot be done; the message is a sentence without an end
   */
  public String push(String address, Map<String, Path> files) throws IOException {
    Matcher parts = parts(address);
    ContainerRef ref = ContainerRef.parse(parts.group(1) + parts.group(2));
    try {
      Manifest before = existing(ref);
      Map<String, String> there = digests(before);
      Map<String, String> ours = new TreeMap<>();
      files.forEach((name, file) -> ours.put(name, Layer.fromFile(file).getDigest()));
      if (!there.isEmpty() && !there.equals(ours)) {
        throw new IOException(
            address + " is there with other files, and a version never changes: take another tag");
      }
      if (before != null && !there.isEmpty()) {
        return forGood(parts, before);
      }
      List<Layer> layers = new ArrayList<>();
      for (Map.Entry<String, Path> file : files.entrySet()) {
        layers.add(
            registry
                .pushBlob(ref, file.getValue())
                .withMediaType(LAYER_TYPE)
                .withAnnotations(Map.of(TITLE, file.getKey())));
      }
      Config config = registry.pushConfig(ref, Config.empty());
      Manifest made = Manifest.empty().withArtifactType(TYPE).withConfig(config).withLayers(layers);
      Manifest pushed = registry.pushManifest(ref, made);
      return forGood(parts, pushed);
    } catch (OrasException e) {
      throw failure(address, ref, e);
    }
  }

  private static String forGood(Matcher parts, Manifest manifest) {
    return "oci://" + parts.group(1) + "@" + manifest.getDescriptor().getDigest();
  }

  private Manifest manifest(Matcher parts, ContainerRef ref) {
    String version = parts.group(1) + parts.group(2);
    // A tag may name another artefact by now: each version begins with its own manifest.
    Manifest known = "model.json".equals(parts.group(3)) ? null : manifests.get(version);
    if (known == null) {
      known = registry.getManifest(ref);
      manifests.put(version, known);
    }
    return known;
  }

  private @Nullable Manifest existing(ContainerRef ref) {
    try {
      return registry.getManifest(ref);
    } catch (OrasException e) {
      if (e.getStatusCode() != null && e.getStatusCode() == NOT_FOUND) {
        return null;
      }
      throw e;
    }
  }

  private static Map<String, String> digests(@Nullable Manifest manifest) {
    Map<String, String> digests = new TreeMap<>();
    if (manifest != null) {
      manifest.getLayers().forEach(layer -> digests.put(title(layer), layer.getDigest()));
    }
    return digests;
  }

  private static Layer layer(Manifest manifest, String address, @Nullable String file)
      throws NoSuchFileException {
    Map<String, Layer> files = new HashMap<>();
    manifest.getLayers().forEach(layer -> files.put(title(layer), layer));
    Layer layer = file == null ? null : files.get(file);
    if (layer == null) {
      throw new NoSuchFileException(address);
    }
    return layer;
  }

  private static String title(Descriptor layer) {
    Map<String, String> annotations = layer.getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(TITLE, "");
  }

  private Matcher parts(String address) throws IOException {
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches()) {
      throw new IOException(
          "the address " + address + " is none: write oci://host/repository:tag or @sha256:…");
    }
    String repository = parts.group(1);
    if (allowed.stream()
        .noneMatch(
            each -> each.endsWith("/") ? repository.startsWith(each) : repository.equals(each))) {
      throw new IOException(repository + " is not among " + setting);
    }
    return parts;
  }

  private static IOException failure(String address, ContainerRef ref, OrasException e) {
    Integer status = e.getStatusCode();
    if (status != null && status == NOT_FOUND) {
      return new NoSuchFileException(address);
    }
    return new IOException(
        "the registry %s does not give it (%s)"
            .formatted(ref.getRegistry(), status == null ? e.getMessage() : "HTTP " + status),
        e);
  }
}
