-- No question goes by it: stretches are taken by the end of what is to be computed, and found by the primary key.
DROP INDEX feature_pending_newest;
