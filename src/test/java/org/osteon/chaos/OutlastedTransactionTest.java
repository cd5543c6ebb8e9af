package org.osteon.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.service.Hooks;
import org.osteon.service.KafkaClients;
import org.osteon.service.OsteonService;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.Hospital;
import org.osteon.topology.commit.CommitBarrier;
import org.osteon.topology.listen.TopologyListener;

/** A drain that takes longer than the transaction that it belongs to. */
@Tag("chaos")
class OutlastedTransactionTest {
  @Test
  void aDrainThatOutlastsTheTransactionIsFencedAndDoneAgain() throws Exception {
    Queue<Throwable> refused = new ConcurrentLinkedQueue<>();
    AtomicInteger submitted = new AtomicInteger();
    try (Hospital hospital = UsualHospital.with(Map.of("inference.timeout.ms", "120000"));
        Admin admin = Platform.admin(hospital.settings)) {
      hospital.ward.publish(200);
      PipelineListener stall =
          new PipelineListener() {
            @Override
            public void submitted() {
              submitted.incrementAndGet();
            }

            @Override
            public void batchAnswered(int size, long inferenceNanos) {
              // A commit now waits for this batch, until the broker has aborted.
              if (refused.isEmpty() && isOpen(admin, hospital)) {
                // Or until it has refused one: what is opened after that has time, and must go on.
                await().until(() -> !refused.isEmpty() || !isOpen(admin, hospital));
              }
            }
          };
      Hooks hooks = new Hooks(stall, TopologyListener.NONE, CommitBarrier::new, hasty(refused));
      try (OsteonService service = OsteonService.start(hospital.settings, hooks)) {
        UsualHospital.check(hospital, 200);
        assertThat(refused).anyMatch(OutlastedTransactionTest::isFencing);
        assertThat(submitted).as("done again").hasValueGreaterThan(200);
        assertThat(service.health().notAlive()).isEmpty();
      }
    }
  }

  /**
   * The plan refuses such settings, so the producer is given its short timeout behind its back.
   *
   * @param refused gathers what the broker answers
   */
  private static KafkaClients hasty(Queue<Throwable> refused) {
    return new KafkaClients() {
      @Override
      public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        Map<String, Object> shortened = new TreeMap<>(config);
        // Once is enough: on a busy machine no transaction at all would be done in that time.
        if (refused.isEmpty()) {
          shortened.put("transaction.timeout.ms", "3000");
        }
        return new KafkaProducer<>(
            shortened, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public Future<RecordMetadata> send(
              ProducerRecord<byte[], byte[]> record, Callback callback) {
            return super.send(
                record,
                (metadata, failure) -> {
                  if (failure != null) {
                    refused.add(failure);
                  }
                  callback.onCompletion(metadata, failure);
                });
          }

          @Override
          public void sendOffsetsToTransaction(
              Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
            noting(() -> super.sendOffsetsToTransaction(offsets, group));
          }

          @Override
          public void commitTransaction() {
            noting(super::commitTransaction);
          }

          private void noting(Runnable call) {
            try {
              call.run();
            } catch (RuntimeException e) {
              refused.add(e);
              throw e;
            }
          }
        };
      }
    };
  }

  private static boolean isFencing(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof ProducerFencedException || at instanceof InvalidProducerEpochException) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOpen(Admin admin, Hospital hospital) {
    try {
      return admin
          .listTransactions(
              new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
          .all()
          .get()
          .stream()
          .anyMatch(
              each ->
                  each.transactionalId()
                      .startsWith(hospital.settings.get(KafkaKeys.APPLICATION_ID)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
