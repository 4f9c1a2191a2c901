/** Routing, access declarations, error mapping, paging and limits of the HTTP side. */
@NullMarked
package dev.esteira.http;

import org.jspecify.annotations.NullMarked;
