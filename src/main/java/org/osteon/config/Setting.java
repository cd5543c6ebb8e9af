package org.osteon.config;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every key of the configuration: its default, its range, what it means, and what goes wrong with
 * it. {@code docs/configuration.md} is made from this enum.
 */
public enum Setting {
  BOOTSTRAP_SERVERS(
      "bootstrap.servers",
      null,
      SettingWords.servers(),
      "The Kafka brokers that are asked first.",
      "Name at least two: with one, nothing starts while that broker restarts."),
  SCHEMA_REGISTRY_URL(
      "schema.registry.url",
      null,
      new ValueRule.HttpUrls(),
      "The schema registry, anything that speaks Confluent's API.",
      "While it cannot be reached the service waits, unready; nothing is lost, nothing moves on."),
  APPLICATION_ID(
      "application.id",
      "osteon",
      new ValueRule.Matching("[a-zA-Z0-9._-]{1,200}", SettingWords.NAME),
      "The consumer group and the prefix of the transactional ids; the same in all replicas.",
      "A new id starts with no offsets: everything that the topics still hold is classified again."),
  TOPICS_EVENTS(
      "topics.events",
      "xray.events",
      SettingWords.topic(),
      "Where publishers put XRayEvent.",
      SettingWords.NOTHING_MOVES),
  TOPICS_RESULTS(
      "topics.results",
      "xray.results",
      SettingWords.topic(),
      "Where ClassificationResult goes, one for each event that could be classified.",
      SettingWords.NOTHING_MOVES),
  TOPICS_STUDIES(
      "topics.studies",
      "xray.studies",
      SettingWords.topic(),
      "Where StudyAssessment goes, compacted by study.",
      SettingWords.NOTHING_MOVES),
  TOPICS_ALERTS(
      "topics.alerts",
      "xray.alerts",
      SettingWords.topic(),
      "Where Alert goes: what someone must look at now.",
      SettingWords.NOTHING_MOVES),
  TOPICS_DEAD_LETTERS(
      "topics.dead-letters",
      "xray.dead-letters",
      SettingWords.topic(),
      "Where DeadLetter goes, one for each event that could not be classified.",
      SettingWords.NOTHING_MOVES),
  TOPICS_MODELS(
      "topics.models",
      "xray.models",
      SettingWords.topic(),
      "Where ModelDeployment is read from: which model version replicas should run.",
      SettingWords.NOTHING_MOVES),
  MODEL_PATH(
      "model.path",
      null,
      SettingWords.anything(),
      "A model version: its folder, `models/<name>/<version>`, or `s3://bucket/prefix/version`.",
      "A version whose digests or golden outputs do not match is refused at start."),
  MODEL_S3_BUCKETS(
      "model.s3.buckets",
      null,
      SettingWords.list("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^,\\s]*)?", "bucket or bucket/prefix"),
      "Buckets that model versions may be fetched from, at fetch.s3.endpoint; with a prefix, only keys that begin with it.",
      "A version is code: name none that publishers of images may write to."),
  MODEL_CACHE(
      "model.cache",
      null,
      SettingWords.anything(),
      "Folder where versions from S3 are kept, the four used last; without it osteon-models below the temporary folder.",
      "Lost with the container, it is filled again at the next start, which then needs the store."),
  MODEL_TRUSTED_KEYS(
      "model.trusted.keys",
      null,
      SettingWords.list("[^,]+", "path of an Ed25519 public key in PEM"),
      "Whose signatures count: a version without one of these keys' beside its manifest is refused, wherever it comes from.",
      "Without it versions are not held to signatures; TorchScript is code."),
  MODEL_DEPLOYMENTS(
      "model.deployments",
      "follow",
      new ValueRule.Choice(List.of("follow", "ignore")),
      "Whether replicas run what topics.models names, at start and while they run, or model.path alone.",
      "With ignore, `osteon model deploy` changes nothing here; a roll-out is a restart."),
  MODEL_SHADOW_SHARE(
      "model.shadow.share",
      "0.1",
      new ValueRule.Share(),
      "Share of the images that a version deployed as SHADOW is asked about as well, chosen by their digests; 0 runs none.",
      "It is asked when the device has nothing else to do, so a busy replica compares fewer; it needs the memory of a second model."),
  DRIFT_WINDOW(
      "drift.window",
      "2000",
      new ValueRule.Whole(100, 100_000),
      "The last images of a replica that are held against what the version was made from.",
      "Few make the index noisy, by about the number of bins over it; many notice a change late."),
  BATCH_MAX_SIZE(
      "batch.max.size",
      "16",
      new ValueRule.Whole(1, 1024),
      "Images in one call of the model at most.",
      "Too small leaves a GPU idle; too large delays each image and may exhaust the device's memory."),
  BATCH_MAX_DELAY_MS(
      "batch.max.delay.ms",
      "20",
      new ValueRule.Whole(0, 10_000),
      "Milliseconds that the oldest image waits for others, counted from its arrival; not at all where none is to be expected, and while others wait to be decoded up to "
          + BatchDelays.BEHIND_A_BACKLOG
          + " times as long.",
      "A quiet stream pays this on every image; 0 sends each batch as soon as the device is free."),
  INFERENCE_DEVICE(
      "inference.device",
      "auto",
      new ValueRule.Matching("auto|cpu|gpu|gpu:\\d{1,3}", "auto, cpu, gpu or gpu:N"),
      "Where the model runs; auto takes a GPU when the engine sees one.",
      "gpu without a visible GPU refuses to start instead of falling back to a crawl."),
  INFERENCE_PRECISION(
      "inference.precision",
      "auto",
      new ValueRule.Matching("auto|f32|bf16|fp16|int8", "auto, f32, bf16, fp16 or int8"),
      "Which variant of the version answers; auto measures them at start and takes the fastest.",
      "Replicas on different machines may choose differently, and then differ within the version's tolerance; name one where they must not."),
  INFERENCE_THREADS(
      "inference.threads",
      "0",
      new ValueRule.Whole(0, 256),
      "Threads that call the model, each with a predictor of its own; 0 measures at start how CPUs are best shared between them and threads inside a call.",
      "Each call gets the CPUs over this number. More than the device serves costs memory for each and gains nothing."),
  INFERENCE_TIMEOUT_MS(
      "inference.timeout.ms",
      "10000",
      new ValueRule.Whole(100, 600_000),
      "Milliseconds after which a call of the model counts as hung.",
      "Too short takes a slow device for a dead one; too long delays the moment someone is told, and lengthens the transaction timeout derived from it."),
  DECODE_THREADS(
      "decode.threads",
      "0",
      new ValueRule.Whole(0, 256),
      "Threads that decode images; 0 derives it from the CPUs this process may use.",
      "Too few starve the device; more than there are CPUs take turns and hold more memory."),
  IMAGE_MAX_BYTES(
      "image.max.bytes",
      Long.toString(32L << 20),
      new ValueRule.Whole(1024, 512L << 20),
      "Largest image file in bytes; a larger one becomes a dead letter, TOO_MANY_BYTES.",
      "Raise it and the topics must be raised too: `osteon topics` says which and how."),
  IMAGE_MAX_PIXELS(
      "image.max.pixels",
      "100000000",
      new ValueRule.Whole(1, Integer.MAX_VALUE),
      "Largest width times height; a larger one becomes a dead letter, TOO_MANY_PIXELS.",
      "Each decode thread may hold this many pixels at once, up to four bytes each."),
  MEMORY_BUDGET_MB(
      "memory.budget.mb",
      "256",
      new ValueRule.Whole(64, 1 << 20),
      "MiB for images that were fetched and are not finished, over all threads.",
      "Of the Java heap: above six tenths of it, or below four of the largest images, it is refused."),
  MODALITIES(
      "modalities",
      "CR, DX, RG, MG",
      SettingWords.list("[A-Z]{2,16}", "DICOM's term for a modality"),
      "Modalities (0008,0060) that are radiographs, for the event's word and for the DICOM header's.",
      "The model was trained on bones in CR, DX and RG; what else is named here gets its answer as if it were one."),
  MODALITIES_OTHERS(
      "modalities.others",
      "refer",
      new ValueRule.Choice(List.of("refer", "dead-letter")),
      "What becomes of others: a result that a person decides (UNSUPPORTED_MODALITY), or a dead letter of that reason.",
      "A dead letter is seen by nobody who reads results alone."),
  DUPLICATES_WINDOW_MINUTES(
      "duplicates.window.minutes",
      "1440",
      new ValueRule.Whole(0, 43_200),
      "Minutes for which an event is remembered by its eventId and study, and not classified again; 0 remembers none.",
      "A longer window costs about a kilobyte of heap for each event in it."),
  DUPLICATES_ANSWER(
      "duplicates.answer",
      "republish",
      new ValueRule.Choice(List.of("republish", "drop")),
      "What an event gets that was answered before: its first result again, with the same resultId, or nothing.",
      "With drop, whoever waits for an answer to its second event waits forever."),
  DUPLICATES_MAX_EVENTS(
      "duplicates.max.events",
      "5000",
      new ValueRule.Whole(1, 10_000_000),
      "Events remembered for each partition of the events topic; beyond, the oldest are forgotten.",
      "Too few shortens the window on a busy day; each is about a kilobyte of heap."),
  DUPLICATES_IMAGES(
      "duplicates.images",
      "0",
      new ValueRule.Whole(0, 10_000_000),
      "Images whose answer this replica keeps by SHA-256, so that the same picture under another id is not classified again; 0 keeps none.",
      "A benchmark that repeats its pictures then measures the cache; each is about 200 bytes of heap."),
  EVENT_TEXT_MAX_LENGTH(
      "event.text.max.length",
      "256",
      new ValueRule.Whole(16, 4096),
      "Characters that facility, accession number and pseudonym of an event may have; beyond, it is a dead letter EVENT_OUT_OF_BOUNDS.",
      "Each goes on into the result, the verdict and the alert, whose topics take a megabyte a record."),
  EVENT_ATTRIBUTES_MAX_BYTES(
      "event.attributes.max.bytes",
      "16384",
      new ValueRule.Whole(0, 262_144),
      "Bytes that an event's attributes may have together.",
      "The same; too few and a publisher's events become dead letters."),
  EVENT_HEADERS_MAX_BYTES(
      "event.headers.max.bytes",
      "8192",
      new ValueRule.Whole(0, 262_144),
      "Bytes that an event's headers may have together; they are handed on with what comes of it.",
      "The same."),
  ALERTS_REVIEW_PROBABILITY(
      "alerts.review.probability",
      "model",
      new ValueRule.ByPlace(),
      "From this probability of anything but healthy on the finding is DOUBT, the result is referred and a REVIEW alert is raised; model takes the version's own.",
      "A high one hides what is wrong, a low one fills the review list with healthy bones."),
  ALERTS_URGENT_PROBABILITY(
      "alerts.urgent.probability",
      "model",
      new ValueRule.ByPlace(),
      "From this probability of anything but healthy on the finding is DEFINITE and an URGENT alert is raised; model takes the version's own.",
      "A version without thresholds of its own raises nothing until one is given here; a low one tires whoever is paged."),
  ALERTS_CRITICAL_PROBABILITY(
      "alerts.critical.probability",
      "model",
      new ValueRule.ByPlace(),
      "From this probability of beyond repair on the finding is CRITICAL and a CRITICAL alert is raised; model takes the version's own.",
      "The same; replicas that differ in it say different things of the same image."),
  STUDIES_RETENTION_HOURS(
      "studies.retention.hours",
      "168",
      new ValueRule.Whole(1, 8784),
      "Hours without a new image after which the service forgets a study.",
      "What is replayed later raises its alerts again, and a late view begins the study anew; each study costs about a kilobyte of heap."),
  STUDIES_SETTLE_SECONDS(
      "studies.settle.seconds",
      "120",
      new ValueRule.Whole(0, 86_400),
      "Seconds without a new image after which a study's verdict is published once more, marked settled; 0 for never.",
      "Too short and consumers act before the last view; too long and they wait for nothing."),
  STUDIES_MAX_IMAGES(
      "studies.max.images",
      "256",
      new ValueRule.Whole(1, 2_000),
      "Images of a study that are counted and listed one by one.",
      "Further ones still count for its label, its decision and its alerts, but are not listed."),
  FETCH_S3_BUCKETS(
      "fetch.s3.buckets",
      null,
      SettingWords.list("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^,\\s]*)?", "bucket or bucket/prefix"),
      "Buckets whose objects references may name; with a prefix, only keys that begin with it.",
      "A bucket that is not named here is FORBIDDEN_URI; end a prefix with a slash, or its siblings are allowed too."),
  FETCH_S3_ENDPOINT(
      "fetch.s3.endpoint",
      null,
      new ValueRule.Matching("https?://[^\\s,/@?#]+(/[^\\s,@?#]*)?", "an http or https address"),
      "The S3-compatible store, also for uploads; without it Amazon's.",
      "In plain http, images and what they are signed with can be read on the way."),
  FETCH_S3_REGION(
      "fetch.s3.region",
      null,
      new ValueRule.Matching("[a-z0-9-]{2,40}", "the name of a region"),
      "Region of the buckets; without it AWS's provider chain says.",
      "Without any, nothing starts; a store of one's own takes us-east-1."),
  FETCH_S3_PATH_STYLE(
      "fetch.s3.path.style",
      "false",
      new ValueRule.Choice(List.of("true", "false")),
      "Whether a bucket is part of the path instead of the host's name.",
      "Most stores of one's own need true: otherwise bucket.host does not resolve."),
  FETCH_HTTPS_HOSTS(
      "fetch.https.hosts",
      null,
      SettingWords.list("[a-zA-Z0-9.-]+(:\\d{1,5})?", "host or host:port"),
      "Hosts whose https addresses references may name.",
      "Whoever controls that name decides what is read; no redirect away from it is followed."),
  FETCH_HTTP_HOSTS(
      "fetch.http.hosts",
      null,
      SettingWords.list("[a-zA-Z0-9.-]+(:\\d{1,5})?", "host or host:port"),
      "The same in plain http, for hosts of an intranet that have nothing else.",
      "Anyone on the way can read the images; the digest still tells whether they were changed."),
  FETCH_PRIVATE_NETWORKS(
      "fetch.private.networks",
      null,
      SettingWords.list("[0-9a-fA-F.:]+(/\\d{1,3})?", "network in CIDR notation"),
      "Loopback, link-local and private addresses that fetch.https.hosts and fetch.http.hosts may lead to.",
      "Name the archive's own network, never all: 169.254.0.0/16 hands out a cloud's credentials."),
  FETCH_FILE_ROOTS(
      "fetch.file.roots",
      null,
      SettingWords.list("/[^,]+", "absolute path"),
      "Folders below which file addresses may lead; no symbolic link below them is followed.",
      "Everything below them can be read by whoever publishes events."),
  FETCH_TIMEOUT_MS(
      "fetch.timeout.ms",
      "30000",
      new ValueRule.Whole(100, 600_000),
      "Milliseconds that an image has to be fetched, all attempts, from the moment it was taken up.",
      "Half of memory.budget.mb must come over the link within it; it lengthens the transaction timeout, where anything may be fetched."),
  FETCH_THREADS(
      "fetch.threads",
      "8",
      new ValueRule.Whole(1, 256),
      "Images that are fetched at once.",
      "Too few leave the link idle; more only wait, within the same memory."),
  FETCH_PATIENCE_MINUTES(
      "fetch.patience.minutes",
      "15",
      new ValueRule.Whole(0, 1440),
      "Minutes for which a store that answers nobody is waited for, unready and with nothing committed.",
      "After them its images become dead letters, STORE_UNAVAILABLE, until it answers; images elsewhere on the same partitions wait too."),
  PUBLISH_INLINE_MAX_BYTES(
      "publish.inline.max.bytes",
      "1048576",
      new ValueRule.Whole(0, 512L << 20),
      "Images up to this size travel in their events; larger ones are uploaded, where publish.upload.to is set.",
      "Large events cost brokers and consumers memory; many small objects cost round trips."),
  PUBLISH_UPLOAD_TO(
      "publish.upload.to",
      null,
      SettingWords.uploads(),
      "Where larger images are put, under their SHA-256; without it all travel in their events.",
      "The service must be allowed to fetch there, or each becomes FORBIDDEN_URI; nothing removes them, so let the store expire them."),
  GATEWAY_DICOM_PORT(
      "gateway.dicom.port",
      "11112",
      new ValueRule.Whole(0, 65_535),
      "Port of `osteon gateway` for C-STORE and C-ECHO; 0 takes a free one and prints it.",
      "Without gateway.tls.keystore everything on it can be read on the way."),
  GATEWAY_AE_TITLE(
      "gateway.ae.title",
      "OSTEON",
      new ValueRule.Matching("[A-Za-z0-9_.-]{1,16}", "up to 16 letters, digits or _ . -"),
      "Title by which senders must call.",
      "One that calls by another is rejected."),
  GATEWAY_DICOM_STAT_TITLES(
      "gateway.dicom.stat.titles",
      null,
      SettingWords.list("[A-Za-z0-9_.-]{1,16}", "AE title"),
      "Titles whose images are all STAT: of senders, or by which the gateway is called beside gateway.ae.title.",
      "Where everything is STAT, nothing overtakes."),
  GATEWAY_PEERS(
      "gateway.peers",
      "*@127.0.0.0/8, *@::1",
      SettingWords.peers(),
      "Who may send by DICOM: calling title and network in CIDR notation.",
      "A title proves nothing, an address little: ask for certificates (gateway.tls.clients) where the network is not yours alone."),
  GATEWAY_SOP_CLASSES(
      "gateway.sop.classes",
      null,
      SettingWords.list("[0-9.]{1,64}", "UID"),
      "Storage SOP classes that are taken beside those of radiographs.",
      "What is no radiograph is classified nonetheless, unless modalities says otherwise."),
  GATEWAY_ASSOCIATIONS(
      "gateway.associations",
      "32",
      new ValueRule.Whole(1, 1024),
      "Associations at once; further ones are rejected for the moment.",
      "A sender that opens many and says nothing keeps others out until gateway.idle.timeout.ms."),
  GATEWAY_IDLE_TIMEOUT_MS(
      "gateway.idle.timeout.ms",
      "30000",
      new ValueRule.Whole(500, 3_600_000),
      "Milliseconds that a sender may be silent before its association is aborted.",
      "Some modalities keep an association open between images and must open another then."),
  GATEWAY_ACK_TIMEOUT_MS(
      "gateway.ack.timeout.ms",
      "20000",
      new ValueRule.Whole(500, 600_000),
      "Milliseconds that the brokers may take to acknowledge; then the sender is told to try again.",
      "Longer than a sender waits, and it sends again anyway; the second event is the same."),
  GATEWAY_FACILITY(
      "gateway.facility",
      "gateway",
      new ValueRule.Matching("[A-Za-z0-9_.-]{1,64}", "up to 64 letters, digits or _ . -"),
      "Code of the site in all of its events.",
      "No address and no person: it is published."),
  GATEWAY_DEIDENTIFY(
      "gateway.deidentify",
      "true",
      new ValueRule.Choice(List.of("true", "false")),
      "Whether what leaves is de-identified by PS3.15's basic profile.",
      "With false, names and numbers of patients are in the topic."),
  GATEWAY_UIDS(
      "gateway.uids",
      "replace",
      new ValueRule.Choice(List.of("replace", "keep")),
      "Whether UIDs are replaced by keyed ones (studies stay together) or kept, so that results name the archive's own.",
      "Kept UIDs lead back to the patient for everyone who may ask the archive."),
  GATEWAY_KEY_FILE(
      "gateway.key.file",
      null,
      SettingWords.anything(),
      "File with at least 32 random bytes: the key of pseudonyms and replaced UIDs.",
      "Another key is another pseudonym for everyone; lost, no result finds its patient again."),
  GATEWAY_TLS_KEYSTORE(
      "gateway.tls.keystore",
      null,
      SettingWords.anything(),
      "PKCS12 store with the gateway's key, and the certificates of clients it trusts; for DICOM and HTTP.",
      "Without it both are plain."),
  GATEWAY_TLS_PASSWORD_FILE(
      "gateway.tls.password.file",
      null,
      SettingWords.anything(),
      "File with the password of that store.",
      "Readable by the gateway alone."),
  GATEWAY_TLS_CLIENTS(
      "gateway.tls.clients",
      "false",
      new ValueRule.Choice(List.of("true", "false")),
      "Whether DICOM senders must show a certificate that the store trusts.",
      "Senders without one cannot connect."),
  GATEWAY_HTTP_PORT(
      "gateway.http.port",
      null,
      new ValueRule.Whole(0, 65_535),
      "Port for POST /events and DICOMweb's POST /studies; 0 takes a free one and prints it; without, there is no HTTP.",
      "Without gateway.tls.keystore the token and the images can be read on the way."),
  GATEWAY_HTTP_TOKEN_FILE(
      "gateway.http.token.file",
      null,
      SettingWords.anything(),
      "File with the token that HTTP senders must show, at least 16 characters.",
      "Whoever has it may publish."),
  HTTP_PORT(
      "http.port",
      "8080",
      new ValueRule.Whole(0, 65_535),
      "Port of /livez and /readyz, and of /metrics and /version unless http.metrics.listen is set; 0 takes a free one and prints it.",
      "It listens in plain HTTP: keep it inside the cluster."),
  HTTP_ADDRESS(
      "http.address",
      "0.0.0.0",
      new ValueRule.Matching("[0-9a-zA-Z.:-]{1,253}", "an address or a name of this machine"),
      "Address that it listens on: 0.0.0.0 for all, 127.0.0.1 for this machine alone.",
      "Probes and scrapers come from outside of the container: 127.0.0.1 shuts them out."),
  HTTP_METRICS_LISTEN(
      "http.metrics.listen",
      null,
      new ValueRule.Matching("[0-9a-zA-Z.:-]{1,253}:\\d{1,5}", "address:port, of this machine"),
      "Address and port of /metrics and /version, which are then no longer on http.port; port 0 takes a free one.",
      "Without it, whoever reaches the probes reads the metrics too."),
  HTTP_METRICS_TOKEN_FILE(
      "http.metrics.token.file",
      null,
      SettingWords.anything(),
      "File with the token that readers of /metrics and /version must show (Authorization: Bearer), at least 16 characters; probes need none.",
      "In plain HTTP it can be read on the way. `osteon scale-advice` shows it where it has the same setting."),
  HEALTH_STUCK_AFTER_MS(
      "health.stuck.after.ms",
      "120000",
      new ValueRule.Whole(1_000, 3_600_000),
      "Milliseconds without an answer, with backlog and with broker and registry there, after which /livez says no.",
      "Below the time of a slow batch or a long drain it restarts a replica that works; a restart makes a rebalance."),
  LOG_FORMAT(
      "log.format",
      "text",
      new ValueRule.Choice(List.of("text", "json")),
      "How `serve` logs: lines for people, or one JSON object a line.",
      "What is said before the configuration is read is text in either case."),
  PROCESSING_GUARANTEE(
      "processing.guarantee",
      "exactly_once_v2",
      new ValueRule.Choice(List.of("exactly_once_v2", "at_least_once")),
      "Whether readers with read_committed see each result exactly once, or at least once.",
      "At least once, a crash publishes results again, with equal resultId: readers drop duplicates by it."),
  GROUP_PROTOCOL(
      "group.protocol",
      "classic",
      new ValueRule.Choice(List.of("classic", "streams")),
      "How replicas share partitions: classic rebalances, or the streams protocol of KIP-1071.",
      "streams needs brokers of 4.2 or newer with the streams rebalance protocol enabled.");

  private final String key;
  private final @Nullable String defaultValue;
  private final ValueRule rule;
  private final String meaning;
  private final String caution;

  Setting(
      String key, @Nullable String defaultValue, ValueRule rule, String meaning, String caution) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.rule = rule;
    this.meaning = meaning;
    this.caution = caution;
  }

  /** The key in a file, {@code model.path}. */
  public String key() {
    return key;
  }

  /** The environment variable, {@code OSTEON_MODEL_PATH}. */
  public String variable() {
    return "OSTEON_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The default, or null where the operator must give one. */
  public @Nullable String defaultValue() {
    return defaultValue;
  }

  /** The range in words. */
  public String range() {
    return rule.range();
  }

  /** What it means, with its unit. */
  public String meaning() {
    return meaning;
  }

  /** What goes wrong with it. */
  public String caution() {
    return caution;
  }

  /** Null where the value is right, else what it should be, to follow "must be". */
  @Nullable String fault(String value) {
    return rule.fault(value);
  }
}
