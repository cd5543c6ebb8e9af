package org.osteon.fetch;

/** Why a reference gave no image; the names are the stable reasons of dead letters. */
public enum FetchFault {
  /** It points where nothing may be fetched. */
  FORBIDDEN_URI,
  /** The store answered that there is no such object. */
  NOT_FOUND,
  /** The store answered, and refuses to hand the object out. */
  STORE_REFUSED,
  /** More bytes than an image may have. */
  TOO_MANY_BYTES,
  /** What lies there is not what the reference says: another length or another digest. */
  DIGEST_MISMATCH,
  /** The store stayed away longer than it is waited for; to be published again when it is back. */
  STORE_UNAVAILABLE
}
