package org.osteon.topology.classify;

import java.time.Clock;
import org.osteon.event.EventReader;
import org.osteon.topology.listen.TopologyListener;
import org.osteon.topology.listen.Traces;
import org.osteon.topology.model.ActiveModels;
import org.osteon.topology.owner.OwnerLog;
import org.osteon.topology.seen.DeduplicationSettings;

/**
 * What the classify processors of all tasks share.
 *
 * @param models that answer
 * @param reader of events
 * @param bounds of what an event may say
 * @param outputs what is published of a record
 * @param settings how it waits and commits
 * @param deduplication what becomes of an event that was seen before
 * @param modalities what is taken for a radiograph
 * @param orders whether orders are joined to images
 * @param owners where it is said who has which partition
 * @param listener told of each step
 * @param traces of records
 * @param clock the service's own
 */
public record ClassifyParts(
    ActiveModels models,
    EventReader reader,
    EventBounds bounds,
    RecordOutputs outputs,
    ClassifySettings settings,
    DeduplicationSettings deduplication,
    ModalityPolicy modalities,
    boolean orders,
    OwnerLog owners,
    TopologyListener listener,
    Traces traces,
    Clock clock) {}
