/**
 * A loader for what `lib/api` becomes in the browser: without the sentences that describe each operation to people
 * who write clients, and that no page shows.
 */
module.exports = function withoutSummaries(source) {
  return source.replace(/^( {2}summary:)\s*"(?:[^"\\]|\\.)*",$/gm, '$1 "",');
};
