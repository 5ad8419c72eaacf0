-- A study may judge most of its candidates on few folds only; older studies have a trial for each candidate.
ALTER TABLE study
  ADD COLUMN candidates integer,                -- trials on the first fold; absent in older studies
  ADD COLUMN folds integer,                     -- absent, like the next, where all trials are judged on all folds
  ADD COLUMN kept_of integer;                   -- one in so many goes on after each fold
