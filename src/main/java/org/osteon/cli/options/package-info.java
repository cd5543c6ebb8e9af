/**
 * What several commands share before they begin: the configuration's options, where this
 * installation lies, and whether it carries a sandbox.
 *
 * <p>For the commands alone. Start reading at {@link org.osteon.cli.options.SettingsOptions}.
 */
@NullMarked
package org.osteon.cli.options;

import org.jspecify.annotations.NullMarked;
