package org.osteon.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.DeliverKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.KafkaFault;
import org.osteon.event.TopicPlan;
import org.osteon.event.registry.EventSerdes;
import org.osteon.identity.IdentityPublisher;
import org.osteon.identity.IdentitySeal;
import org.osteon.identity.Original;
import org.osteon.identity.SiteKeys;

/**
 * What the pseudonyms of orders' numbers stand for, sealed under the site's key, so that a result
 * can say which order it answers. Where the site has no key for it, nothing is kept.
 *
 * <p><b>Threading.</b> Any number of threads.
 */
final class OrderNumbers {
  /** Of a listener without the key. */
  static final OrderNumbers NONE = new OrderNumbers(null);

  private final @Nullable IdentityPublisher publisher;

  /**
   * @param pseudonym of the number, as results have it
   * @param patient pseudonym, or null: by it they are deleted with the patient's images
   */
  record Numbers(String pseudonym, @Nullable String patient, String placer, String filler) {}

  OrderNumbers(@Nullable IdentityPublisher publisher) {
    this.publisher = publisher;
  }

  /**
   * With {@code identity.key.file}, where it is set.
   *
   * @param producer closed by its creator
   */
  static OrderNumbers of(Settings settings, Producer<byte[], byte[]> producer, EventSerdes serdes) {
    SiteKeys keys = settings.find(DeliverKeys.IDENTITY_KEY_FILE).map(SiteKeys::read).orElse(null);
    if (keys == null) {
      return NONE;
    }
    serdes.warm(TopicPlan.Writer.GATEWAY);
    return new OrderNumbers(
        new IdentityPublisher(
            producer, serdes, new IdentitySeal(keys), settings.get(TopicKeys.IDENTITIES)));
  }

  /**
   * Returns when the brokers have all of them.
   *
   * @throws KafkaFault one or more did not arrive; all of them may be written again
   */
  void keep(List<Numbers> orders) {
    if (publisher == null) {
      return;
    }
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Numbers each : orders) {
      sent.add(
          publisher.publish(
              IdentitySeal.Pseudonymous.ofOrder(each.pseudonym(), each.patient()),
              Original.ofOrder(each.placer(), each.filler())));
    }
    sent.forEach(each -> KafkaFault.get("write an order's numbers", each));
  }
}
