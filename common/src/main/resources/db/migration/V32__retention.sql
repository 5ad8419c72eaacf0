-- Sums of some days out of many: of a year of 5,000 assets the last month is asked for most often, and the oldest day is removed.
CREATE INDEX forecast_day_by_day ON forecast_day (model, version, horizon, day);
