/** Workspaces, principals, tokens, roles, secrets and the audit log. */
@NullMarked
package dev.esteira.access;

import org.jspecify.annotations.NullMarked;
