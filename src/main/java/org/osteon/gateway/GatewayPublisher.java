package org.osteon.gateway;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.osteon.client.EventPublisher;
import org.osteon.client.PlainClients;
import org.osteon.config.Settings;
import org.osteon.config.keys.DeliverKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.TopicPlan;
import org.osteon.event.XRayEvent;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.identity.IdentityPublisher;
import org.osteon.identity.IdentitySeal;
import org.osteon.identity.Original;
import org.osteon.identity.SiteKeys;

/**
 * What the gateway hands over, on its way to the brokers: events, and where the site has keys for
 * them, identities.
 *
 * <p><b>Threading.</b> Any number of threads.
 */
public final class GatewayPublisher implements EventSink, AutoCloseable {
  private final EventPublisher events;
  private final @Nullable Producer<byte[], byte[]> producer;
  private final @Nullable IdentityPublisher identities;

  /**
   * @param further settings of the producers, weaker than {@code kafka.*}
   * @throws org.osteon.config.value.ConfigException identity.key.file holds no keys
   * @throws org.osteon.event.registry.RegistryRefusedException a schema was never registered
   */
  public GatewayPublisher(Settings settings, Map<String, Object> further) {
    SiteKeys keys = settings.find(DeliverKeys.IDENTITY_KEY_FILE).map(SiteKeys::read).orElse(null);
    this.events = new EventPublisher(settings, further);
    if (keys == null) {
      this.producer = null;
      this.identities = null;
      return;
    }
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    serdes.warm(TopicPlan.Writer.GATEWAY);
    Producer<byte[], byte[]> own = PlainClients.producer(settings, further);
    this.producer = own;
    this.identities =
        new IdentityPublisher(
            own, serdes, new IdentitySeal(keys), settings.get(TopicKeys.IDENTITIES));
  }

  @Override
  public Future<?> publish(XRayEvent event) {
    return events.publish(event);
  }

  @Override
  public Future<?> keep(IdentitySeal.Pseudonymous image, Original original) {
    return identities == null
        ? CompletableFuture.completedFuture(null)
        : identities.publish(image, original);
  }

  @Override
  public void close() {
    events.close();
    if (producer != null) {
      producer.close();
    }
  }
}
