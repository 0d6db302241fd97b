package dev.hyperbrush.store;

/**
 * Why a job waits for a moderator. Immutable.
 *
 * @param realm whose moderators see it
 * @param ruleId the content rule that holds it
 * @param reason of the rule, empty when it has none
 * @param byOperator whether it is a rule for everywhere, so that only whoever runs the program
 *     decides
 */
public record Hold(Realm realm, long ruleId, String reason, boolean byOperator) {}
