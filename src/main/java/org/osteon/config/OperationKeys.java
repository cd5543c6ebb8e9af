package org.osteon.config;

import java.net.InetSocketAddress;

/** What an operator looks in by. */
public final class OperationKeys {
  static final KeyGroup KEYS = new KeyGroup();

  public static final Setting<Integer> HTTP_DIAGNOSTICS_PORT =
      KEYS.add(
          new Setting<>(
              "http.diagnostics.port",
              null,
              ValueTypes.whole(0, 65_535),
              "Port on the loopback address for /threads, /heap and /recording?seconds=N, as jcmd tells them; without, there is none.",
              "Whoever is on this machine, or in this pod, may ask: in a cluster that is who may do kubectl port-forward."));

  public static final Setting<InetSocketAddress> GATEWAY_HEALTH_LISTEN =
      KEYS.add(
          new Setting<>(
              "gateway.health.listen",
              null,
              ValueTypes.listen(),
              "Address and port of the gateway's own /livez, /readyz and /metrics; port 0 takes a free one; without, there are none.",
              "It listens in plain HTTP and asks nobody for a token: keep it inside the cluster."));

  private OperationKeys() {}
}
