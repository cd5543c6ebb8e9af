package org.osteon.config.keys;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.osteon.config.value.Setting;
import org.osteon.config.value.ValueTypes;

/** What an operator looks in by, and brings versions by. */
public final class OperationKeys {
  static final KeyGroup KEYS = new KeyGroup();

  public static final Setting<Integer> HTTP_DIAGNOSTICS_PORT =
      KEYS.add(
          new Setting<>(
              "http.diagnostics.port",
              null,
              ValueTypes.whole(0, 65_535),
              "Port on the loopback address for /threads, /heap and /recording?seconds=N, as jcmd tells them; without, there is none.",
              "Any user of this machine, or of this pod, may ask: in a cluster, those with the right to kubectl port-forward."));

  public static final Setting<InetSocketAddress> GATEWAY_HEALTH_LISTEN =
      KEYS.add(
          new Setting<>(
              "gateway.health.listen",
              null,
              ValueTypes.listen(),
              "Address and port of the gateway's own /livez, /readyz and /metrics; port 0 takes a free one; without, there are none.",
              "It listens in plain HTTP and asks for no token: keep it inside the cluster."));

  public static final Setting<List<String>> OCI_REPOSITORIES =
      KEYS.add(
          new Setting<>(
              "model.oci.repositories",
              null,
              ValueTypes.list(
                  "[a-zA-Z0-9.-]+(:[0-9]+)?/[a-z0-9._/-]+", "host/repository or host/prefix/"),
              "Repositories of OCI registries that model versions may be pulled from; one that ends with a slash stands for all below it.",
              "A version is code: name none that publishers of images may write to."));

  public static final Setting<Path> OCI_CREDENTIALS =
      KEYS.add(
          new Setting<>(
              "model.oci.credentials",
              null,
              ValueTypes.path(),
              "File with the registries' credentials, as docker login writes it and a pull Secret holds it; without it they are asked without a name.",
              "Readable by this user alone."));

  public static final Setting<Boolean> OCI_PLAIN =
      KEYS.add(
          new Setting<>(
              "model.oci.plain",
              "false",
              ValueTypes.either("true", "false"),
              "Whether registries are asked by plain http.",
              "What is pulled is held to its digests, and read on the way."));

  private OperationKeys() {}
}
