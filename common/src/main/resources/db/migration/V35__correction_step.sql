-- How far an interval moves for each outcome and unit of missing coverage, in scaled returns: versions that were live before this
-- keep the step that their sums were made with.
ALTER TABLE forecast_measure ADD COLUMN correction_step double precision NOT NULL DEFAULT 0.01;
