/**
 * What a version is: its folder, its manifest, digests and signature, and where folders lie. Start
 * reading at {@link org.osteon.model.ModelVersion}; {@link org.osteon.model.engine} runs one.
 */
@NullMarked
package org.osteon.model;

import org.jspecify.annotations.NullMarked;
