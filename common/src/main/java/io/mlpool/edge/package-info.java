/** What happens to every request and answer of a service, whoever asks for what: a name, protective headers, limits, other origins. */
@NullMarked
package io.mlpool.edge;

import org.jspecify.annotations.NullMarked;
