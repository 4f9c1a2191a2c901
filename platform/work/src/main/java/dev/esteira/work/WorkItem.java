package dev.esteira.work;

import dev.esteira.kernel.WorkspaceName;

/**
 * Work as its kind sees it.
 *
 * @param id unique in the workspace
 * @param payload what the submitter wrote
 * @param attempt 1 for the first
 */
public record WorkItem(WorkspaceName workspace, String id, String kind, String payload, int attempt) {}
